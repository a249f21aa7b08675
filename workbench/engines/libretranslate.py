"""Draft with a LibreTranslate server: the one engine that sends texts away, and only to the address in the settings.

The interface is ``POST /translate`` of LibreTranslate 1.6 (https://docs.libretranslate.com), which takes many texts at
once. Sentences are cut here, so that each has its place in the paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from time import sleep

from corpus.model import DraftKind, Piece
from corpus.segmentation import Segmenter, Span
from workbench.engines.libretranslate_client import Client
from workbench.engines.protocol import DraftedText, ModelIdentity

KEY_VARIABLE = "TARJAMA_LIBRETRANSLATE_KEY"
"""The environment variable with the server's API key; it stands in no file of Tarjama."""

# The first request is small, so that the first draft comes soon. Public servers refuse large ones.
_FIRST_BATCH = 200
_LAST_BATCH = 4000
_MOST_SENTENCES = 50

Paragraph = tuple[int, str, list[Span]]


class LibreTranslateEngine:
    """One server and a pair of languages; nothing is sent before the first draft is wanted.

    Raise EngineError when ``url`` is no https address, and no address of this very machine either. ``wait`` gets the
    seconds before a request is tried again.
    """

    def __init__(
        self,
        url: str,
        source_language: str,
        target_language: str,
        *,
        key: str = "",
        segmenter: Segmenter | None = None,
        timeout: float = 30.0,
        wait: Callable[[float], None] = sleep,
    ) -> None:
        self._client = Client(url, key, timeout=timeout, wait=wait)
        self._languages = (source_language, target_language)
        self._segmenter = segmenter or Segmenter()

    @property
    def host(self) -> str:
        """The machine that the texts are sent to."""
        return self._client.host

    @property
    def identity(self) -> ModelIdentity:
        """Name the server: which model it has, and in which version, it does not tell, so that no digest is known."""
        source_language, target_language = self._languages
        return ModelIdentity(
            engine="libretranslate",
            name=self._client.host,
            version="unknown",
            sha256="",
            kind=DraftKind.TRANSLATION,
            source_language=source_language,
            target_language=target_language,
        )

    def draft(self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> Iterator[DraftedText]:
        """Yield a draft for each text in order; see ``Engine.draft``."""
        for batch in self._batches(texts):
            if cancelled():
                break
            sentences = [text[span.start : span.end] for _, text, spans in batch for span in spans]
            translated = iter(self._client.translate(sentences, *self._languages, cancelled=cancelled))
            for index, text, spans in batch:
                pieces = tuple(Piece(span.start, span.end, next(translated).strip()) for span in spans)
                yield DraftedText(index, _joined(text, pieces), pieces)

    def close(self) -> None:
        """Do nothing: no connection is kept."""

    def _batches(self, texts: Sequence[str]) -> Iterator[list[Paragraph]]:
        batch: list[Paragraph] = []
        characters, sentences, limit = 0, 0, _FIRST_BATCH
        for index, text in enumerate(texts):
            spans = self._segmenter.sentences(text, self._languages[0])
            batch.append((index, text, spans))
            characters, sentences = characters + len(text), sentences + len(spans)
            if characters >= limit or sentences >= _MOST_SENTENCES or len(batch) >= _MOST_SENTENCES:
                yield batch
                batch, characters, sentences, limit = [], 0, 0, min(2 * limit, _LAST_BATCH)
        if batch:
            yield batch


def _joined(text: str, pieces: Sequence[Piece]) -> str:
    """Put sentences together with the line ends that the paragraph has between them."""
    between = [text[one.end : other.start].count("\n") for one, other in pairwise(pieces)]
    separators = ["", *("\n" * count or " " for count in between)]
    return "".join(space + piece.text for space, piece in zip(separators, pieces, strict=False))

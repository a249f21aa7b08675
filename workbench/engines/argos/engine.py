"""Draft with an Argos package: all sentences of all paragraphs in batches, in reading order, as soon as they are ready.

argostranslate decodes sentence by sentence; CTranslate2 is many times faster when it gets many sentences at once, one
core each. Chunks begin small, so that the first paragraph appears at once, and grow.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.alignment.words import WordLink
from corpus.model import DraftKind, Piece
from corpus.segmentation import Segmenter
from workbench.engines.argos.gloss.rewording import GlossRewording
from workbench.engines.argos.interactive import InteractiveModel
from workbench.engines.argos.model import BATCH_TOKENS, LoadedModel, Pending, load
from workbench.engines.argos.packages import ModelPackage, recorded_fingerprint
from workbench.engines.argos.rewording import ModelRewording
from workbench.engines.argos.sentences import Sentence, joined, sentences_of
from workbench.engines.protocol import Completion, DraftedText, ModelIdentity, PlaceQuestion, Reworded, Rewording

_FIRST_CHUNK_TOKENS = 64
# Sentences of a chunk are sorted by length into batches: four batches leave next to no padding, one leaves a tenth.
_LAST_CHUNK_TOKENS = 4 * BATCH_TOKENS

LENGTH_CAP = "length-cap"
"""The flag of a draft whose sentence was cut at the longest allowed length."""

Paragraph = tuple[int, list[Sentence]]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Whole paragraphs on their way through the decoder."""

    paragraphs: list[Paragraph]
    results: list[Pending]
    tokens: int


class ArgosEngine:
    """One package; the model is loaded with the first draft. Safe to use from several threads, one draft at a time."""

    def __init__(
        self,
        package: ModelPackage,
        *,
        beam_size: int = 2,
        threads: int | None = None,
        device: str = "auto",
        segmenter: Segmenter | None = None,
    ) -> None:
        self._package = package
        self._beam_size = beam_size
        self._threads = threads
        self._device = device
        self._segmenter = segmenter or Segmenter()
        self._lock = threading.Lock()
        self._loaded: LoadedModel | None = None
        self._interactive = InteractiveModel(package, device)

    @property
    def identity(self) -> ModelIdentity:
        """Say which model this is, without loading it."""
        package = self._package
        return ModelIdentity(
            engine="argos",
            name=package.name,
            version=package.version,
            sha256=recorded_fingerprint(package.path),
            kind=package.kind,
            source_language=package.source_language,
            target_language=package.target_language,
            settings=f"beam {self._beam_size}",
        )

    def draft(self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> Iterator[DraftedText]:
        """Yield a draft for each text in order; see ``Engine.draft``."""
        model = self.model()
        waiting: deque[_Chunk] = deque()
        in_flight = 0
        for paragraphs in _chunks(texts, self._sentences_of(model)):
            if cancelled():
                break
            waiting.append(self._submit(model, paragraphs))
            in_flight += waiting[-1].tokens
            # Enough to keep every core busy, and no more: a cancelled job stops soon and memory stays flat.
            while in_flight > _LAST_CHUNK_TOKENS and len(waiting) > 1:
                in_flight -= waiting[0].tokens
                yield from _drafts(waiting.popleft(), model)
        while waiting and not cancelled():
            yield from _drafts(waiting.popleft(), model)

    def complete(
        self, sentence: str, typed: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[Completion]:
        """Yield how a translation may go on; see ``Completes``."""
        return self._interactive.complete(sentence, typed, cancelled)

    def link_words(self, sentence: str, translation: str) -> Sequence[WordLink]:
        """Return which words belong together; see ``Aligns``."""
        return self._interactive.link_words(sentence, translation)

    def places(self, questions: Sequence[PlaceQuestion]) -> list[tuple[int, int] | None]:
        """Return where drafts say parts of their sources; see ``ObeysTerms.places``."""
        return self._rewording().places(questions)

    def reword(self, rewordings: Sequence[Rewording]) -> list[Reworded]:
        """Draft sentences otherwise; see ``ObeysTerms.reword``."""
        return self._rewording().reword(rewordings)

    def _rewording(self) -> GlossRewording | ModelRewording:
        model = self.model()
        return (
            GlossRewording(model) if self._package.kind is DraftKind.GLOSS else ModelRewording(model, self._beam_size)
        )

    def close(self) -> None:
        """Free the model's memory; the next draft loads it again."""
        self._interactive.close()
        with self._lock:
            self._loaded = None

    def model(self) -> LoadedModel:
        """Return the model, loaded when it is not; raise EngineError when it cannot be."""
        with self._lock:
            if self._loaded is None:
                self._loaded = load(self._package, self._threads, device=self._device)
            return self._loaded

    def _submit(self, model: LoadedModel, paragraphs: list[Paragraph]) -> _Chunk:
        sources = [sentence.tokens for _, sentences in paragraphs for sentence in sentences]
        is_first = paragraphs[0][0] == 0
        # Somebody waits for the first chunk, so all cores share it; the others have chunks of their own.
        tokens = sum(map(len, sources))
        batch_tokens = min(BATCH_TOKENS, -(-tokens // model.threads) or 1) if is_first else BATCH_TOKENS
        pending = model.submit(sources, beam_size=self._beam_size, batch_tokens=batch_tokens)
        return _Chunk(paragraphs, pending, tokens)

    def _sentences_of(self, model: LoadedModel) -> Callable[[str], list[Sentence]]:
        language = self._package.source_language
        return lambda text: sentences_of(text, self._segmenter.sentences(text, language), model.encode)


def _drafts(chunk: _Chunk, model: LoadedModel) -> Iterator[DraftedText]:
    results = iter(chunk.results)
    for index, sentences in chunk.paragraphs:
        pieces, flags = [], set()
        for sentence in sentences:
            decoded = next(results).result()[0]
            if decoded.capped:
                flags.add(LENGTH_CAP)
            text = model.decode_tokens(decoded.tokens)
            pieces.append(Piece(sentence.start, sentence.end, text, decoded.score_mean))
        yield DraftedText(index, joined(sentences, pieces), tuple(pieces), tuple(sorted(flags)))


def _chunks(texts: Sequence[str], sentences_of_text: Callable[[str], list[Sentence]]) -> Iterator[list[Paragraph]]:
    """Yield whole paragraphs together, at most a chunk's number of tokens but for a single one; chunks double in size.

    The first is the first paragraph alone, unless it is short: it is waited for.
    """
    limit, tokens = _FIRST_CHUNK_TOKENS, 0
    chunk: list[Paragraph] = []
    for index, text in enumerate(texts):
        sentences = sentences_of_text(text)
        more = sum(len(sentence.tokens) for sentence in sentences)
        if chunk and tokens + more > limit:
            yield chunk
            chunk, tokens, limit = [], 0, min(2 * limit, _LAST_CHUNK_TOKENS)
        chunk.append((index, sentences))
        tokens += more
    if chunk:
        yield chunk

"""Draft with an Argos package: all sentences of all paragraphs in batches, in reading order, as soon as they are ready.

argostranslate decodes sentence by sentence; CTranslate2 is many times faster when it gets many sentences at once, one
core each. Chunks begin small, so that the first paragraph appears at once, and grow.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.model import Piece
from corpus.segmentation import Segmenter
from workbench.engines.argos.lean_import import import_argos
from workbench.engines.argos.packages import ModelPackage, recorded_fingerprint
from workbench.engines.argos.sentences import Sentence, joined, sentences_of
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.errors import EngineError

_FIRST_CHUNK_TOKENS = 64
_LAST_CHUNK_TOKENS = 1024
_MOST_CORES = 4
_LENGTH_PENALTY = 0.2  # what argostranslate uses
_LONGEST_OUTPUT = 256  # CTranslate2's own default; a sentence's own limit is lower

LENGTH_CAP = "length-cap"
"""The flag of a draft whose sentence was cut at the longest allowed length."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Whole paragraphs on their way through the decoder."""

    paragraphs: list[tuple[int, list[Sentence]]]
    longest_output: int
    results: list[Any]


class ArgosEngine:
    """One package; the model is loaded with the first draft. Safe to use from several threads, one draft at a time."""

    def __init__(
        self,
        package: ModelPackage,
        *,
        beam_size: int = 2,
        threads: int | None = None,
        segmenter: Segmenter | None = None,
    ) -> None:
        self._package = package
        self._beam_size = beam_size
        self._threads = threads or min(os.cpu_count() or 1, _MOST_CORES)
        self._segmenter = segmenter or Segmenter()
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

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
        )

    def draft(self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> Iterator[DraftedText]:
        """Yield a draft for each text in order; see ``Engine.draft``."""
        translator, argos_package = self._load()
        waiting: deque[_Chunk] = deque()
        for paragraphs in _chunks(texts, self._sentences_of(argos_package.tokenizer.encode)):
            if cancelled():
                break
            waiting.append(self._submit(translator, argos_package, paragraphs))
            # Enough to keep every core busy, and no more: a cancelled job stops soon and memory stays flat.
            if len(waiting) > self._threads:
                yield from self._drafts(waiting.popleft(), argos_package)
        while waiting and not cancelled():
            yield from self._drafts(waiting.popleft(), argos_package)

    def close(self) -> None:
        """Free the model's memory; the next draft loads it again."""
        with self._lock:
            self._loaded = None

    def _load(self) -> tuple[Any, Any]:
        argos = import_argos()
        import ctranslate2

        with self._lock:
            if self._loaded is None:
                ctranslate2.set_log_level(40)  # logging.ERROR: its warnings would end up on the screen
                try:
                    argos_package = argos.package.Package(self._package.path)
                    argos_package.tokenizer.encode("")  # loads the tokenizer, here where errors are expected
                    translator = ctranslate2.Translator(
                        str(self._package.path / "model"),
                        device="cpu",
                        compute_type="int8",
                        inter_threads=self._threads,
                        intra_threads=1,
                    )
                except (OSError, RuntimeError, ValueError, AttributeError, KeyError) as error:
                    raise EngineError(
                        f"The model {self._package.name} cannot be loaded: {error}.",
                        "`tarjama models verify` checks its files; remove it and install it again.",
                    ) from error
                self._loaded = translator, argos_package
            return self._loaded

    def _sentences_of(self, encode: Callable[[str], list[str]]) -> Callable[[str], list[Sentence]]:
        language = self._package.source_language
        return lambda text: sentences_of(text, self._segmenter.sentences(text, language), encode)

    def _submit(self, translator: Any, argos_package: Any, paragraphs: list[tuple[int, list[Sentence]]]) -> _Chunk:
        tokens = [sentence.tokens for _, sentences in paragraphs for sentence in sentences]
        longest = min(_LONGEST_OUTPUT, 2 * max(map(len, tokens), default=0) + 16)
        prefix = argos_package.target_prefix
        results = translator.translate_batch(
            tokens,
            target_prefix=[[prefix]] * len(tokens) if prefix else None,
            beam_size=self._beam_size,
            length_penalty=_LENGTH_PENALTY,
            max_decoding_length=longest,
            max_batch_size=_LAST_CHUNK_TOKENS,
            batch_type="tokens",
            replace_unknowns=True,
            return_scores=True,
            asynchronous=True,
        )
        return _Chunk(paragraphs, longest, results)

    def _drafts(self, chunk: _Chunk, argos_package: Any) -> Iterator[DraftedText]:
        results = iter(chunk.results)
        for index, sentences in chunk.paragraphs:
            pieces, flags = [], set()
            for sentence in sentences:
                try:
                    result = next(results).result()
                except RuntimeError as error:
                    raise EngineError(
                        f"The model {self._package.name} failed while drafting: {error}.",
                        "What was drafted before is kept. `tarjama models verify` checks the model's files.",
                    ) from error
                tokens = result.hypotheses[0]
                if len(tokens) >= chunk.longest_output:
                    flags.add(LENGTH_CAP)
                text = _decoded(tokens, argos_package)
                pieces.append(Piece(sentence.start, sentence.end, text, _mean(result.scores[0], len(tokens))))
            yield DraftedText(index, joined(sentences, pieces), tuple(pieces), tuple(sorted(flags)))


def _chunks(
    texts: Sequence[str], sentences_of_text: Callable[[str], list[Sentence]]
) -> Iterator[list[tuple[int, list[Sentence]]]]:
    """Yield whole paragraphs together until a chunk has its number of tokens; chunks double in size."""
    limit, tokens = _FIRST_CHUNK_TOKENS, 0
    chunk: list[tuple[int, list[Sentence]]] = []
    for index, text in enumerate(texts):
        sentences = sentences_of_text(text)
        chunk.append((index, sentences))
        tokens += sum(len(sentence.tokens) for sentence in sentences)
        if tokens >= limit:
            yield chunk
            chunk, tokens, limit = [], 0, min(2 * limit, _LAST_CHUNK_TOKENS)
    if chunk:
        yield chunk


def _decoded(tokens: list[str], argos_package: Any) -> str:
    """Return the text of ``tokens``; unlike argostranslate keep underscores, which are part of names and addresses."""
    prefix = argos_package.target_prefix
    if prefix and tokens[:1] == [prefix]:
        tokens = tokens[1:]
    if not hasattr(argos_package.tokenizer, "lazy_processor"):
        return str(argos_package.tokenizer.decode(tokens)).strip()  # the Moses tokenizer of old packages
    text: str = argos_package.tokenizer.lazy_processor().decode_pieces(tokens)
    return text.replace("▁", " ").strip()


def _mean(score: float, length: int) -> float:
    """Turn CTranslate2's score, the sum of log-probabilities over length to the penalty, into a mean for a token."""
    return score * length**_LENGTH_PENALTY / length if length else 0.0

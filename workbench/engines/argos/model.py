"""One Argos package in memory: its tokenizer and its decoder, and what can be asked of them.

Tokens are the pieces of the package's own vocabulary. All of it may be called from several threads at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from workbench.engines.argos.encoding import Encoded, encoded, longest_pieces, without_marks
from workbench.engines.argos.lean_import import import_argos
from workbench.engines.argos.model_file import read_vocabulary
from workbench.engines.argos.packages import ModelPackage
from workbench.engines.argos.placement import load_first, placements
from workbench.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]

LENGTH_PENALTY = 0.2
"""What argostranslate uses."""

BATCH_TOKENS = 1024
"""How many source tokens are decoded together at most; more need memory and are no faster."""

_LONGEST_OUTPUT = 256  # CTranslate2's own default


@dataclass(frozen=True, slots=True)
class Decoded:
    """One decoded sentence; ``tokens`` begin with the prefix that was asked for.

    ``score_mean`` is the mean log-probability of the tokens that the model chose itself, the end among them: those of a
    prefix do not count (``LoadedModel.log_probabilities`` counts them). ``attention`` has a row for each token and a
    column for each source token. ``capped`` tells that it was cut at the longest allowed length.
    """

    tokens: list[str]
    score_mean: float
    attention: Matrix | None = field(default=None, compare=False)
    capped: bool = False


class Pending:
    """A sentence on its way through the decoder."""

    def __init__(self, model: LoadedModel, waiting: Any, longest: int, prefix: int, width: int) -> None:
        self._model = model
        self._waiting = waiting
        self._longest = longest
        self._prefix = prefix
        self._width = width

    def result(self) -> list[Decoded]:
        """Wait, and return what was decoded, the best first; raise EngineError when the model fails."""
        try:
            result = self._waiting.result()
        except (RuntimeError, ValueError) as error:
            raise self._model.failure(error) from error
        attentions = result.attention or [None] * len(result.hypotheses)
        return [self._decoded(*each) for each in zip(result.hypotheses, result.scores, attentions, strict=True)]

    def _decoded(self, tokens: list[str], score: float, attention: list[list[float]] | None) -> Decoded:
        # CTranslate2's score is the sum of the log-probabilities after the prefix, over the length of all to the power
        # of the penalty; the end counts as a token.
        steps = len(tokens) + (len(tokens) < self._longest)
        chosen = steps - self._prefix
        mean = score * steps**LENGTH_PENALTY / chosen if chosen > 0 else 0.0
        own = slice(self._model.skipped(tokens), self._longest)
        matrix = None if attention is None else _matrix(attention, self._width)[own]
        return Decoded(tokens[own], mean, matrix, capped=len(tokens) >= self._longest)


class LoadedModel:
    """A package whose model is in memory, until nobody refers to it."""

    def __init__(self, package: ModelPackage, argos_package: Any, translator: Any) -> None:
        self.package = package
        self._argos_package = argos_package
        self._translator = translator
        self._start: list[str] = [argos_package.target_prefix] if argos_package.target_prefix else []

    @property
    def device(self) -> str:
        """Where it decodes: ``cpu`` or ``cuda``."""
        return str(self._translator.device)

    @property
    def compute_type(self) -> str:
        """The numbers it calculates with, such as ``int8_float32``."""
        return str(self._translator.compute_type)

    @property
    def threads(self) -> int:
        """How many batches are decoded side by side."""
        return int(self._translator.num_translators)

    # Text and tokens

    def encode(self, text: str) -> list[str]:
        """Return the tokens of a source text, without tatweel and marks of direction."""
        return list(self._argos_package.tokenizer.encode(without_marks(text)))

    def encode_with_offsets(self, text: str) -> list[Encoded]:
        """Return the tokens that ``encode`` returns, each with its place in ``text``."""
        return encoded(text, self._argos_package.tokenizer)

    def encode_target(self, text: str) -> list[str]:
        """Return the tokens of a text in the target language, for a prefix or to align it.

        Argos's models have one vocabulary for both languages and one tokenizer; where that does not know the target
        language's tokens, as in the gloss, the text is cut into the longest of them.
        """
        tokens = list(self._argos_package.tokenizer.encode(text))
        return tokens if self._target_vocabulary.issuperset(tokens) else longest_pieces(text, self._target_vocabulary)

    @cached_property
    def _target_vocabulary(self) -> frozenset[str]:
        return frozenset(read_vocabulary(self.package.path / "model", "target"))

    def decode_tokens(self, tokens: Sequence[str]) -> str:
        """Return the text of target tokens; unlike argostranslate keep underscores, part of names and addresses."""
        tokenizer = self._argos_package.tokenizer
        if not hasattr(tokenizer, "lazy_processor"):
            return str(tokenizer.decode(list(tokens))).strip()  # the Moses tokenizer of old packages
        text: str = tokenizer.lazy_processor().decode_pieces(list(tokens))
        return text.replace("▁", " ").strip()

    # Decoding

    def submit(
        self,
        sources: Sequence[list[str]],
        *,
        beam_size: int,
        longest: Sequence[int] | None = None,
        target_prefixes: Sequence[Sequence[str] | None] | None = None,
        suppress: Sequence[Sequence[str]] | None = None,
        alternatives: int = 1,
        attention: bool = False,
        batch_tokens: int = BATCH_TOKENS,
    ) -> list[Pending]:
        """Begin to decode sentences, and return at once what will be each one's result.

        ``longest`` is how many tokens each may become, the prefix included; by default ``longest_output`` of it. None
        of the token sequences in ``suppress`` will stand in any of them. With several ``alternatives`` they differ in
        the token after the prefix. Sentences are sorted by length into batches of ``batch_tokens``, and each thread
        decodes one batch at a time. Raise EngineError when the model refuses them.
        """
        prefixes = [[*self._start, *(prefix or ())] for prefix in target_prefixes or [()] * len(sources)]
        limits = [
            max(limit, len(prefix) + 1)
            for limit, prefix in zip(longest or map(longest_output, sources), prefixes, strict=True)
        ]
        begins_at_once = alternatives > 1 or _may_begin_at_once(prefixes, beam_size)
        try:
            waiting = self._translator.translate_batch(
                sources,
                target_prefix=prefixes if any(prefixes) else None,
                beam_size=beam_size if alternatives == 1 else 1,
                num_hypotheses=alternatives,
                return_alternatives=begins_at_once,
                min_decoding_length=0 if begins_at_once else 1,  # after the prefix there: it may be all there is to say
                length_penalty=LENGTH_PENALTY,
                max_decoding_length=max(limits, default=1),
                max_batch_size=batch_tokens,
                batch_type="tokens",
                suppress_sequences=[list(sequence) for sequence in suppress] if suppress else None,
                replace_unknowns=True,
                return_scores=True,
                return_attention=attention,
                asynchronous=True,
            )
        except (RuntimeError, ValueError) as error:
            raise self.failure(error) from error
        return [
            Pending(self, each, limit, len(prefix), len(source))
            for each, limit, prefix, source in zip(waiting, limits, prefixes, sources, strict=True)
        ]

    def align(self, source: list[str], target: Sequence[str]) -> Matrix:
        """Return how much each target token looks at each source token: a row for each of ``target``; rows add up to 1.

        ``target`` may be any text, a human's too: the model is made to say it (forced decoding).
        """
        import numpy as np

        if not source or not target:
            return np.zeros((len(target), len(source)), np.float32)
        forced = [*self._start, *target]
        try:
            (result,) = self._translator.translate_batch(
                [source],
                target_prefix=[forced],
                beam_size=1,
                return_alternatives=True,  # see _may_begin_at_once
                max_decoding_length=len(forced) + 1,  # with less the prefix would be cut
                return_attention=True,
            )
        except (RuntimeError, ValueError) as error:
            raise self.failure(error) from error
        return _matrix(result.attention[0], len(source))[len(self._start) : len(forced)]

    def log_probabilities(self, sources: Sequence[list[str]], targets: Sequence[Sequence[str]]) -> list[list[float]]:
        """Return the log-probability of each token of each target, and of the end after it, given its source."""
        forced = [[*self._start, *target] for target in targets]
        try:
            results = self._translator.score_batch(
                sources, forced, max_batch_size=BATCH_TOKENS, batch_type="tokens", max_input_length=0
            )
        except (RuntimeError, ValueError) as error:
            raise self.failure(error) from error
        return [list(result.log_probs)[len(self._start) :] for result in results]

    def skipped(self, tokens: list[str]) -> int:
        """Return how many of the decoder's ``tokens`` are the package's own prefix, which is no text."""
        return len(self._start) if tokens[: len(self._start)] == self._start else 0

    def failure(self, error: Exception) -> EngineError:
        """Return what to raise when the decoder raised ``error``."""
        return EngineError(
            f"The model {self.package.name} failed while drafting: {error}.",
            "What was drafted before is kept. `tarjama models verify` checks the model's files.",
        )


def load(package: ModelPackage, threads: int | None = None, *, device: str = "auto") -> LoadedModel:
    """Load a package; raise EngineError when that fails.

    ``threads`` is how many batches are decoded side by side, on a core each; None for what the machine has. ``device``
    is auto, cpu or cuda.
    """
    argos = import_argos()
    import ctranslate2

    ctranslate2.set_log_level(40)  # logging.ERROR: its warnings would end up on the screen
    try:
        argos_package = argos.package.Package(package.path)
        argos_package.tokenizer.encode("")  # loads the tokenizer, here where errors are expected
        places = placements(device, threads, ctranslate2)
        translator = load_first(str(package.path / "model"), places, ctranslate2)
    except (OSError, RuntimeError, ValueError, AttributeError, KeyError) as error:
        raise EngineError(
            f"The model {package.name} cannot be loaded: {error}.",
            "`tarjama models verify` checks its files; remove it and install it again.",
        ) from error
    return LoadedModel(package, argos_package, translator)


def longest_output(source: Sequence[str]) -> int:
    """Return how many tokens the translation of ``source`` may have at most: whatever is longer runs on in circles."""
    return min(_LONGEST_OUTPUT, 2 * len(source) + 16)


def _may_begin_at_once(prefixes: Sequence[Sequence[str]], beam_size: int) -> bool:
    """Tell whether the same comes out when CTranslate2 is asked for alternatives, of which there is one.

    It then reads the whole prefix in one step, and otherwise decodes it token by token, which takes five times as long
    (measured with CTranslate2 4.8.5: 51 instead of 300 ms for a sentence of 32 tokens).
    """
    return beam_size == 1 and len(prefixes) == 1 and bool(prefixes[0])


def _matrix(attention: list[list[float]], width: int) -> Matrix:
    import numpy as np

    # A model that wants an end token after the source has a column for it.
    return np.asarray(attention, np.float32).reshape(len(attention), -1)[:, :width]

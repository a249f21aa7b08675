"""What a human and an Argos model do together: go on with a translation that was begun, and tell which words it is of.

The model is loaded a second time for it, with one thread, so that who types never waits for the drafts: batches of a
translator are decoded one after the other, and one of a document takes a second.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.alignment.words import WordLink
from workbench.engines.argos.model import Decoded, LoadedModel, load, longest_output
from workbench.engines.argos.word_links import links_of
from workbench.engines.protocol import Completion

if TYPE_CHECKING:
    from workbench.engines.argos.packages import ModelPackage

# A first answer of so many tokens, of which a word or two become, is there at once; the next ones are longer.
_FIRST_TOKENS = 4
_GROWTH = 3
# So many ways to go on are looked at: with a half word before them most of them do not fit.
_WAYS, _WAYS_FROM_HALF_A_WORD = 5, 12
_MOST_OTHERS = 5
# A sentence that is longer has been cut where it came from; the model knows no longer ones.
_MOST_TOKENS = 200


class InteractiveModel:
    """One package, loaded when it is first asked; may be called from several threads."""

    def __init__(self, package: ModelPackage, device: str = "auto") -> None:
        self._package = package
        self._device = device
        self._lock = threading.Lock()
        self._loaded: LoadedModel | None = None

    def complete(self, sentence: str, typed: str, cancelled: Callable[[], bool]) -> Iterator[Completion]:
        """Yield ever longer continuations; see ``Completes.complete``."""
        model = self._model()
        source = model.encode(sentence)[:_MOST_TOKENS]
        if not source:
            return
        ways = _ways_on(model, source, typed)
        if not ways:
            return
        (best, begun), others = ways[0], tuple(rest for _, rest in ways[1 : _MOST_OTHERS + 1])
        yield Completion(begun, others, whole=not best.capped)
        tokens, ahead, limit = best, _FIRST_TOKENS * _GROWTH, longest_output(source)
        while tokens.capped and len(tokens.tokens) < limit and not cancelled():
            before = tokens.tokens
            tokens = _decoded(model, source, before, 1, min(len(before) + ahead, limit))[0]
            ahead *= _GROWTH
            begun += _after(model, tokens.tokens, before)
            yield Completion(begun, others, whole=not tokens.capped)

    def link_words(self, sentence: str, translation: str) -> list[WordLink]:
        """Return the word links; see ``Aligns.link_words``."""
        return links_of(self._model(), sentence, translation)

    def close(self) -> None:
        """Free the memory."""
        with self._lock:
            self._loaded = None

    def _model(self) -> LoadedModel:
        with self._lock:
            if self._loaded is None:
                self._loaded = load(self._package, 1, device=self._device)
            return self._loaded


def _ways_on(model: LoadedModel, source: list[str], typed: str) -> list[tuple[Decoded, str]]:
    """Return what may follow ``typed``, the best first, each with the text that it adds.

    Half a word is taken away, and the ways to go on from there that begin with its letters are kept: tokens of a half
    word are seldom those that the whole one begins with. Where none fits, the model has to go on from the letters.
    """
    words, half = _parted(typed)
    prefix = model.encode_target(words) if words else []
    wanted = _WAYS_FROM_HALF_A_WORD if half else _WAYS
    found: list[tuple[Decoded, str]] = []
    for way in _decoded(model, source, prefix, wanted, len(prefix) + _FIRST_TOKENS):
        text = _after(model, way.tokens, prefix)
        if not found and text.strip() == half and not way.capped:
            return []  # the likeliest is that all has been said
        if words and not text.startswith(" "):
            continue  # it would go on with the last word, after which somebody has typed a space
        text = text.lstrip()
        if text[: len(half)].casefold() == half.casefold() and len(text) > len(half):
            found.append((way, text[len(half) :]))
    found.sort(key=lambda way: not _after(model, way[0].tokens, prefix).lstrip().startswith(half))
    if found or not half:
        return found
    prefix = model.encode_target(typed)
    (way,) = _decoded(model, source, prefix, 1, len(prefix) + _FIRST_TOKENS)
    text = _after(model, way.tokens, prefix)
    return [(way, text)] if text else []


def _parted(typed: str) -> tuple[str, str]:
    """Return the whole words of ``typed``, and the letters after the last space."""
    words = typed.rstrip()
    if words != typed or not words:
        return words.lstrip(), ""
    half = words.split()[-1]
    return words[: len(words) - len(half)].strip(), half


def _decoded(model: LoadedModel, source: list[str], prefix: list[str], ways: int, longest: int) -> Sequence[Decoded]:
    (pending,) = model.submit([source], beam_size=1, longest=[longest], target_prefixes=[prefix], alternatives=ways)
    return pending.result()


def _after(model: LoadedModel, tokens: list[str], prefix: list[str]) -> str:
    """Return the text that ``tokens`` add to the ``prefix`` they begin with.

    A token of the prefix that the model does not know has become some token of the source in them.
    """
    whole, before = model.decode_tokens([*prefix, *tokens[len(prefix) :]]), model.decode_tokens(prefix)
    return whole[len(before) :] if whole.startswith(before) else ""

"""Say a sentence otherwise with a translation model: find the words for a part of the source, and decode from there.

Where words stand for others is read off the decoder's attention while it is made to say the draft. The new draft is
made to begin as the old one up to these words, and with the term; how it goes on is the model's own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from glossary.english.words import Word, words
from glossary.word_classes import english_function_words
from workbench.engines.argos.encoding import Encoded
from workbench.engines.argos.model import LoadedModel, Pending
from workbench.engines.protocol import PlaceQuestion, Reworded, Rewording

if TYPE_CHECKING:
    from workbench.engines.argos.model import Matrix

# A word that looks at a place with less of its attention than this says something else.
_LEAST_ATTENTION = 0.2
# What may stand between the words for one term that are no words for it themselves: raids from the air.
_WIDEST_GAP = 2


class ModelRewording:
    """What ``ObeysTerms`` asks for, with a model that was trained to translate."""

    def __init__(self, model: LoadedModel, beam_size: int) -> None:
        self._model = model
        self._beam_size = beam_size

    def places(self, questions: Sequence[PlaceQuestion]) -> list[tuple[int, int] | None]:
        """Return where the words for parts of sources stand; each sentence is looked at once for all its parts."""
        encode = self._model.encode_with_offsets
        pairs = dict.fromkeys((question.source, question.text) for question in questions)
        sources, texts = [encode(source) for source, _ in pairs], [encode(text) for _, text in pairs]
        forced = [_tokens(text) for text in texts]
        waiting = self._model.submit(
            [_tokens(source) for source in sources],
            beam_size=1,
            longest=[len(tokens) for tokens in forced],
            target_prefixes=forced,
            attention=True,
        )
        attention = {
            pair: (source, text, pending.result()[0].attention)
            for pair, source, text, pending in zip(pairs, sources, texts, waiting, strict=True)
        }
        return [_place(question, *attention[question.source, question.text]) for question in questions]

    def reword(self, rewordings: Sequence[Rewording]) -> list[Reworded]:
        """Draft sentences otherwise; those that avoid the same words are decoded together, as CTranslate2 has it."""
        order = sorted(range(len(rewordings)), key=lambda number: rewordings[number].avoided)
        waiting: dict[int, tuple[list[str], Pending]] = {}
        for avoided, group in groupby(order, key=lambda number: rewordings[number].avoided):
            numbers = list(group)
            prefixes = [self._model.encode_target(_beginning(rewordings[number])) for number in numbers]
            pending = self._model.submit(
                [self._model.encode(rewordings[number].source) for number in numbers],
                beam_size=self._beam_size,
                target_prefixes=prefixes,
                suppress=[self._model.encode_target(text) for text in avoided] or None,
            )
            waiting.update(zip(numbers, zip(prefixes, pending, strict=True), strict=True))
        texts = [self._text(rewording, *waiting[number]) for number, rewording in enumerate(rewordings)]
        return self._weighed(rewordings, texts)

    def _text(self, rewording: Rewording, prefix: list[str], pending: Pending) -> str:
        """Return the new draft; it begins exactly as it was to, also where the tokens say that otherwise."""
        tokens = pending.result()[0].tokens
        begun, whole = self._model.decode_tokens(tokens[: len(prefix)]), self._model.decode_tokens(tokens)
        beginning = _beginning(rewording)
        return beginning + whole.removeprefix(begun) if beginning and whole.startswith(begun) else whole

    def _weighed(self, rewordings: Sequence[Rewording], texts: Sequence[str]) -> list[Reworded]:
        """Compare how likely old and new drafts are, token by token and by the same model."""
        encode = self._model.encode_with_offsets
        old, new = [encode(rewording.text) for rewording in rewordings], [encode(text) for text in texts]
        sources = [self._model.encode(rewording.source) for rewording in rewordings]
        chances = self._model.log_probabilities(sources * 2, [_tokens(one) for one in (*old, *new)])
        weighed = []
        for number, (rewording, text) in enumerate(zip(rewordings, texts, strict=True)):
            before, after = chances[number], chances[number + len(texts)]
            loss = _mean(_rest(before, old[number], rewording.end)) - _mean(
                _rest(after, new[number], rewording.start + len(rewording.term))
            )
            weighed.append(Reworded(text, _mean(after[:-1]), loss))
        return weighed


def _beginning(rewording: Rewording) -> str:
    return (rewording.text[: rewording.start] + rewording.term).rstrip()


def _tokens(encoded: Sequence[Encoded]) -> list[str]:
    return [one.token for one in encoded]


def _rest(chances: Sequence[float], encoded: Sequence[Encoded], offset: int) -> Sequence[float]:
    """Return the log-probabilities of the tokens from ``offset`` on, and of the end."""
    return chances[sum(one.start < offset for one in encoded) :]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _place(
    question: PlaceQuestion, source: Sequence[Encoded], text: Sequence[Encoded], attention: Matrix | None
) -> tuple[int, int] | None:
    """Return the words whose tokens look at a part of the source rather than anywhere else."""
    columns = [n for n, one in enumerate(source) if one.start < question.end and one.end > question.start]
    if attention is None or not columns or not text:
        return None
    rows = attention[: len(text)]
    looking, best = rows[:, columns].sum(axis=1), rows.argmax(axis=1)
    share: list[tuple[Word, float, bool]] = []
    for word in words(question.text):
        numbers = [n for n, one in enumerate(text) if one.start < word.end and one.end > word.start]
        if numbers:
            mass = float(max(looking[n] for n in numbers))
            share.append((word, mass, any(best[n] in columns for n in numbers)))
    return _widest_run(share)


def _widest_run(share: Sequence[tuple[Word, float, bool]]) -> tuple[int, int] | None:
    """Return the place of the words that look there most, with what they hang together with."""
    content = [one for one in share if one[0].letters.lower() not in english_function_words()]
    center = max(content, key=lambda one: one[1], default=None)
    if center is None or center[1] < _LEAST_ATTENTION:
        return None
    at = share.index(center)
    first, last = _reach(share, at, -1), _reach(share, at, 1)
    return share[first][0].start, share[last][0].end


def _reach(share: Sequence[tuple[Word, float, bool]], at: int, step: int) -> int:
    """Return the number of the last word in one direction that looks at the place, over gaps of function words."""
    reached, gap, number = at, 0, at + step
    while 0 <= number < len(share) and gap <= _WIDEST_GAP:
        word, _, looks_there = share[number]
        is_function_word = word.letters.lower() in english_function_words()
        if looks_there and not is_function_word:
            reached, gap = number, 0
        elif is_function_word:
            gap += 1
        else:
            break
        number += step
    return reached

"""Say a gloss otherwise: every word of it stands for one word of the source, so a term simply takes its place."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.arabic import strip_marks
from workbench.engines.argos.encoding import Encoded
from workbench.engines.argos.model import LoadedModel
from workbench.engines.protocol import PlaceQuestion, Reworded, Rewording


class GlossRewording:
    """What ``ObeysTerms`` asks for, with a model that goes word by word.

    Drafting on from a term would give what was there before, as no word depends on another: so it is not done, and
    nothing gets less likely.
    """

    def __init__(self, model: LoadedModel) -> None:
        self._model = model

    def places(self, questions: Sequence[PlaceQuestion]) -> list[tuple[int, int] | None]:
        """Return where the gloss of parts of sources stands; the nearest, where the same stands several times."""
        sources = list(dict.fromkeys(question.source for question in questions))
        encoded = [self._model.encode_with_offsets(source) for source in sources]
        waiting = self._model.submit([[one.token for one in tokens] for tokens in encoded], beam_size=1)
        glossed = {
            source: (tokens, pending.result()[0].tokens)
            for source, tokens, pending in zip(sources, encoded, waiting, strict=True)
        }
        return [self._place(question, *glossed[question.source]) for question in questions]

    def _place(
        self, question: PlaceQuestion, source: Sequence[Encoded], gloss: Sequence[str]
    ) -> tuple[int, int] | None:
        numbers = [n for n, one in enumerate(source) if one.start < question.end and one.end > question.start]
        if not numbers or len(gloss) != len(source):
            return None
        before = len(self._model.decode_tokens(gloss[: numbers[0]]))
        # Unknown words that follow each other are one token; they stand in the gloss as in the source, without marks.
        word = strip_marks(question.source[question.start : question.end])
        return _nearest(question.text, word, before) or _nearest(
            question.text, self._model.decode_tokens(gloss[numbers[0] : numbers[-1] + 1]), before
        )

    def reword(self, rewordings: Sequence[Rewording]) -> list[Reworded]:
        """Put the terms in their places; a word that must not be said, and has no other for it, stays."""
        return [
            Reworded(one.text[: one.start] + one.term + one.text[one.end :] if one.term else one.text, 0.0, 0.0)
            for one in rewordings
        ]


def _nearest(text: str, words: str, offset: int) -> tuple[int, int] | None:
    """Return the place of ``words`` that is nearest to ``offset``: terms put in before have moved it somewhat."""
    starts, start = [], text.find(words) if words else -1
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + 1)
    nearest = min(starts, key=lambda one: abs(one - offset), default=None)
    return None if nearest is None else (nearest, nearest + len(words))

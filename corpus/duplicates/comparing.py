"""Tell how alike two sources are: by letters as a whole, by the longest passage they share, by the words they share.

News agencies' texts come back in several outlets: whole, with a few words changed, or as a passage of a longer text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.arabic import fold
from corpus.memory.features import folded_words, stem_of

NEARLY = 80.0
"""From how many percent of letters in common two sources are nearly the same (Indel similarity, as in the memory)."""

SHORTEST_PASSAGE = 12
"""How many words a passage must have to be one that somebody has quoted, and not a phrase everybody uses."""

# In texts of fewer words another word makes another text: “5 May 2019”, “He likes the city”.
_SHORTEST_NEARLY = 8
# A passage goes on as long as two of three words are the same.
_MISS = 2
# So much of a text makes it quoted as a whole.
_WHOLE = 0.8
_JUST_BELOW = 98.9


class Relation(StrEnum):
    """What one source is to another."""

    SAME = "is the same as"
    NEARLY = "is nearly the same as"
    QUOTES = "quotes"
    QUOTED = "is quoted in"
    SHARES = "shares a passage with"
    RETELLS = "may tell the same as"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two sources are, in percent.

    Of SAME, 100 for the same text and 99 for one that differs in marks, alefs or case alone; of NEARLY letters in
    common; of passages, the share of the shorter text's words that stand in it; of RETELLS words in common, by weight.
    """

    relation: Relation
    percent: float


class ComparedText:
    """A source made ready to be compared with many."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.key = fold(text)
        self.stems = [stem_of(word) for word in folded_words(text)]


def compare(text: ComparedText, other: ComparedText) -> Likeness | None:
    """Return what ``text`` is to ``other`` by their letters and passages; None when they have too little in common."""
    from rapidfuzz import fuzz

    if text.key == other.key:
        return Likeness(Relation.SAME, 100.0 if text.text == other.text else 99.0)
    shorter = min(len(text.stems), len(other.stems))
    if shorter >= _SHORTEST_NEARLY:
        percent = fuzz.ratio(text.key, other.key, score_cutoff=NEARLY)
        if percent:
            return Likeness(Relation.NEARLY, min(percent, _JUST_BELOW))
    passage = longest_passage(text.stems, other.stems) if shorter >= SHORTEST_PASSAGE else 0
    if passage < SHORTEST_PASSAGE:
        return None
    share = passage / shorter
    relation = Relation.SHARES
    if share >= _WHOLE:
        relation = Relation.QUOTED if len(text.stems) < len(other.stems) else Relation.QUOTES
    return Likeness(relation, min(100 * share, _JUST_BELOW))


def longest_passage(words: list[str], others: list[str]) -> int:
    """Return how many words two texts share in the best passage in which two of three words are the same, in order."""
    from rapidfuzz.distance import LCSseq

    best = best_score = shared = score = end = other_end = 0
    for step in LCSseq.opcodes(words, others):
        if step.tag != "equal":
            continue
        score -= _MISS * max(step.src_start - end, step.dest_start - other_end)
        if score < 0:
            score = shared = 0
        end, other_end = step.src_end, step.dest_end
        length = end - step.src_start
        score, shared = score + length, shared + length
        if score > best_score:
            best, best_score = shared, score
    return best

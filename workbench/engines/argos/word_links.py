"""Turn what a model looks at while it says a translation, token by token, into links between words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from corpus.alignment.words import WordLink
from corpus.arabic import words
from corpus.model import DraftKind
from corpus.segmentation import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workbench.engines.argos.model import LoadedModel

    Matrix: TypeAlias = NDArray[np.float32]

# A word that the model looks at with less than this share of its attention has nothing to do with what it says.
_LEAST_SHARE = 0.25
# A second word beside the one looked at most.
_LEAST_BESIDE = 0.35


def links_of(model: LoadedModel, source: str, target: str) -> list[WordLink]:
    """Return which words of ``target`` are of which words of ``source``, in the order of the target."""
    here = model.encode_with_offsets(source)
    there = _target_tokens(model, [each.token for each in here], target)
    source_words, target_words = _spans(source), _spans(target)
    if not here or not there or not source_words or not target_words:
        return []
    attention = model.align([each.token for each in here], there)
    columns = _members(source_words, [Span(each.start, each.end) for each in here])
    rows = _members(target_words, places_of(there, target))
    links = _links(_by_words(attention, rows, columns), source_words, target_words)
    return sorted(links, key=lambda link: (link.target.start, link.source.start))


def _target_tokens(model: LoadedModel, source: list[str], target: str) -> list[str]:
    """Return the tokens of a translation; those of a gloss that nobody has touched are the ones it was made of.

    Its tokens are whole glosses, of which some are the beginning of others, so that a text has several readings.
    """
    if model.package.kind is DraftKind.GLOSS and source:
        (own,) = model.submit([source], beam_size=1)[0].result()
        if model.decode_tokens(own.tokens) == target.strip():
            return own.tokens
    return model.encode_target(target)


def places_of(tokens: Sequence[str], text: str) -> list[Span]:
    """Return where each token stands in ``text``: what follows the one before, as far as letters agree.

    The tokenizer writes some signs otherwise; a token that is not found has an empty place.
    """
    places, position = [], 0
    for token in tokens:
        parts = [part for part in token.split("▁") if part]
        start, end = _found(parts, text, position)
        places.append(Span(start, end))
        position = end
    return places


def _found(parts: Sequence[str], text: str, position: int) -> tuple[int, int]:
    begin = None
    end = position
    for part in parts:
        start = text.find(part, end)
        if start < 0 or (start > end and any(character.isalnum() for character in text[end:start])):
            return position, position
        begin = start if begin is None else begin
        end = start + len(part)
    return (position, position) if begin is None else (begin, end)


def _spans(text: str) -> list[Span]:
    return [Span(*span) for span in words(text)]


def _members(words: Sequence[Span], tokens: Sequence[Span]) -> list[list[int]]:
    """Return the numbers of the tokens that each word has letters of; both are in order."""
    members: list[list[int]] = [[] for _ in words]
    first = 0
    for number, token in enumerate(tokens):
        while first < len(words) and words[first].end <= token.start:
            first += 1
        word = first
        while word < len(words) and words[word].start < token.end:
            members[word].append(number)
            word += 1
    return members


def _by_words(attention: Matrix, rows: Sequence[list[int]], columns: Sequence[list[int]]) -> Matrix:
    """Return how much of its attention each target word gives to each source word; a word without a token gives none.

    A source word is looked at as much as its tokens together, a target word looks as its tokens do on the average.
    """
    import numpy as np

    nothing = np.zeros(len(attention), np.float32)
    looked_at = np.stack([attention[:, column].sum(1) if column else nothing for column in columns], axis=1)
    none = np.zeros(len(columns), np.float32)
    return np.stack([looked_at[row].mean(0) if row else none for row in rows])


def _links(shares: Matrix, source: Sequence[Span], target: Sequence[Span]) -> set[WordLink]:
    """Return what each target word looks at most, and for source words that are left out what looks at them most."""
    links = set()
    left = set(range(len(source)))
    for row, word in enumerate(target):
        most = int(shares[row].argmax())
        for column in range(len(source)):
            if shares[row, column] >= (_LEAST_SHARE if column == most else _LEAST_BESIDE):
                links.add(WordLink(source[column], word))
                left.discard(column)
    for column in left:
        row = int(shares[:, column].argmax())
        if shares[row, column] >= _LEAST_SHARE:
            links.add(WordLink(source[column], target[row]))
    return links

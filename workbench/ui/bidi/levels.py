"""Embedding levels of a paragraph by the Unicode Bidirectional Algorithm (UAX #9, revision 48): rules P2 to L2.

Bidi classes come from ``unicodedata``. The functions take the classes beside the text so that the conformance files,
which test classes without characters, can be run as they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.ui.bidi.brackets import bracket_pairs

_MAX_DEPTH = 125  # BD2
REMOVED = -1
"""The level of a character that rule X9 removes."""

_EMBEDDINGS = {"RLE": "", "LRE": "", "RLO": "R", "LRO": "L"}
_INITIATORS = frozenset({"LRI", "RLI", "FSI"})
_REMOVED_BY_X9 = frozenset({*_EMBEDDINGS, "PDF", "BN"})
_NEUTRAL_OR_ISOLATE = frozenset({"B", "S", "WS", "ON", "PDI", *_INITIATORS})
_SEPARATES = {"EN": {"ES", "CS"}, "AN": {"CS"}}  # W4
_STRONG_AS_IF = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # N0 and N1 count numbers as R


@dataclass(frozen=True, slots=True)
class _Sequence:
    """An isolating run sequence (BD13): indices, level, and the directions before and after it (X10)."""

    indices: list[int]
    level: int
    before: str
    after: str


def classes_of(text: str) -> list[str]:
    """Return the bidi class of each character; a character without one counts as L."""
    return [unicodedata.bidirectional(character) or "L" for character in text]


def base_level(classes: Sequence[str], default: int = 0) -> int:
    """Return 0 or 1 by the first strong character outside isolates (P2, P3), ``default`` when there is none."""
    depth = 0
    for bidi_class in classes:
        if bidi_class in _INITIATORS:
            depth += 1
        elif bidi_class == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and bidi_class in {"L", "R", "AL"}:
            return int(bidi_class != "L")
    return default


def resolve(text: str, classes: Sequence[str], base: int) -> list[int]:
    """Return the level of each character of one paragraph, before L1; ``REMOVED`` for those that X9 removes."""
    if not classes:
        return []
    types = list(classes)
    if any(
        bidi_class in _REMOVED_BY_X9 or bidi_class in _INITIATORS or bidi_class in {"PDI", "B"}
        for bidi_class in classes
    ):
        levels, sequences = _explicit(types, classes, base)
    else:
        direction = _direction(base)
        levels, sequences = [base] * len(types), [_Sequence(list(range(len(types))), base, direction, direction)]
    for sequence in sequences:
        _weak(sequence, types)
        _brackets(sequence, types, text, classes)
        _neutral(sequence, types)
        _implicit(sequence, types, levels)
    return [REMOVED if classes[i] in _REMOVED_BY_X9 else level for i, level in enumerate(levels)]


def visual_order(levels: Sequence[int]) -> list[int]:
    """Return indices in the order they are shown, left to right (L2)."""
    order = list(range(len(levels)))
    odd = {level for level in levels if level & 1}
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


def _direction(level: int) -> str:
    return "R" if level & 1 else "L"


def _explicit(  # noqa: C901, PLR0912  (the rules X1 to X8 are one state machine)
    types: list[str], classes: Sequence[str], base: int
) -> tuple[list[int], list[_Sequence]]:
    """Rules X1 to X8, then X10."""
    partner = _isolate_partners(classes)
    levels = [base] * len(types)
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for i, bidi_class in enumerate(classes):
        level, override, _ = stack[-1]
        levels[i] = level
        if bidi_class in _EMBEDDINGS:  # X2 to X5
            deeper = _next_level(level, right_to_left=bidi_class[0] == "R")
            if deeper <= _MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                stack.append((deeper, _EMBEDDINGS[bidi_class], False))
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif bidi_class in _INITIATORS:  # X5a to X5c
            types[i] = override or types[i]
            overflows = level >= _MAX_DEPTH or overflow_isolates or overflow_embeddings
            if bidi_class == "FSI" and not overflows:  # looked into at 125 depths at most: linear for hostile text too
                bidi_class = ("LRI", "RLI")[base_level(classes[i + 1 : partner.get(i, len(classes))])]  # noqa: PLW2901
            deeper = _next_level(level, right_to_left=bidi_class == "RLI")
            if deeper <= _MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append((deeper, "", True))
            else:
                overflow_isolates += 1
        elif bidi_class == "PDI":  # X6a
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            levels[i], override, _ = stack[-1]
            types[i] = override or types[i]
        elif bidi_class == "PDF":  # X7
            if not overflow_isolates and overflow_embeddings:
                overflow_embeddings -= 1
            elif not overflow_isolates and not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif bidi_class == "B":  # X8
            levels[i] = base
        elif bidi_class != "BN":  # X6
            types[i] = override or types[i]
    return levels, _run_sequences(classes, levels, partner, base)


def _next_level(level: int, *, right_to_left: bool) -> int:
    return (level + 1) | 1 if right_to_left else (level + 2) & ~1


def _isolate_partners(classes: Sequence[str]) -> dict[int, int]:
    """Return for each isolate initiator its matching PDI (BD9)."""
    partner: dict[int, int] = {}
    open_isolates: list[int] = []
    for i, bidi_class in enumerate(classes):
        if bidi_class in _INITIATORS:
            open_isolates.append(i)
        elif bidi_class == "PDI" and open_isolates:
            partner[open_isolates.pop()] = i
    return partner


def _run_sequences(
    classes: Sequence[str], levels: Sequence[int], partner: dict[int, int], base: int
) -> list[_Sequence]:
    """Rule X10: level runs, joined over isolates, with the directions at both ends."""
    kept = [i for i, bidi_class in enumerate(classes) if bidi_class not in _REMOVED_BY_X9]
    runs: list[list[int]] = []
    for i in kept:
        if runs and levels[runs[-1][-1]] == levels[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    run_at = {run[0]: run for run in runs}
    closers = set(partner.values())
    place = {index: position for position, index in enumerate(kept)}
    sequences = []
    for run in runs:
        if run[0] in closers:
            continue  # it belongs to the sequence of its isolate initiator
        indices = list(run)
        while (following := run_at.get(partner.get(indices[-1], -1))) is not None:
            indices += following
        level, first, last = levels[run[0]], place[indices[0]], place[indices[-1]]
        before = levels[kept[first - 1]] if first else base
        unclosed = classes[indices[-1]] in _INITIATORS and indices[-1] not in partner
        after = base if unclosed or last + 1 == len(kept) else levels[kept[last + 1]]
        sequences.append(_Sequence(indices, level, _direction(max(before, level)), _direction(max(after, level))))
    return sequences


def _weak(sequence: _Sequence, types: list[str]) -> None:
    """Rules W1 to W7."""
    indices = sequence.indices
    _marks_and_arabic_numbers(sequence, types)
    present = {types[i] for i in indices}
    if present & {"ES", "CS"}:
        for left, i, right in zip(indices, indices[1:], indices[2:], strict=False):  # W4
            if types[left] == types[right] and types[i] in _SEPARATES.get(types[left], ()):
                types[i] = types[left]
    if present & {"ET", "ES", "CS"}:
        _terminators(indices, types)
    if "EN" in present:
        strong = sequence.before
        for i in indices:  # W7
            if types[i] == "EN" and strong == "L":
                types[i] = "L"
            elif types[i] in {"L", "R"}:
                strong = types[i]


def _marks_and_arabic_numbers(sequence: _Sequence, types: list[str]) -> None:
    """Rules W1 to W3."""
    previous = strong = sequence.before
    for i in sequence.indices:
        if types[i] == "NSM":  # W1
            types[i] = "ON" if previous in _INITIATORS or previous == "PDI" else previous
        if types[i] == "EN" and strong == "AL":  # W2
            types[i] = "AN"
        elif types[i] in {"L", "R", "AL"}:
            strong = types[i]
        previous = types[i]
    for i in sequence.indices:
        if types[i] == "AL":  # W3
            types[i] = "R"


def _terminators(indices: Sequence[int], types: list[str]) -> None:
    """Rules W5 and W6."""
    position = 0
    while position < len(indices):
        end = position
        while end < len(indices) and types[indices[end]] == "ET":
            end += 1
        if end > position:
            beside = {types[indices[k]] for k in (position - 1, end) if 0 <= k < len(indices)}
            for i in indices[position:end]:
                types[i] = "EN" if "EN" in beside else "ON"
        elif types[indices[position]] in {"ES", "CS"}:
            types[indices[position]] = "ON"
        position = max(end, position + 1)


def _brackets(sequence: _Sequence, types: list[str], text: str, classes: Sequence[str]) -> None:
    """Rule N0: a pair of brackets takes the direction of what it encloses."""
    indices, embedding = sequence.indices, _direction(sequence.level)
    for opening, closing in bracket_pairs(text, indices, types):
        inside = {_STRONG_AS_IF.get(types[i], "") for i in indices[opening + 1 : closing]} - {""}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            before = (types[indices[place]] for place in range(opening - 1, -1, -1))
            strong = (_STRONG_AS_IF[type_] for type_ in before if type_ in _STRONG_AS_IF)
            (opposite,) = inside
            direction = opposite if next(strong, sequence.before) == opposite else embedding
        for place in (opening, closing):
            types[indices[place]] = direction
            for following in range(place + 1, len(indices)):
                if classes[indices[following]] != "NSM":
                    break
                types[indices[following]] = direction


def _neutral(sequence: _Sequence, types: list[str]) -> None:
    """Rules N1 and N2."""
    indices, embedding = sequence.indices, _direction(sequence.level)
    before, position = sequence.before, 0
    while position < len(indices):
        end = position
        while end < len(indices) and types[indices[end]] in _NEUTRAL_OR_ISOLATE:
            end += 1
        if end == position:
            before = _STRONG_AS_IF[types[indices[position]]]
            position += 1
            continue
        after = sequence.after if end == len(indices) else _STRONG_AS_IF[types[indices[end]]]
        for i in indices[position:end]:
            types[i] = before if before == after else embedding
        position = end


def _implicit(sequence: _Sequence, types: list[str], levels: list[int]) -> None:
    """Rules I1 and I2."""
    for i in sequence.indices:
        if sequence.level & 1:
            levels[i] += types[i] != "R"
        elif types[i] != "L":
            levels[i] += 1 if types[i] == "R" else 2

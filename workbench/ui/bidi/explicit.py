"""Explicit levels and isolating run sequences: rules X1 to X10 of UAX #9."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.ui.bidi.implicit import RunSequence

_MAX_DEPTH = 125  # BD2
_EMBEDDINGS = {"RLE": "", "LRE": "", "RLO": "R", "LRO": "L"}
INITIATORS = frozenset({"LRI", "RLI", "FSI"})
REMOVED_BY_X9 = frozenset({*_EMBEDDINGS, "PDF", "BN"})
EXPLICIT = REMOVED_BY_X9 | INITIATORS | {"PDI", "B"}
"""The classes that rules X1 to X8 act on; without any, the paragraph is one sequence."""


def base_level(classes: Sequence[str], default: int = 0) -> int:
    """Return 0 or 1 by the first strong character outside isolates (P2, P3), ``default`` when there is none."""
    depth = 0
    for bidi_class in classes:
        if bidi_class in INITIATORS:
            depth += 1
        elif bidi_class == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and bidi_class in {"L", "R", "AL"}:
            return int(bidi_class != "L")
    return default


def direction(level: int) -> str:
    """Return the direction of a level."""
    return "R" if level & 1 else "L"


def explicit(  # noqa: C901, PLR0912  (the rules X1 to X8 are one state machine)
    types: list[str], classes: Sequence[str], base: int
) -> tuple[list[int], list[RunSequence]]:
    """Return the level of each character (X1 to X8) and the sequences (X10); ``types`` takes the overrides."""
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
        elif bidi_class in INITIATORS:  # X5a to X5c
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
        if bidi_class in INITIATORS:
            open_isolates.append(i)
        elif bidi_class == "PDI" and open_isolates:
            partner[open_isolates.pop()] = i
    return partner


def _run_sequences(
    classes: Sequence[str], levels: Sequence[int], partner: dict[int, int], base: int
) -> list[RunSequence]:
    """Rule X10: level runs, joined over isolates, with the directions at both ends."""
    kept = [i for i, bidi_class in enumerate(classes) if bidi_class not in REMOVED_BY_X9]
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
        unclosed = classes[indices[-1]] in INITIATORS and indices[-1] not in partner
        after = base if unclosed or last + 1 == len(kept) else levels[kept[last + 1]]
        sequences.append(RunSequence(indices, level, direction(max(before, level)), direction(max(after, level))))
    return sequences

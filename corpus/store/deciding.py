"""What becomes of a row that two copies of a project have changed separately since they were one.

Everything here is symmetric: whichever of the two takes the other in, the outcome is the same. What one side alone has
changed is taken; of two translations the later one stands and the other is told of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.journal import Fields
from corpus.keys import source_hash
from corpus.model import JournalEntry, Segment, State
from corpus.revision import noted
from corpus.store.rows import as_segment, segment_fields
from corpus.word_diff import word_diff

MERGE = "merge"
"""What the journal calls steps that no person has taken, but that follow from a merge."""
TARGET, SOURCE, REMOVED = "target", "source", "removed"
"""What a conflict is about: a translation, the source or its cutting, or whether the segment is to stay."""

_PLACE = ("document_uid", "position", "part", "breaks", "kind", "place", "source")
_FLAGS = ("locked", "rejected")


@dataclass(frozen=True, slots=True)
class Trace:
    """A row as one side has it, None when it is not there, and the steps on it that only this side has taken."""

    row: Fields | None = None
    steps: Sequence[JournalEntry] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody wrote and the other side has decided over; ``offered`` stands nowhere."""

    segment_uid: str
    field: str
    base: str
    kept_by: str
    offered: str
    offered_state: int
    offered_by: str
    at: str


@dataclass(slots=True)
class Decision:
    """What becomes of a row, None for nothing, and what has to be looked at."""

    row: Fields | None
    clashes: list[Clash] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a segment, with what people did on that side to each field: its value before, and who did it last."""

    row: Fields
    base: Fields
    last: dict[str, tuple[str, str]]

    def changed(self, *names: str) -> bool:
        return any(name in self.base and self.base[name] != self.row[name] for name in names)

    def touch(self, *names: str) -> tuple[str, str]:
        return max((self.last[name] for name in names if name in self.last), default=("", ""))

    @property
    def has_human_text(self) -> bool:
        """Tell whether a person has given the segment another text or state: an engine's draft is none."""
        states = (self.row["state"], self.base.get("state", State.UNTRANSLATED) or State.UNTRANSLATED)
        return self.changed("target", "state") and max(int(str(state)) for state in states) >= State.EDITED


def decide_document(mine: Trace, theirs: Trace) -> Decision:
    """Take the document as it was imported last."""
    if not mine.steps or not theirs.steps or mine.row is None or theirs.row is None:
        return Decision(theirs.row if not mine.steps or mine.row is None else mine.row)
    return Decision(max((mine.row, theirs.row), key=lambda row: (str(row["imported_at"]), _text_of(row))))


def decide_conflict(mine: Trace, theirs: Trace) -> Decision:
    """Take a conflict as decided when either side has decided it."""
    if not mine.steps or not theirs.steps:
        return Decision(mine.row if mine.steps else theirs.row)
    if mine.row is None or theirs.row is None:
        return Decision(None)
    return Decision(max((mine.row, theirs.row), key=_text_of))


def decide_segment(uid: str, mine: Trace, theirs: Trace) -> Decision:
    """Take what only one side has changed from that side; what one has removed and the other changed stays."""
    if not mine.steps or not theirs.steps:
        return Decision(mine.row if mine.steps else theirs.row)
    if mine.row is None or theirs.row is None:
        return _decide_removed(uid, mine, theirs)
    sides = _side(mine.row, mine.steps), _side(theirs.row, theirs.steps)
    decision = Decision({**mine.row})
    placed = _placed(sides)
    if all(side.changed("source") for side in sides) and sides[0].row["source"] != sides[1].row["source"]:
        decision.clashes.append(_clash(uid, SOURCE, placed, sides, ("source", *_PLACE)))
    worded = _worded(sides, placed)
    both_wrote = all(side.has_human_text and side.changed("target") for side in sides)
    if both_wrote and sides[0].row["target"] != sides[1].row["target"]:
        decision.clashes.append(_clash(uid, TARGET, worded, sides, ("target",)))
    row = {**worded.row, **{name: placed.row[name] for name in _PLACE}, "note": _notes(sides)}
    row["state"] = _state(sides, worded)
    row["draft"] = worded.row["draft"] or sides[0].row["draft"] or sides[1].row["draft"]
    row |= {name: _later((name,), sides).row[name] for name in _FLAGS}
    row["version"] = max(int(str(side.row["version"])) for side in sides)
    segment = _fitted(as_segment({**row, "uid": uid}), str(worded.row["source"]))
    decision.row = segment_fields(segment)
    return decision


def is_text_of_human(row: Fields) -> bool:
    """Tell whether a row has a translation that a person wrote."""
    return int(str(row["state"])) >= State.EDITED and bool(row["target"])


def _decide_removed(uid: str, mine: Trace, theirs: Trace) -> Decision:
    gone, there = (mine, theirs) if mine.row is None else (theirs, mine)
    if there.row is None:
        return Decision(None)
    side = _side(there.row, there.steps)
    removal = next((step for step in reversed(gone.steps) if not step.after), None)
    if removal is None:
        return Decision(there.row)
    # A source that has changed may have taken in what was joined to it, which is nowhere else now.
    if not side.has_human_text and not side.changed("source", "note", *_FLAGS):
        return Decision(None)
    kept_by = side.touch("target", "state", "source", "note", *_FLAGS)[1]
    clash = Clash(uid, REMOVED, "", kept_by, "", State.UNTRANSLATED, removal.actor, removal.at)
    return Decision(there.row, [clash])


def _side(row: Fields, steps: Iterable[JournalEntry]) -> _Side:
    base: Fields = {}
    last: dict[str, tuple[str, str]] = {}
    for step in steps:
        if step.action == MERGE:
            continue
        for name in {*step.before, *step.after}:
            if step.before.get(name) != step.after.get(name):
                base.setdefault(name, step.before.get(name))
                last[name] = (step.at, step.actor)
    return _Side(row, base, last)


def _later(names: Sequence[str], sides: tuple[_Side, _Side]) -> _Side:
    """Return the side whose fields are taken: the only one that changed them, or the one that did so later."""

    def rank(side: _Side) -> tuple[bool, tuple[str, str], str]:
        return side.changed(*names), side.touch(*names), _text_of({name: side.row[name] for name in names})

    return max(sides, key=rank)


def _placed(sides: tuple[_Side, _Side]) -> _Side:
    """Return the side whose place and source are taken: where both have cut it, the one that has most of the text.

    What one side has joined to it is nowhere else, while parts that were cut off stand by themselves.
    """
    if not all(side.changed("source") for side in sides):
        return _later(_PLACE, sides)

    def rank(side: _Side) -> tuple[int, int, tuple[str, str], str]:
        row = {name: side.row[name] for name in _PLACE}
        return len(str(row["breaks"]).split()), len(str(row["source"])), side.touch(*_PLACE), _text_of(row)

    return max(sides, key=rank)


def _worded(sides: tuple[_Side, _Side], placed: _Side) -> _Side:
    """Return the side whose translation is taken: a person's before an engine's, a new text before a new state.

    Where both have the same, it is that of the side whose source is taken.
    """

    def rank(side: _Side) -> tuple[bool, bool, tuple[str, str], str, bool]:
        texts = _text_of({name: side.row[name] for name in ("target", "state", "draft")})
        is_new = side.has_human_text and side.changed("target")
        return is_new, side.has_human_text, side.touch("target", "state"), texts, side is placed

    return max(sides, key=rank)


def _state(sides: tuple[_Side, _Side], worded: _Side) -> int:
    """Return the state of the text that is taken; where both have it, the one that has come further."""
    both = all(side.has_human_text and side.row["target"] == worded.row["target"] for side in sides)
    return max(int(str(side.row["state"])) for side in (sides if both else (worded,)))


def _notes(sides: tuple[_Side, _Side]) -> str:
    """Return the note that one side has changed; of two, what both still have and then whatever either has added."""
    if not all(side.changed("note") for side in sides):
        return str(_later(("note",), sides).row["note"])
    first, second = (note.splitlines() for note in sorted(str(side.row["note"]) for side in sides))
    common = [line for line in first if line in second]
    base = {line for side in sides for line in str(side.base["note"] or "").splitlines()}
    added = sorted({line for line in (*first, *second) if line not in common and line not in base})
    return "\n".join((*common, *added))


def _fitted(segment: Segment, translated: str) -> Segment:
    """Return a segment whose text and draft are for its source; ``translated`` is what its text was written for."""
    if segment.draft and segment.draft.source_hash != source_hash(segment.source):
        segment = replace(segment, draft=None)
    if segment.state <= State.DRAFTED:
        has_draft = segment.draft is not None and segment.draft.text
        return replace(segment, state=State.DRAFTED if has_draft else State.UNTRANSLATED)
    if segment.source == translated:
        return segment
    diff = word_diff(translated, segment.source).marked
    return noted(replace(segment, state=State.EDITED), f"The source changed: {diff}")


def _clash(uid: str, name: str, winner: _Side, sides: tuple[_Side, _Side], names: Sequence[str]) -> Clash:
    loser = sides[0] if winner is sides[1] else sides[1]
    at, offered_by = loser.touch(*names)
    return Clash(
        segment_uid=uid,
        field=name,
        base=str(loser.base.get(name) or ""),
        kept_by=winner.touch(*names)[1],
        offered=str(loser.row[name]),
        offered_state=int(str(loser.row["state"])),
        offered_by=offered_by,
        at=at,
    )


def _text_of(row: Fields) -> str:
    return json.dumps(row, sort_keys=True)

"""Suggestions made into concepts whose terms are proposed, to be approved or removed by whoever keeps the glossary."""

from __future__ import annotations

from glossary.candidates import Candidate, CandidateKind
from glossary.edits import EditSuggestion
from glossary.model import Concept, Term, TermStatus


def concept_of_candidate(candidate: Candidate) -> Concept:
    """Return a concept for a candidate; it has no English term where no rendering is known."""
    note = f"Suggested: {candidate.count} times in {candidate.segments} segments."
    pos = "proper noun" if candidate.kind is CandidateKind.NAME else ""
    return _concept(candidate.text, candidate.rendering, note, pos)


def concept_of_edit(edit: EditSuggestion) -> Concept:
    """Return a concept for what edits speak for."""
    return _concept(edit.source, edit.target, note_of_edit(edit))


def note_of_edit(edit: EditSuggestion) -> str:
    """Return what a concept tells of the edits that speak for it."""
    return f"Suggested: “{edit.draft}” was changed to it in {len(edit.segments)} segments, left in {edit.left_alone}."


def _concept(arabic: str, english: str, note: str, pos: str = "") -> Concept:
    texts = (("ar", arabic), ("en", english))
    return Concept(
        uid="",
        note=note,
        terms=tuple(Term("", language, text, TermStatus.PROPOSED, pos) for language, text in texts if text),
    )

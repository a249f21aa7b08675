"""What the reading commands print, as JSON objects and as lines for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from corpus.model import Fate, State
from corpus.visible import visible

if TYPE_CHECKING:
    from corpus.grouped import ChangeReport
    from corpus.model import DocumentImport, DraftTerm, Segment
    from workbench.overview import DocumentProgress, Overview

Report = dict[str, object]

_LABELS = {state: state.label for state in State}


def overview_report(overview: Overview) -> Report:
    """Return the object that ``status --json`` prints."""
    documents = overview.documents
    counts = {state: sum(document.counts[state] for document in documents) for state in State}
    return {
        "name": overview.name,
        "path": str(overview.path),
        "source_language": overview.source_language,
        "target_language": overview.target_language,
        "glossary": str(overview.glossary),
        "segments": sum(counts.values()),
        "states": _states(counts),
        "words": sum(document.words for document in documents),
        "words_left": sum(document.words_left for document in documents),
        "drafts": sum(document.drafts for document in documents),
        "flagged": sum(document.flagged for document in documents),
        "documents": [_document_report(document) for document in documents],
    }


def overview_text(overview: Overview) -> str:
    """Return the lines that ``status`` prints."""
    lines = [f"{overview.name}: {overview.source_language} to {overview.target_language}"]
    for document in overview.documents:
        states = ", ".join(f"{count} {_LABELS[state]}" for state, count in document.counts.items() if count)
        lines.append(
            f"  {visible(document.document.name)}: {sum(document.counts.values())} segments ({states}); "
            f"{document.words_left} of {document.words} words left"
        )
    if not overview.documents:
        lines.append(f"  No documents yet. Next: tarjama import {overview.path} FILE")
    return "\n".join(lines)


def import_report(done: DocumentImport) -> Report:
    """Return the object that ``import --json`` prints for one document; ``fates`` count segments."""
    document = done.document
    return {
        "uid": document.uid,
        "name": document.name,
        "format": document.format,
        "encoding": document.encoding,
        "segments": done.segments,
        "fates": {fate.value: count for fate, count in done.fates.items()},
    }


def import_text(done: DocumentImport) -> str:
    """Return the line that ``import`` prints for one document."""
    document, fates = done.document, done.fates
    what = f"{visible(document.name)}: {done.segments} segments ({document.format}, {document.encoding})"
    if not done.segments - fates[Fate.NEW] and not fates[Fate.GONE]:
        return what
    if fates[Fate.KEPT] == done.segments and not fates[Fate.GONE]:
        return f"{what}, as before"
    return f"{what}: " + ", ".join(f"{count} {fate.value}" for fate, count in fates.items() if count)


def segment_report(segment: Segment, document: str) -> Report:
    """Return the object that ``segments --json`` prints for one segment."""
    return {
        "uid": segment.uid,
        "document": document,
        "order": segment.position,
        "part": segment.part,
        "kind": segment.kind.value,
        "place": segment.place,
        "source": segment.source,
        "draft": segment.draft.text if segment.draft else None,
        "target": segment.target,
        "state": segment.state.label,
        "origin": segment.origin.value,
        "flags": list(segment.flags),
        "draft_before_terms": (segment.draft.before_terms or None) if segment.draft else None,
        "draft_terms": [asdict(term) for term in segment.draft.terms] if segment.draft else [],
        "note": segment.note,
        "version": segment.version,
    }


def segment_text(segment: Segment) -> str:
    """Return the lines that ``segments`` prints for one segment; control characters are made visible.

    What terms have changed in a draft that nobody has touched stands below it.
    """
    mark = f" [{segment.origin.value}]" if segment.state is State.DRAFTED else ""
    return (
        f"{segment.uid} {segment.order} {segment.state.label}{mark}\n"
        f"  {visible(segment.source)}\n  {visible(segment.text)}"
        + "".join(f"\n  {line}" for line in (_draft_terms(segment) if segment.state is State.DRAFTED else ()))
    )


def draft_terms_text(segment: Segment) -> str:
    """Return the lines that ``draft --show-terms`` prints: what terms changed in a draft, and which are not used."""
    return "\n  ".join((f"{segment.uid} {segment.order}", *_draft_terms(segment)))


def _draft_terms(segment: Segment) -> list[str]:
    from corpus.word_diff import word_diff  # few drafts need it

    draft = segment.draft
    if draft is None:
        return []
    lines = [f"terms: {visible(word_diff(draft.before_terms, draft.text).marked)}"] if draft.before_terms else []
    unused = (term for term in draft.terms if not term.applied)
    return [*lines, *(f"term not used: {unused_term(segment.source, term)}" for term in unused)]


def unused_term(source: str, term: DraftTerm) -> str:
    """Return what a draft does not say as the glossary wants it, in a line for people."""
    said = f"; the draft says “{visible(term.instead)}”" if term.instead else ""
    wanted = f" = {visible(term.target)}" if term.target else ""
    return f"{visible(source[term.start : term.end])}{wanted}{said}"


def change_report(report: ChangeReport) -> Report:
    """Return the object that tells in JSON what a change of many segments has done."""
    return {
        "change": report.change or None,
        "written": [segment.uid for segment in report.written],
        "left": [{"uid": left.segment.uid, "reason": left.obstacle.value} for left in report.left],
    }


def change_text(report: ChangeReport) -> str:
    """Return the lines that tell what a change of many segments has done."""
    lines = [f"{len(report.written)} segments changed" + (f": change {report.change}" if report.change else "")]
    lines += [f"  {left.segment.uid} left as it is: {left.obstacle.value}" for left in report.left]
    return "\n".join(lines)


def _document_report(progress: DocumentProgress) -> Report:
    document = progress.document
    return {
        "uid": document.uid,
        "name": document.name,
        "format": document.format,
        "encoding": document.encoding,
        "sha256": document.sha256,
        "imported_at": document.imported_at,
        "segments": sum(progress.counts.values()),
        "states": _states(progress.counts),
        "words": progress.words,
        "words_left": progress.words_left,
        "drafts": progress.drafts,
        "flagged": progress.flagged,
    }


def _states(counts: dict[State, int]) -> dict[str, int]:
    return {label: counts.get(state, 0) for state, label in _LABELS.items()}

"""A pair of terms as a form shows it, and what was changed in it."""

from __future__ import annotations

from dataclasses import fields

from glossary.model import Concept, NewTerm, Term, TermEntry

_KEPT = frozenset({"extras"})
"""Fields of ``NewTerm`` that no form has."""


def form_of(concept: Concept, entry: TermEntry) -> NewTerm:
    """Return everything that stands in ``concept`` of one of its pairs."""
    return pair_of(concept, _term(concept, entry.source_uid), _term(concept, entry.uid))


def pair_of(concept: Concept, source: Term, target: Term) -> NewTerm:
    """Return all that a concept says of two of its terms; what terms say in extras is not part of a pair."""
    return NewTerm(
        source=source.text,
        target=target.text,
        status=target.status,
        pos=target.pos,
        domain=concept.domain,
        definition=concept.definition,
        note=target.note,
        source_status=source.status,
        gender=source.gender,
        number=source.number,
        forms=source.forms,
        target_forms=target.forms,
        register=target.register,
        term_type=target.term_type,
        geography=target.geography,
        example=target.example,
        reference=target.reference,
        case_sensitive=target.case_sensitive,
        do_not_translate=concept.do_not_translate,
        url=concept.url,
        tags=concept.tags,
        concept_note=concept.note,
        extras=concept.extras,
    )


def differing(seen: NewTerm, wanted: NewTerm) -> tuple[dict[str, object], dict[str, object]]:
    """Return the fields that differ, as they shall be and as they were seen."""
    names = [field.name for field in fields(NewTerm) if field.name not in _KEPT]
    changed = [name for name in names if getattr(seen, name) != getattr(wanted, name)]
    return {name: getattr(wanted, name) for name in changed}, {name: getattr(seen, name) for name in changed}


def _term(concept: Concept, uid: str) -> Term:
    return next(term for term in concept.terms if term.uid == uid)

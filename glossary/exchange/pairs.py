"""Concepts as pairs of terms, for formats that know no concepts; which concepts and terms a user wants."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from glossary.editing import pair_of
from glossary.model import Concept, NewTerm, TermStatus
from glossary.store.rows import SOURCE_LANGUAGE, TARGET_LANGUAGE


def pairs_of(concept: Concept) -> Iterator[NewTerm]:
    """Yield each Arabic term of a concept with each English one; what terms say in extras is not part of a pair."""
    for source in concept.terms_in(SOURCE_LANGUAGE):
        for target in concept.terms_in(TARGET_LANGUAGE):
            yield pair_of(concept, source, target)


def selected(
    concepts: Iterable[Concept],
    *,
    statuses: Collection[TermStatus] = (),
    domains: Collection[str] = (),
    tags: Collection[str] = (),
) -> Iterator[Concept]:
    """Yield the concepts of some domains and tags, each with its terms of some statuses; nothing given means all.

    The status is that of the translations: Arabic terms stay, unless no term in another language does.
    """
    for concept in concepts:
        if (domains and concept.domain not in domains) or (tags and not set(tags) & set(concept.tags)):
            continue
        terms = [term for term in concept.terms if not statuses or term.status in statuses]
        if not statuses:
            yield concept
        elif any(term.language != SOURCE_LANGUAGE for term in terms):
            kept = [term for term in concept.terms if term in terms or term.language == SOURCE_LANGUAGE]
            yield replace(concept, terms=tuple(kept))

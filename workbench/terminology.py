"""The use cases on a project's glossary, which other projects and people may be using at the same time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary.checks import TermFinding
    from glossary.live import LiveMatcher
    from glossary.model import Concept, Match, NewTerm, TermEntry
    from glossary.quality import QualityFinding
    from glossary.store import GlossaryStore
    from workbench.impact import ChangedTerm
    from workbench.maintaining import Maintenance


@dataclass(frozen=True, slots=True)
class SourceTerms:
    """The terms of a source, as the glossary was at ``version``.

    ``key`` is made of all that it says of them, and empty where there are none: as long as it is the same, a draft has
    the same terms to obey.
    """

    matches: Sequence[Match]
    key: str
    version: int


class Terminology:
    """A glossary as one project uses it: opened when it is needed, made with the first term.

    It belongs to the thread of its session. ``actor`` is whom the journal names.
    """

    def __init__(self, path: Path, actor: str) -> None:
        self.path = path
        self._actor = actor
        self._opened: GlossaryStore | None = None
        self._matcher: LiveMatcher | None = None
        self._arabic_keys: frozenset[str] | None = None
        self._maintenance: Maintenance | None = None

    def close(self) -> None:
        """Close the glossary."""
        if self._opened is not None:
            self._opened.close()

    def find(self, text: str) -> list[Match]:
        """Return the glossary's terms found in an Arabic ``text``, with offsets in that text."""
        store = self._store_if_any()
        if store is None:
            return []
        if self._matcher is None:
            from glossary.live import LiveMatcher

            self._matcher = LiveMatcher(store)
        return self._matcher.find(text)

    @property
    def version(self) -> int:
        """A number that grows with every change of any term, by whomever; 0 where there is no glossary."""
        store = self._store_if_any()
        return 0 if store is None else store.version()

    def in_source(self, text: str) -> SourceTerms:
        """Return what the glossary says of an Arabic text, for a draft of it to obey."""
        version = self.version  # a change meanwhile only makes the draft stale once more
        matches = self.find(text)
        return SourceTerms(matches, _key_of(matches), version)

    def terms_key(self, text: str) -> str:
        """Return the key of what the glossary says of an Arabic text; see ``SourceTerms``."""
        return _key_of(self.find(text))

    def check(self, pairs: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, TermFinding]]:
        """Yield (uid, finding) for the terms of pairs (uid, source, target), of each pair and of all together."""
        if self._store_if_any() is not None:
            from glossary.consistency import check_segments

            yield from check_segments(pairs, self.find)

    @property
    def maintenance(self) -> Maintenance:
        """What one can do with the glossary as a whole."""
        if self._maintenance is None:
            from workbench.maintaining import Maintenance

            self._maintenance = Maintenance(self._store, self._store_if_any, self._actor)
        return self._maintenance

    def add(self, term: NewTerm) -> TermEntry:
        """Add a term, making the glossary when it is the first."""
        return self._store().add(term, self._actor)

    def propose(self, concepts: Iterable[Concept]) -> int:
        """Add concepts that suggestions were made into; return how many the glossary did not have."""
        self._arabic_keys = None
        return self._store().add_concepts(concepts, self._actor).added

    def is_known(self, text: str) -> bool:
        """Tell whether the whole of ``text`` is an Arabic term of the glossary, in whatever form, translated or not."""
        from glossary.spelling import term_key

        store = self._store_if_any()
        if store is None:
            return False
        if self._arabic_keys is None:
            terms = (term for concept in store.concepts() for term in concept.terms_in("ar"))
            self._arabic_keys = frozenset(term_key(form) for term in terms for form in (term.text, *term.forms))
        return term_key(text) in self._arabic_keys or any(
            match.end - match.start == len(text) for match in self.find(text)
        )

    def has_pair(self, source: str, target: str) -> bool:
        """Tell whether the glossary has ``target``, whatever its case, for the Arabic ``source`` in whatever form."""
        return any(
            match.end - match.start == len(source) and match.entry.target.casefold() == target.casefold()
            for match in self.find(source)
        )

    def examine(self, texts: Sequence[str] | None = None) -> list[QualityFinding]:
        """Return what is to be looked at in the glossary; with ``texts`` also which terms do not occur in them."""
        from glossary.quality import count_used, examine

        store = self._store()
        used = None if texts is None else count_used(texts, self.find)
        return examine(store.concepts(), used)

    def changed_term(self, uid: str) -> ChangedTerm:
        """Return the pair whose English term is ``uid`` with what its concept says and has said; see ``ChangedTerm``.

        Raise TermError when there is none.
        """
        from glossary.errors import TermError
        from workbench.impact import ChangedTerm, former_texts

        store = self._store_if_any()
        if store is None:
            raise TermError(f"There is no glossary {self.path} yet.", "Add a term first.")
        entry = store.entry(uid)
        entries = tuple(store.entries_of([entry.concept_uid]))
        return ChangedTerm(entry, entries, former_texts(store.history(entry.concept_uid), entries))

    def _store_if_any(self) -> GlossaryStore | None:
        return self._store() if self._opened is not None or self.path.exists() else None

    def _store(self) -> GlossaryStore:
        if self._opened is None:
            from glossary.store import GlossaryStore  # projects without terms never load it

            self._opened = GlossaryStore.open_or_create(self.path)
        return self._opened


def _key_of(matches: Sequence[Match]) -> str:
    said = sorted({_said(match) for match in matches if not match.covered})
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest() if said else ""


def _said(match: Match) -> tuple[object, ...]:
    """Return what a draft depends on: where the term stands, and which English is wanted or forbidden for it."""
    entry = match.entry
    english = (entry.target, entry.status.value, entry.target_forms, entry.case_sensitive, entry.do_not_translate)
    return (match.start, match.end, entry.concept_uid, *english, entry.pos)

"""A glossary file: concepts, their terms, and the journal that every change goes through.

With ``migrations.py`` the only place that knows SQL about terms. Several people may have the file open: writes are
short transactions, and ``version`` tells when a matcher made from it is out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Self, TypeVar

from sqlite_utils import Database

from corpus.database import GLOSSARY_APPLICATION_ID, open_database, open_or_make_database, opened_copy, transaction
from corpus.model import JournalEntry
from glossary.errors import GlossaryStoreError, TermError
from glossary.migrations import migrations
from glossary.model import Concept, FieldConflict, NewTerm, OnDuplicate, TermEntry, TermStatus
from glossary.store.adding import LONGEST_TERM, AddedCounts, Adder, require_pair, require_term
from glossary.store.changing import Change, change
from glossary.store.joining import join_concepts
from glossary.store.merging import DoublePair, MergeReport, merge
from glossary.store.pair_table import PairTable
from glossary.store.proving import unexplained
from glossary.store.reading import Reader
from glossary.store.removing import remove_concept, remove_term
from glossary.store.rows import PAIR_FIELDS, Fields, Level, stored
from glossary.store.settling import settle
from glossary.store.undoing import redo, undo

__all__ = ["LONGEST_TERM", "AddedCounts", "DoublePair", "GlossaryStore", "MergeReport", "require_pair", "require_term"]

_NOTHING: Mapping[str, object] = MappingProxyType({})
ItemT = TypeVar("ItemT")


class _DryRunError(Exception):
    """Ends a transaction whose outcome was only asked for."""


class GlossaryStore:
    """One glossary file, open on the thread that opened it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._reader = Reader(db)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the glossary at ``path``; raise StoreError, leaving it untouched, when it is not one."""
        return cls(
            open_database(
                path, application_id=GLOSSARY_APPLICATION_ID, migrations=migrations, what="glossary", create=False
            )
        )

    @classmethod
    def open_or_create(cls, path: Path) -> Self:
        """Open the glossary at ``path``, or make it and its folder; raise StoreError when that cannot be."""
        hint = "Check its permissions, or name another file with --glossary."
        return cls(
            open_or_make_database(
                path, application_id=GLOSSARY_APPLICATION_ID, migrations=migrations, what="glossary", hint=hint
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was written is already safe."""
        self._db.close()

    # Reading

    def version(self) -> int:
        """Return a number that grows with every change of any term, by whomever."""
        return self._reader.version()

    def entries(self) -> list[TermEntry]:
        """Return all pairs of terms, in the order they were added."""
        return self._reader.entries()

    def pairs(self) -> PairTable:
        """Return the same as ``entries`` in half the time, when only few of them are looked at."""
        return self._reader.pairs()

    def matching_keys(self) -> Iterator[tuple[str, str, str]]:
        """Yield (keys, concept uid, term uid) of the Arabic terms; see ``glossary.spelling.matching_keys``."""
        return self._reader.matching_keys()

    def entries_of(self, concept_uids: Sequence[str]) -> list[TermEntry]:
        """Return the pairs of some concepts, in the order they were added."""
        return self._reader.entries_of(concept_uids)

    def changed_since(self, version: int) -> dict[str, list[TermEntry]]:
        """Return the pairs, as they stand now, of each concept that was changed after ``version``."""
        uids = self._reader.changed_since(version)
        pairs: dict[str, list[TermEntry]] = {uid: [] for uid in uids}
        for entry in self._reader.entries_of(uids):
            pairs[entry.concept_uid].append(entry)
        return pairs

    def search(self, text: str) -> list[TermEntry]:
        """Return the pairs that have ``text`` in their Arabic or English, whatever its marks, alefs and case."""
        return self._reader.search(text)

    def entry(self, uid: str) -> TermEntry:
        """Return the pair whose English term is ``uid``; raise TermError when there is none."""
        return self._reader.entry(uid)

    def concepts(self, uids: Sequence[str] | None = None) -> list[Concept]:
        """Return whole concepts, all or those with the given uids, in the order they were added."""
        return self._reader.concepts(uids)

    def concept(self, uid: str) -> Concept:
        """Return one concept; raise TermError when there is none."""
        return self._reader.concept(uid)

    def concept_uid(self, uid: str) -> str:
        """Return the uid of the concept that ``uid``, its own or that of a term in it, names; raise TermError else."""
        return self._reader.concept_uid(uid)

    def history(self, uid: str) -> list[JournalEntry]:
        """Return what was done to a term and its concept, or to a concept, the oldest first; also of removed ones."""
        return self._reader.history(uid)

    def journal(self) -> Iterator[JournalEntry]:
        """Yield everything that was ever done, the oldest first."""
        return self._reader.journal()

    def conflicts(self) -> list[FieldConflict]:
        """Return the conflicts nobody has decided yet, the oldest first."""
        return self._reader.conflicts()

    def disputed_concepts(self) -> frozenset[str]:
        """Return the uids of the concepts with conflicts nobody has decided yet."""
        return self._reader.disputed_concepts()

    def concept_tags(self, uids: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
        """Return the tags of those concepts that have any, by uid; of all, or of those with the given uids."""
        return self._reader.concept_tags(uids)

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty for a sound one."""
        return self._reader.problems()

    def unexplained(self) -> list[str]:
        """Return the rows, as entity and uid, that are not what the journal tells: another program wrote them."""
        return unexplained(self._db)

    # Adding

    def add(self, term: NewTerm, actor: str) -> TermEntry:
        """Add a pair and return it; the same pair is not added twice. Raise TermError when a side is empty."""
        with change(self._db, actor) as adding:
            return self.entry(Adder(self._db, adding).add_pair(term))

    def add_many(
        self,
        terms: Iterable[NewTerm],
        actor: str,
        on_duplicate: OnDuplicate = OnDuplicate.SKIP,
        *,
        dry_run: bool = False,
    ) -> AddedCounts:
        """Add pairs, all or none of them, or with ``dry_run`` only say what would happen.

        Raise TermError when a side of one is empty.
        """
        return self._add_all(lambda adder, term: adder.add_pair(term), terms, actor, on_duplicate, dry_run)

    def add_concepts(
        self,
        concepts: Iterable[Concept],
        actor: str,
        on_duplicate: OnDuplicate = OnDuplicate.SKIP,
        *,
        dry_run: bool = False,
    ) -> AddedCounts:
        """Add whole concepts, all or none of them; see ``add_many``. A uid that is taken already is given anew."""
        return self._add_all(lambda adder, concept: adder.add_concept(concept), concepts, actor, on_duplicate, dry_run)

    def _add_all(
        self,
        add: Callable[[Adder, ItemT], object],
        items: Iterable[ItemT],
        actor: str,
        on_duplicate: OnDuplicate,
        dry_run: bool,
    ) -> AddedCounts:
        with suppress(_DryRunError), change(self._db, actor) as adding:
            adding.let_rows_wait()
            adder = Adder(self._db, adding, on_duplicate)
            for item in items:
                add(adder, item)
            if dry_run:
                raise _DryRunError
        return adder.counts

    # Changing

    def change(
        self,
        uid: str,
        changes: Mapping[str, object],
        actor: str,
        base: Mapping[str, object] = _NOTHING,
        *,
        source_uid: str = "",
    ) -> TermEntry:
        """Change fields of a pair, named as in ``NewTerm``, and return it as it stands then.

        The Arabic, the domain and the definition are the concept's: they change for all its English terms. ``base``
        holds the fields as whoever changes them has seen them: a field that somebody else has changed meanwhile is
        left as it is, and a conflict is filed. ``source_uid`` tells which Arabic term is meant where the concept has
        several. Raise TermError for a term that is not there, or when a side would be empty.
        """
        with change(self._db, actor) as changing:
            self._change_pair(changing, uid, changes, base, source_uid)
            return self.entry(uid)

    def add_forms(self, uid: str, forms: Sequence[str], actor: str) -> TermEntry:
        """Store further written forms of a pair's Arabic term besides those it has, and return the pair."""
        for form in forms:
            require_term(form)
        with change(self._db, actor) as changing:
            entry = self.entry(uid)
            both = dict.fromkeys((*entry.forms, *(form.strip() for form in forms)))
            changing.update("term", entry.source_uid, {"forms": tuple(both)})
            return self.entry(uid)

    def change_many(self, uids: Iterable[str], changes: Mapping[str, object], actor: str) -> int:
        """Change the same fields of several pairs, all or none; return how many were changed by it."""
        with change(self._db, actor) as changing:
            return sum(self._change_pair(changing, uid, changes, _NOTHING) for uid in uids)

    def change_each(self, changes: Mapping[str, Mapping[str, object]], actor: str) -> int:
        """Change fields of several pairs, each its own, all or none; return how many were changed by it."""
        with change(self._db, actor) as changing:
            return sum(self._change_pair(changing, uid, fields, _NOTHING) for uid, fields in changes.items())

    def _change_pair(
        self,
        changing: Change,
        uid: str,
        changes: Mapping[str, object],
        base: Mapping[str, object],
        source_uid: str = "",
    ) -> bool:
        for name in ("source", "target"):
            if name in changes:
                require_term(str(changes[name]))
        for name in ("status", "source_status"):
            if name in changes:
                TermStatus.parse(str(changes[name]))
        entry = self.entry(uid)
        source_uid = source_uid or entry.source_uid
        if source_uid not in {pair.source_uid for pair in self.entries_of([entry.concept_uid])}:
            raise TermError("The Arabic term is gone from this concept.", "Somebody has removed it; search again.")
        rows = {
            Level.CONCEPT: ("concept", entry.concept_uid),
            Level.SOURCE: ("term", source_uid),
            Level.TARGET: ("term", entry.uid),
        }
        written = [changing.update(*rows[level], _at_level(changes, level), _at_level(base, level)) for level in Level]
        return any(written)

    def change_concept(
        self, uid: str, changes: Mapping[str, object], actor: str, base: Mapping[str, object] = _NOTHING
    ) -> Concept:
        """Change fields of a concept, named as in ``Concept``, and return it as it stands then; see ``change``."""
        with change(self._db, actor) as changing:
            self.concept(uid)
            changing.update("concept", uid, changes, base)
            return self.concept(uid)

    def remove(self, uid: str, actor: str) -> TermEntry:
        """Remove a pair's English term and return the pair; its concept goes with its last English term.

        The journal keeps all of it. Raise TermError for a term that is not there.
        """
        return self.remove_many([uid], actor)[0]

    def remove_many(self, uids: Iterable[str], actor: str) -> list[TermEntry]:
        """Remove the English terms of several pairs, all or none; see ``remove``."""
        with change(self._db, actor) as changing:
            return [remove_term(self._db, changing, uid) for uid in uids]

    def remove_concept(self, uid: str, actor: str) -> Concept:
        """Remove a concept with all its terms and return what it was; the journal keeps it."""
        with change(self._db, actor) as changing:
            return remove_concept(self._db, changing, uid)

    def join_concepts(self, into: str, others: Sequence[str], actor: str) -> Concept:
        """Make one concept of several and return it; nothing that any of them says is lost."""
        with change(self._db, actor) as joining:
            join_concepts(self._db, joining, into, others)
            return self.concept(into)

    def settle_conflict(self, uid: str, actor: str, *, take_offered: bool) -> None:
        """Decide a conflict: leave what stands, or take what was offered; raise TermError when there is none."""
        settle(self._db, actor, uid, take_offered=take_offered)

    def merge(self, other: Path, actor: str, *, dry_run: bool = False) -> MergeReport:
        """Take in another glossary file, which is only read; with ``dry_run`` only say what would come of it.

        What only one side has changed since they were one is taken; where both have, the later value stands and a
        conflict is filed. Merging again changes nothing. Raise StoreError or GlossaryStoreError, changing nothing, for
        a file that is no glossary, is damaged, or is this very one.
        """
        if other.exists() and other.samefile(self._path()):
            raise GlossaryStoreError("A glossary cannot be merged with itself.", "Name another file.")
        with (
            opened_copy(other, application_id=GLOSSARY_APPLICATION_ID, migrations=migrations, what="glossary") as copy,
            suppress(_DryRunError),
            transaction(self._db, "glossary"),
        ):
            report = merge(self._db, copy, actor)
            if dry_run:
                raise _DryRunError
        return report

    def _path(self) -> Path:
        return Path(next(row["file"] for row in self._db.query("PRAGMA database_list") if row["name"] == "main"))

    def undo(self, actor: str, change_uid: str = "") -> list[JournalEntry]:
        """Take back a change, by default the actor's last one; return its steps. Raise TermError when it cannot be."""
        return undo(self._db, actor, change_uid)

    def redo(self, actor: str) -> list[JournalEntry]:
        """Do again what the actor has taken back last; return the steps of the undoing."""
        return redo(self._db, actor)


def _at_level(values: Mapping[str, object], level: Level) -> Fields:
    """Return the columns of one row of a pair from fields named as in ``NewTerm``."""
    return {
        column: stored(values[name])
        for name, (its_level, column) in PAIR_FIELDS.items()
        if its_level is level and name in values
    }

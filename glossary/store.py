"""A glossary file: concepts, their terms, and the journal that every change goes through.

With ``migrations.py`` the only place that knows SQL about terms. Several people may have the file open: writes are
short transactions, and ``version`` tells when a matcher made from it is out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from sqlite_utils import Database

from corpus.arabic import fold
from corpus.database import GLOSSARY_APPLICATION_ID, open_database, transaction
from corpus.journal import journal_entry, journal_row, timestamp
from corpus.model import JournalEntry
from corpus.uid import new_uid
from glossary.errors import GlossaryStoreError, TermError
from glossary.migrations import migrations
from glossary.model import NewTerm, TermEntry, TermStatus

SOURCE_LANGUAGE, TARGET_LANGUAGE = "ar", "en"

_ENTRIES = """
    SELECT target.uid AS uid, concepts.uid AS concept_uid, source.text AS source, target.text AS target,
           target.status AS status, target.pos AS pos, concepts.domain AS domain,
           concepts.definition AS definition, target.note AS note
    FROM terms AS target
    JOIN concepts ON concepts.uid = target.concept_uid
    JOIN terms AS source ON source.concept_uid = concepts.uid AND source.language = 'ar'
    WHERE target.language = 'en'
"""


_SOURCE_OF = "SELECT uid FROM terms WHERE concept_uid = ? AND language = 'ar' AND text = ?"
_TERMS_OF = "SELECT uid, language FROM terms WHERE concept_uid = ?"
_CHANGED = """
    SELECT entity_uid FROM journal WHERE entity = 'concept' AND number > ?
    UNION
    SELECT coalesce(json_extract(after, '$.concept_uid'), json_extract(before, '$.concept_uid')) FROM journal
    WHERE entity = 'term' AND number > ?
"""


@dataclass(frozen=True, slots=True)
class AddedCounts:
    """How many of the terms offered were new, and how many stood there already."""

    added: int
    unchanged: int


class GlossaryStore:
    """One glossary file, open on the thread that opened it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the glossary at ``path``; raise StoreError, leaving it untouched, when it is not one."""
        return cls(_open(path, create=False))

    @classmethod
    def open_or_create(cls, path: Path) -> Self:
        """Open the glossary at ``path``, or make it and its folder; raise StoreError when that cannot be."""
        if path.exists():
            return cls.open(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GlossaryStoreError(
                f"The folder {path.parent} for the glossary cannot be made: {error.strerror}.",
                "Check its permissions, or name another file with --glossary.",
            ) from error
        return cls(_open(path, create=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was written is already safe."""
        self._db.close()

    def version(self) -> int:
        """Return a number that grows with every change of any term, by whomever."""
        (number,) = self._db.execute("SELECT coalesce(max(number), 0) FROM journal").fetchone()
        return int(number)

    def entries(self) -> list[TermEntry]:
        """Return all terms, in the order they were added."""
        # Put together here: SQLite takes three times as long to join 100,000 terms.
        statuses = {status.value: status for status in TermStatus}
        concepts = dict(self._concepts())
        sources: dict[str, list[str]] = {}
        targets = []
        terms = "SELECT language, concept_uid, text, uid, status, pos, note FROM terms ORDER BY rowid"
        for language, concept, text, *rest in self._db.execute(terms):
            if language == SOURCE_LANGUAGE:
                sources.setdefault(concept, []).append(text)
            elif language == TARGET_LANGUAGE:
                targets.append((concept, text, *rest))
        return [
            TermEntry(uid, concept, source, target, statuses[status], pos, *concepts[concept], note)
            for concept, target, uid, status, pos, note in targets
            for source in sources.get(concept, ())
        ]

    def _concepts(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for uid, domain, definition in self._db.execute("SELECT uid, domain, definition FROM concepts"):
            yield uid, (domain, definition)

    def entries_of(self, concept_uid: str) -> list[TermEntry]:
        """Return the terms of one concept, in the order they were added."""
        query = f"{_ENTRIES} AND target.concept_uid = ? ORDER BY target.rowid"
        return [_entry(row) for row in self._db.query(query, [concept_uid])]

    def changed_since(self, version: int) -> dict[str, list[TermEntry]]:
        """Return the terms, as they stand now, of each concept that was changed after ``version``."""
        changed = [uid for (uid,) in self._db.execute(_CHANGED, [version] * 2)]
        return {uid: self.entries_of(uid) for uid in changed}

    def search(self, text: str) -> list[TermEntry]:
        """Return the terms that have ``text`` in their Arabic or English, whatever its marks, alefs and case."""
        query = f"{_ENTRIES} AND (instr(source.folded, ?) OR instr(target.folded, ?)) ORDER BY target.rowid"
        return [_entry(row) for row in self._db.query(query, [fold(text)] * 2)]

    def add(self, term: NewTerm, actor: str) -> TermEntry:
        """Add a term and return it; the same pair is not added twice. Raise TermError when a side is empty."""
        with transaction(self._db, "glossary"):
            uid, _ = self._add(term, actor)
        return self._by_uid(uid)

    def add_many(self, terms: Iterable[NewTerm], actor: str) -> AddedCounts:
        """Add terms, all or none of them; raise TermError when a side of one is empty."""
        added = unchanged = 0
        with transaction(self._db, "glossary"):
            for term in terms:
                _, is_new = self._add(term, actor)
                added += is_new
                unchanged += not is_new
        return AddedCounts(added, unchanged)

    def change(self, uid: str, changes: Mapping[str, str], actor: str) -> TermEntry:
        """Change fields of a term, named as in ``NewTerm``, and return it as it stands then.

        The Arabic, the domain and the definition are the concept's: they change for all its English terms. Raise
        TermError for a term that is not there, or when a side would be empty.
        """
        fields = {name: value.strip() for name, value in changes.items()}
        for side in ("source", "target"):
            if side in fields and not fold(fields[side]):
                raise TermError("A term needs both sides.", "Remove the term if it is not wanted any more.")
        with transaction(self._db, "glossary"):
            entry = self._by_uid(uid)
            self._update("concept", entry.concept_uid, _only(fields, "domain", "definition"), actor)
            if "source" in fields:
                for row in self._db.query(_SOURCE_OF, [entry.concept_uid, entry.source]):
                    self._update("term", row["uid"], _spelled(fields["source"]), actor)
            spelled = _spelled(fields["target"]) if "target" in fields else {}
            self._update("term", uid, _only(fields, "status", "pos", "note") | spelled, actor)
        return self._by_uid(uid)

    def remove(self, uid: str, actor: str) -> TermEntry:
        """Remove a term and return what it was; its concept goes with its last English term.

        The journal keeps all of it. Raise TermError for a term that is not there.
        """
        with transaction(self._db, "glossary"):
            entry = self._by_uid(uid)
            self._delete("term", uid, actor)
            concept = entry.concept_uid
            left = {row["uid"]: row["language"] for row in self._db.query(_TERMS_OF, [concept])}
            if TARGET_LANGUAGE not in left.values():
                for other in left:
                    self._delete("term", other, actor)
                self._delete("concept", concept, actor)
        return entry

    def history(self, uid: str) -> list[JournalEntry]:
        """Return what was done to a term and to its concept, the oldest first; also of a term that was removed."""
        own = self._journal_of(uid)
        concepts = {change.get("concept_uid") for entry in own for change in (entry.before, entry.after)} - {None}
        both = [*own, *(entry for concept in concepts for entry in self._journal_of(str(concept)))]
        return sorted(both, key=lambda entry: entry.number)

    def _journal_of(self, uid: str) -> list[JournalEntry]:
        return [journal_entry(row) for row in self._db.query("SELECT * FROM journal WHERE entity_uid = ?", [uid])]

    def _update(self, entity: str, uid: str, fields: Mapping[str, str], actor: str) -> None:
        """Change what differs, with what it was before in the journal."""
        (row,) = self._db.query(f"SELECT * FROM {entity}s WHERE uid = ?", [uid])  # noqa: S608
        after = {name: value for name, value in fields.items() if row[name] != value}
        if not after:
            return
        values = ", ".join(f"{name} = ?" for name in after)
        self._db.execute(f"UPDATE {entity}s SET {values} WHERE uid = ?", [*after.values(), uid])  # noqa: S608
        always = {"concept_uid": row["concept_uid"]} if entity == "term" else {}
        before = {name: row[name] for name in after}
        self._record(actor, "change", entity, uid, {**always, **after}, {**always, **before})

    def _delete(self, entity: str, uid: str, actor: str) -> None:
        (row,) = self._db.query(f"SELECT * FROM {entity}s WHERE uid = ?", [uid])  # noqa: S608
        self._db.execute(f"DELETE FROM {entity}s WHERE uid = ?", [uid])  # noqa: S608
        self._record(actor, "remove", entity, uid, {}, row)

    def _add(self, term: NewTerm, actor: str) -> tuple[str, bool]:
        source, target = term.source.strip(), term.target.strip()
        if not fold(source) or not fold(target):
            raise TermError(
                f"A term needs both sides: “{source}” and “{target}”.", "Give the Arabic term and its English."
            )
        if known := self._pair(source, target):
            return known, False
        concept = self._concept(source, term, actor)
        fields = {"status": term.status.value, "pos": term.pos, "note": term.note}
        return self._insert_term(concept, TARGET_LANGUAGE, target, fields, actor), True

    def _pair(self, source: str, target: str) -> str | None:
        """Return the uid of the English term of this very pair: same Arabic as typed, same English but for case."""
        query = f"{_ENTRIES} AND source.folded = ? AND source.text = ? AND target.folded = ?"
        for row in self._db.query(query, [fold(source), source, fold(target)]):
            return str(row["uid"])
        return None

    def _concept(self, source: str, term: NewTerm, actor: str) -> str:
        """Return the concept the Arabic term names in this domain, made now when there is none."""
        query = """
            SELECT concepts.uid AS uid FROM terms JOIN concepts ON concepts.uid = terms.concept_uid
            WHERE language = 'ar' AND folded = ? AND text = ? AND domain = ? AND definition IN ('', ?)
        """
        for row in self._db.query(query, [fold(source), source, term.domain, term.definition]):
            return str(row["uid"])
        uid = new_uid()
        fields = {"domain": term.domain, "definition": term.definition}
        self._insert("concepts", {"uid": uid, **fields})
        self._record(actor, "add", "concept", uid, fields)
        self._insert_term(uid, SOURCE_LANGUAGE, source, {"status": TermStatus.PREFERRED.value}, actor)
        return uid

    def _insert_term(self, concept: str, language: str, text: str, fields: Mapping[str, str], actor: str) -> str:
        uid = new_uid()
        row = {"concept_uid": concept, "language": language, **_spelled(text), **fields}
        self._insert("terms", {"uid": uid, **row})
        self._record(actor, "add", "term", uid, row)
        return uid

    def _by_uid(self, uid: str) -> TermEntry:
        for row in self._db.query(f"{_ENTRIES} AND target.uid = ?", [uid]):
            return _entry(row)
        raise TermError(f"There is no term “{uid}” in this glossary.", "`tarjama glossary list --json` shows the uids.")

    def _record(
        self,
        actor: str,
        action: str,
        entity: str,
        uid: str,
        after: Mapping[str, object],
        before: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        row = journal_row(timestamp(datetime.now(UTC)), actor, action, entity, uid, before=before, after=after)
        self._insert("journal", row)

    def _insert(self, table: str, row: Mapping[str, object]) -> None:
        """Insert one row. sqlite-utils' own way looks at the schema each time, which triples the time of an import."""
        columns, places = ", ".join(row), ", ".join("?" * len(row))
        self._db.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(row.values()))  # noqa: S608

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty for a sound one."""
        found = [row["integrity_check"] for row in self._db.query("PRAGMA integrity_check")]
        return [problem for problem in found if problem != "ok"]


def _open(path: Path, *, create: bool) -> Database:
    return open_database(
        path, application_id=GLOSSARY_APPLICATION_ID, migrations=migrations, what="glossary", create=create
    )


def _only(fields: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: fields[name] for name in names if name in fields}


def _spelled(text: str) -> dict[str, str]:
    return {"text": text, "folded": fold(text)}


def _entry(row: dict[str, Any]) -> TermEntry:
    return TermEntry(**{**row, "status": TermStatus(row["status"])})

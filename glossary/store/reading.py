"""What stands in a glossary file: pairs of terms, whole concepts, what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from corpus.arabic import fold
from corpus.database import reading
from corpus.journal import journal_entry
from corpus.model import JournalEntry
from glossary.errors import TermError
from glossary.model import Concept, FieldConflict, Term, TermEntry
from glossary.store.pair_table import PairTable
from glossary.store.rows import concept_of, conflict_of, entry_from, entry_of, strings, term_of

_ENTRIES = """
    SELECT target.uid AS uid, concepts.uid AS concept_uid, source.text AS source, target.text AS target,
           target.status AS status, target.pos AS pos, concepts.domain AS domain,
           concepts.definition AS definition, target.note AS note, source.uid AS source_uid,
           source.status AS source_status, source.forms AS forms, target.forms AS target_forms,
           concepts.do_not_translate AS do_not_translate, target.case_sensitive AS case_sensitive,
           target.created_by AS author
    FROM terms AS target
    JOIN concepts ON concepts.uid = target.concept_uid
    JOIN terms AS source ON source.concept_uid = concepts.uid AND source.language = 'ar'
    WHERE target.language = 'en'
"""

_ALL_CONCEPTS = "SELECT uid, domain, definition, do_not_translate FROM concepts NOT INDEXED"
_ALL_SOURCES = """
    SELECT concept_uid, uid, text, status, forms FROM terms NOT INDEXED WHERE language = 'ar' ORDER BY rowid
"""
_ALL_TARGETS = """
    SELECT uid, concept_uid, text, status, pos, note, forms, case_sensitive, created_by FROM terms NOT INDEXED
    WHERE language = 'en' ORDER BY rowid
"""
_HOW_TO_FIND = "`tarjama glossary search` shows the uids of terms, `tarjama glossary show` those of their concepts."
# Left to itself SQLite walks the whole index of concepts, since that has them in order.
_CHANGED = """
    SELECT concept_uid FROM journal NOT INDEXED WHERE number > ?
    UNION SELECT json_extract(before, '$.concept_uid') FROM journal NOT INDEXED
    WHERE number > ? AND before LIKE '%"concept_uid"%'
"""
_PAIR = """
    SELECT target.uid FROM terms AS source
    JOIN terms AS target ON target.concept_uid = source.concept_uid AND target.language = 'en'
    WHERE source.language = 'ar' AND source.folded = ? AND source.text = ? AND target.folded = ?
"""

# SQLite takes so many parameters in every build of the last ten years.
_PARAMETERS = 900


class Reader:
    """Queries on a glossary file."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def version(self) -> int:
        """Return a number that grows with every step anybody takes."""
        (number,) = self._db.execute("SELECT coalesce(max(number), 0) FROM journal").fetchone()
        return int(number)

    def entries(self) -> list[TermEntry]:
        """Return all pairs of terms, in the order the English terms were added."""
        return self.pairs()[:]

    def pairs(self) -> PairTable:
        """Return the same as ``entries``, as rows."""
        # Joined here, and read in the order in which rows lie: SQLite's join of 100,000 pairs takes twice the time.
        concepts = {row[0]: row for row in self._db.execute(_ALL_CONCEPTS)}
        sources: dict[str, list[tuple[Any, ...]]] = {}
        for row in self._db.execute(_ALL_SOURCES):
            sources.setdefault(row[0], []).append(row)
        found: list[tuple[Any, ...]] = []
        for uid, concept_uid, text, status, pos, note, forms, case_sensitive, author in self._db.execute(_ALL_TARGETS):
            if concept_uid not in concepts:  # somebody has added it a moment ago
                continue
            _, domain, definition, do_not_translate = concepts[concept_uid]
            for _, source_uid, source, source_status, source_forms in sources.get(concept_uid, ()):
                found.append(
                    (
                        *(uid, concept_uid, source, text, status, pos, domain, definition, note, source_uid),
                        *(source_status, source_forms, forms, do_not_translate, case_sensitive, author),
                    )
                )
        return PairTable(found)

    def matching_keys(self) -> Iterator[tuple[str, str, str]]:
        """Yield what Arabic terms are found by, the uid of the concept and that of the term, as they were added."""
        # No index: it would lead to the rows in another order than they lie in.
        query = "SELECT keys, concept_uid, uid FROM terms NOT INDEXED WHERE language = 'ar' ORDER BY rowid"
        yield from self._db.execute(query)

    def entries_of(self, concept_uids: Sequence[str]) -> list[TermEntry]:
        """Return the pairs of some concepts, in the order the English terms were added."""
        found: list[TermEntry] = []
        for some in _in_parts(concept_uids):
            query = f"{_ENTRIES} AND target.concept_uid IN ({_places(some)}) ORDER BY target.rowid, source.rowid"
            found += map(entry_from, self._db.execute(query, list(some)))
        return found

    def entry(self, uid: str) -> TermEntry:
        """Return the pair whose English term is ``uid``; raise TermError when there is none."""
        for row in self._db.query(f"{_ENTRIES} AND target.uid = ? ORDER BY source.rowid", [uid]):
            return entry_of(row)
        raise TermError(f"There is no term “{uid}” in this glossary.", _HOW_TO_FIND)

    def has_arabic(self, text: str) -> bool:
        """Tell whether there is an Arabic term as typed."""
        query = "SELECT 1 FROM terms WHERE language = 'ar' AND folded = ? AND text = ? LIMIT 1"
        return self._db.execute(query, [fold(text), text]).fetchone() is not None

    def pair(self, source: str, target: str) -> str | None:
        """Return the uid of the English term of this very pair: same Arabic as typed, same English but for case."""
        # Not by sqlite-utils' query, which wraps each one in a savepoint: an import asks this for every pair.
        row = self._db.execute(_PAIR, [fold(source), source, fold(target)]).fetchone()
        return None if row is None else str(row[0])

    def search(self, text: str) -> list[TermEntry]:
        """Return the pairs that have ``text`` in their Arabic or English, whatever its marks, alefs and case."""
        query = f"{_ENTRIES} AND (instr(source.folded, ?) OR instr(target.folded, ?)) ORDER BY target.rowid"
        return [entry_of(row) for row in self._db.query(query, [fold(text)] * 2)]

    def changed_since(self, version: int) -> list[str]:
        """Return the uids of the concepts that were changed after the version ``version``.

        A term that moves changes both its concepts.
        """
        return [uid for (uid,) in self._db.execute(_CHANGED, [version] * 2)]

    def concepts(self, uids: Sequence[str] | None = None) -> list[Concept]:
        """Return whole concepts, all or those with the given uids, in the order they were added."""
        with reading(self._db):  # terms and their concept as they were at one moment
            if uids is None:
                return list(self._concepts("", []))
            found: list[Concept] = []
            for some in _in_parts(uids):
                found += self._concepts(f"IN ({_places(some)})", some)
            return found

    def concept(self, uid: str) -> Concept:
        """Return one concept; raise TermError when there is none."""
        for concept in self.concepts([uid]):
            return concept
        raise TermError(f"There is no concept “{uid}” in this glossary.", _HOW_TO_FIND)

    def concept_uid(self, uid: str) -> str:
        """Return the uid of the concept that ``uid``, its own or that of a term in it, names; raise TermError else."""
        query = "SELECT uid FROM concepts WHERE uid = ? UNION ALL SELECT concept_uid FROM terms WHERE uid = ?"
        for (found,) in self._db.execute(query, [uid, uid]):
            return str(found)
        raise TermError(f"There is no term or concept “{uid}” in this glossary.", _HOW_TO_FIND)

    def _concepts(self, condition: str, values: Sequence[str]) -> Iterator[Concept]:
        of_concept = f"WHERE concept_uid {condition}" if condition else ""
        terms: dict[str, list[Term]] = {}
        for row in self._db.query(f"SELECT * FROM terms {of_concept} ORDER BY rowid", list(values)):  # noqa: S608
            terms.setdefault(row["concept_uid"], []).append(term_of(row))
        sections: dict[str, list[dict[str, Any]]] = {}
        for row in self._db.query(f"SELECT * FROM sections {of_concept} ORDER BY rowid", list(values)):  # noqa: S608
            sections.setdefault(row["concept_uid"], []).append(row)
        of_uid = f"WHERE uid {condition}" if condition else ""
        for row in self._db.query(f"SELECT * FROM concepts {of_uid} ORDER BY rowid", list(values)):  # noqa: S608
            yield concept_of(row, sections.get(row["uid"], ()), terms.get(row["uid"], ()))

    def conflicts(self) -> list[FieldConflict]:
        """Return the conflicts nobody has decided yet, the oldest first."""
        return [conflict_of(row) for row in self._db.query("SELECT * FROM conflicts ORDER BY at, uid")]

    def disputed_concepts(self) -> frozenset[str]:
        """Return the uids of the concepts with conflicts nobody has decided yet."""
        return frozenset(uid for (uid,) in self._db.execute("SELECT concept_uid FROM conflicts"))

    def concept_tags(self, uids: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
        """Return the tags of those concepts that have any, by uid; of all, or of those with the given uids."""
        query = "SELECT uid, tags FROM concepts WHERE tags != '[]'"
        if uids is None:
            return {uid: strings(tags) for uid, tags in self._db.execute(query)}
        found = {}
        for some in _in_parts(uids):
            rows = self._db.execute(f"{query} AND uid IN ({_places(some)})", list(some))
            found.update({uid: strings(tags) for uid, tags in rows})
        return found

    def history(self, uid: str) -> list[JournalEntry]:
        """Return what was done to a term and its concept, or to a concept, the oldest first; also of removed ones."""
        own = "SELECT concept_uid FROM journal WHERE entity_uid = ?"
        query = f"SELECT * FROM journal WHERE concept_uid = ? OR concept_uid IN ({own}) ORDER BY number"  # noqa: S608
        return [journal_entry(row) for row in self._db.query(query, [uid, uid])]

    def journal(self) -> Iterator[JournalEntry]:
        """Yield the whole journal, oldest first."""
        for row in self._db.query("SELECT * FROM journal ORDER BY number"):
            yield journal_entry(row)

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty for a sound one."""
        found = [row["integrity_check"] for row in self._db.query("PRAGMA integrity_check")]
        return [problem for problem in found if problem != "ok"]


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _in_parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _PARAMETERS] for start in range(0, len(values), _PARAMETERS))

"""Compare two journals: which steps only one of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from sqlite_utils import Database

from glossary.store.checking import Row, checked_step

_IDENTITY = "at, actor, action, entity, entity_uid, before, after, change"
JOURNAL_COLUMNS = (*_IDENTITY.split(", "), "undoes", "concept_uid")


@dataclass(frozen=True, slots=True)
class Difference:
    """The numbers of the steps that only my journal has, and of those that only theirs has."""

    mine: frozenset[int]
    theirs: frozenset[int]


def difference(mine: Database, theirs: Database) -> Difference:
    """Compare two journals as bags of steps: of equal steps, the later ones are those that one has more of."""
    ours, others = list(_digests(mine)), list(_digests(theirs))
    return Difference(_surplus(ours, others), _surplus(others, ours))


def _digests(db: Database) -> Iterator[tuple[int, bytes]]:
    for number, *identity in db.execute(f"SELECT number, {_IDENTITY} FROM journal ORDER BY number"):  # noqa: S608
        yield number, blake2b("\0".join(identity).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _surplus(these: Iterable[tuple[int, bytes]], those: Iterable[tuple[int, bytes]]) -> frozenset[int]:
    left = Counter(digest for _, digest in those)
    surplus = set()
    for number, digest in these:
        if left[digest]:
            left[digest] -= 1
        else:
            surplus.add(number)
    return frozenset(surplus)


def concepts_of(row: Row) -> set[str]:
    """Return the concepts that a row of the journal is about; two when a term moves."""
    concepts = {str(row["concept_uid"])}
    if row["entity"] != "concept" and row["concept_uid"] not in row["before"] and row["before"] != "{}":
        concepts.add(str(checked_step(row).before.get("concept_uid", "")))
    return concepts - {""}

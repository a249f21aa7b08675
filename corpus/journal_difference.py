"""Compare two journals that may have begun as one: which steps only one of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from sqlite_utils import Database

IDENTITY = "at, actor, action, entity, entity_uid, before, after, change"
"""The columns that tell a step from others; its number is another one in each copy."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The numbers of the steps that only my journal has, and of those that only theirs has; how many both have."""

    mine: frozenset[int]
    theirs: frozenset[int]
    shared: int


def difference(mine: Database, theirs: Database) -> Difference:
    """Compare two journals as bags of steps: of equal steps, the later ones are those that one has more of."""
    ours, others = list(_digests(mine)), list(_digests(theirs))
    surplus = _surplus(ours, others)
    return Difference(surplus, _surplus(others, ours), len(ours) - len(surplus))


def _digests(db: Database) -> Iterator[tuple[int, bytes]]:
    for number, *identity in db.execute(f"SELECT number, {IDENTITY} FROM journal ORDER BY number"):  # noqa: S608
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

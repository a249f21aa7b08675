"""The memory leaves as a translation memory that every other tool reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from corpus.export.tmx import Tmx
from corpus.files import atomic_write
from corpus.memory.store import PART_SIGN, MemoryStore
from corpus.model import Origin, State
from corpus.pairs import Bilingual, Pair


def export_memory(
    memory: MemoryStore, path: Path, languages: tuple[str, str], tool: str, provenance_uid: str = ""
) -> int:
    """Write the units of a pair of languages as TMX, all or those of one provenance; return how many there are.

    Raise ExportError, leaving an older file, when it cannot be written.
    """
    count = 0

    def pairs() -> Iterator[Pair]:
        nonlocal count
        for unit in memory.all_units(languages, provenance_uid):
            count += 1
            yield Pair(
                uid=str(count),
                document=unit.document or unit.provenance.name,
                order=count,
                source=unit.source,
                target=unit.target,
                state=State.TRANSLATED,
                origin=Origin.HUMAN,
                engine="",
                note="",
                author=unit.author,
                changed_at=unit.changed_at,
                is_sentence=PART_SIGN in unit.uid,
            )

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with atomic_write(path) as stream:
        Tmx().write(Bilingual(*languages, title="memory", pairs=pairs(), exported_at=now, tool=tool), stream)
    return count

"""Translations that were made elsewhere come into the memory: TMX, and any other file with sources and targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import DocumentError
from corpus.memory.model import Provenance, Unit
from corpus.memory.store import MemoryStore
from corpus.model import Origin, State
from corpus.tmx import TmxUnit, tmx_units

_TMX = ".tmx"
# How exports of ours say whose words they are: what no human has confirmed is nothing to remember.
_ORIGIN = "x-origin"
_NO_HUMANS = frozenset(origin.value for origin in Origin if origin is not Origin.HUMAN)


@dataclass(slots=True)
class MemoryImport:
    """What an import did: how many units came in, how many of the file's did not.

    ``left_out`` have not both languages, or are not finished; ``drafts`` are a machine's, as exports of ours tell.
    """

    units: int = 0
    left_out: int = 0
    drafts: int = 0
    languages: Counter[str] = field(default_factory=Counter)


def file_provenance(path: Path) -> Provenance:
    """Return what the units of a file are known by: the same file imported again takes the place of what it was."""
    return Provenance(f"file:{path.resolve()}", path.name)


def import_into_memory(
    memory: MemoryStore,
    path: Path,
    languages: tuple[str, str],
    progress: Callable[[int], None] = lambda _: None,
) -> MemoryImport:
    """Bring the pairs of a file into the memory, all or none, in the place of those it brought before.

    ``progress`` is told how many bytes are done. TMX may be of any size; each text in one language of a unit makes a
    pair with each in the other. Other files (PO, XLIFF, tables) give what stands translated in them. Raise MarkupError
    or DocumentError for a file that cannot be read.
    """
    report = MemoryImport()
    units = _tmx if path.suffix.lower() == _TMX else _document
    report.units = memory.replace_all(file_provenance(path), units(path, languages, report, progress))
    return report


def _tmx(
    path: Path, languages: tuple[str, str], report: MemoryImport, progress: Callable[[int], None]
) -> Iterator[Unit]:
    provenance = file_provenance(path)
    number = 0
    for unit in tmx_units(path):
        progress(unit.done)
        report.languages.update(dict.fromkeys((text.language for text in unit.texts), 1))
        if _is_draft(unit):
            report.drafts += 1
            continue
        sources, targets = (
            {text.text: text for text in unit.in_language(language) if text.text} for language in languages
        )
        if not sources or not targets:
            report.left_out += 1
        for source in sources:
            for target, said in targets.items():
                number += 1
                yield Unit(source, target, *languages, provenance, str(number), said.author, said.changed_at)


def _is_draft(unit: TmxUnit) -> bool:
    return any(kind == _ORIGIN and text in _NO_HUMANS for kind, text in unit.properties)


def _document(
    path: Path, languages: tuple[str, str], report: MemoryImport, progress: Callable[[int], None]
) -> Iterator[Unit]:
    from corpus.importing import import_file  # importers are needed by this use case alone

    segments = import_file(path).segments
    pairs = [one for one in segments if one.state >= State.TRANSLATED and one.source.strip() and one.target.strip()]
    if not pairs:
        raise DocumentError(
            f"{path.name} has no translations that are finished.",
            "TMX, PO, XLIFF and tables with a source and a target column can be imported into the memory.",
        )
    report.left_out = len(segments) - len(pairs)
    for number, one in enumerate(pairs, 1):
        yield Unit(one.source, one.target, *languages, file_provenance(path), str(number), "", "")
    progress(path.stat().st_size)

"""The use cases on two files, a text and its translation: align them, write the pairs, keep them in the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.alignment import AlignedPair, AlignedTexts, align_texts
from corpus.arabic import arabic_share
from corpus.errors import ExportError
from corpus.importing import import_file
from corpus.keys import source_hash
from corpus.memory.model import Provenance, Unit
from corpus.model import ImportedDocument, Origin, SegmentKind, State
from corpus.pairs import Bilingual, Pair
from workbench import __version__
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from corpus.export import Exporter

_LANGUAGES = ("ar", "en")
# Of the letters of a text: an English one may quote Arabic, an Arabic one be full of Latin names.
_LEAST_ARABIC, _MOST_ARABIC = 0.3, 0.5

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class AlignedFiles:
    """Two files, aligned; pairs of a score below ``review_below`` are doubtful."""

    source: ImportedDocument
    target: ImportedDocument
    texts: AlignedTexts
    review_below: float

    @property
    def pairs(self) -> tuple[AlignedPair, ...]:
        """What has something on both sides."""
        return tuple(pair for pair in self.texts.pairs if pair.is_whole)

    @property
    def doubtful(self) -> tuple[AlignedPair, ...]:
        """The pairs that somebody should look at."""
        return tuple(pair for pair in self.pairs if self.is_doubtful(pair))

    @property
    def left_alone(self) -> tuple[AlignedPair, ...]:
        """What has nothing on the other side."""
        return tuple(pair for pair in self.texts.pairs if not pair.is_whole)

    def is_doubtful(self, pair: AlignedPair) -> bool:
        """Tell whether somebody should look at a pair."""
        return pair.bead.score < self.review_below

    @property
    def name(self) -> str:
        """What the two are called together."""
        return f"{self.source.name} + {self.target.name}"

    @property
    def uid(self) -> str:
        """A name that is the same for the same two files only."""
        return source_hash(self.source.sha256 + self.target.sha256)[:16]


def align_files(
    source: Path, target: Path, *, glossary: Path | None = None, by_paragraphs: bool = False, review_below: float
) -> AlignedFiles:
    """Align an Arabic file with its English translation; terms of ``glossary`` are anchors.

    Raise DocumentError when a file cannot be read, WorkbenchError when it is not in its language.
    """
    here, there = import_file(source), import_file(target)
    sources, targets = _paragraphs(here), _paragraphs(there)
    _check_languages(here.name, arabic_share("".join(sources)), there.name, arabic_share("".join(targets)))
    if glossary is None:
        texts = align_texts(sources, targets, languages=_LANGUAGES, by_paragraphs=by_paragraphs)
    else:
        from glossary.anchors import GlossaryAnchors  # most people who align have no glossary yet
        from glossary.store import GlossaryStore

        with GlossaryStore.open(glossary) as store:
            anchors = GlossaryAnchors(store)
            texts = align_texts(sources, targets, anchors, languages=_LANGUAGES, by_paragraphs=by_paragraphs)
    return AlignedFiles(here, there, texts, review_below)


def _paragraphs(document: ImportedDocument) -> list[str]:
    return [
        segment.source
        for segment in document.segments
        if segment.kind is not SegmentKind.BOILERPLATE and segment.source.strip()
    ]


def _check_languages(source: str, source_share: float, target: str, target_share: float) -> None:
    hint = "The Arabic file is named first, its English translation second."
    if source_share < _LEAST_ARABIC:
        raise WorkbenchError(f"There is hardly any Arabic in {source}.", hint)
    if target_share > _MOST_ARABIC:
        raise WorkbenchError(f"{target} is mostly Arabic.", hint)


# Files


def exporter_for(path: Path) -> Exporter:
    """Return the format that a file is called as; raise ExportError naming those there are otherwise."""
    from corpus.export import exporters

    known = exporters()
    for exporter in known:
        if path.suffix.lower() == exporter.suffix:
            return exporter
    raise ExportError(
        f"What format {path.name} shall have is not clear.",
        "Let its name end in " + ", ".join(exporter.suffix for exporter in known) + ".",
    )


def write_pairs(aligned: AlignedFiles, path: Path, now: Clock = _now) -> int:
    """Write the pairs to ``path``, whole or not at all, and return how many; raise ExportError when it cannot be.

    Doubtful pairs have the state *edited* and their score as a note, the others are *translated*.
    """
    from corpus.export import export

    pairs = tuple(_pair(aligned, order, pair) for order, pair in enumerate(aligned.pairs, 1))
    bilingual = Bilingual(*_LANGUAGES, aligned.name, pairs, _stamp(now), f"Tarjama {__version__}")
    export(bilingual, exporter_for(path).name, path)
    return len(pairs)


def _pair(aligned: AlignedFiles, order: int, pair: AlignedPair) -> Pair:
    is_doubtful = aligned.is_doubtful(pair)
    return Pair(
        uid=f"{aligned.uid}-{order}",
        document=aligned.source.name,
        order=order,
        source=pair.source,
        target=pair.target,
        state=State.EDITED if is_doubtful else State.TRANSLATED,
        origin=Origin.HUMAN,
        engine="",
        note=f"Aligned automatically, score {pair.bead.score:.2f}: please check." if is_doubtful else "",
    )


# The memory


def remember(aligned: AlignedFiles, memory: Path, author: str, now: Clock = _now) -> int:
    """Put the pairs that are not doubtful into the memory, which is made when there is none; return how many.

    The same files put in again replace what they brought before. Raise StoreError when the memory cannot be written.
    """
    from corpus.memory.store import MemoryStore

    memory.parent.mkdir(parents=True, exist_ok=True)
    with closing(MemoryStore.open_or_create(memory)) as store:
        return store.add_many(units(aligned, author, _stamp(now)))


def units(aligned: AlignedFiles, author: str, changed_at: str) -> Iterator[Unit]:
    """Yield the pairs that are not doubtful as units of a memory."""
    provenance = Provenance(aligned.uid, aligned.name)
    for order, pair in enumerate(aligned.pairs, 1):
        if not aligned.is_doubtful(pair):
            yield Unit(pair.source, pair.target, *_LANGUAGES, provenance, str(order), author, changed_at)


def _stamp(now: Clock) -> str:
    return now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.keys import source_hash
from corpus.model import Draft, DraftKind, ImportedDocument, ImportedSegment
from corpus.store import CorpusStore


class Clock:
    """A clock that goes on only when it is told."""

    def __init__(self):
        self.time = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def __call__(self):
        return self.time

    def pass_by(self, **span):
        self.time += timedelta(**span)


def document(*sources: str, name: str = "news.txt") -> ImportedDocument:
    segments = tuple(ImportedSegment(source) for source in sources)
    return ImportedDocument(name, "text", "utf-8", source_hash("\n".join(sources)), segments)


def draft(source: str, text: str = "draft") -> Draft:
    return Draft(text, DraftKind.TRANSLATION, "e", "m", "1", "0", source_hash(source))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock):
    made = CorpusStore.create(tmp_path / "p.tarjama", {"source_language": "ar"})
    made.add_document(document("واحد", "اثنان", "ثلاثة"), "importer")
    made._writer._now = clock
    yield made
    assert list(made.unexplained()) == []
    assert made.problems() == []
    made.close()

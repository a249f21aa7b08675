"""The segments of the open project as the screen shows them, and how far the work has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.model import Segment, State
from workbench.overview import Overview


class ShownProject:
    """Segments by their rows, each in its newest state; counts follow when one is replaced."""

    def __init__(self, segments: Sequence[Segment] = (), names: Mapping[str, str] | None = None) -> None:
        self.segments = list(segments)
        self._rows = {segment.uid: row for row, segment in enumerate(segments)}
        self._names = names or {}
        self.translated = sum(segment.state >= State.TRANSLATED for segment in segments)
        self.words_left = sum(_words_left(segment) for segment in segments)

    @classmethod
    def of(cls, overview: Overview, segments: Sequence[Segment]) -> ShownProject:
        """Show ``segments`` with the names of their documents."""
        return cls(segments, {progress.document.uid: progress.document.name for progress in overview.documents})

    def __len__(self) -> int:
        return len(self.segments)

    def __getitem__(self, row: int) -> Segment:
        return self.segments[row]

    def row_of(self, uid: str) -> int:
        """Return the row of a segment."""
        return self._rows[uid]

    def document_of(self, segment: Segment | None) -> str:
        """Return the name of a segment's document; nothing for no segment."""
        return self._names.get(segment.document_uid, "") if segment else ""

    def replace(self, segment: Segment) -> int:
        """Take a newer state of a segment and return its row."""
        row = self._rows[segment.uid]
        before, self.segments[row] = self.segments[row], segment
        self.translated += (segment.state >= State.TRANSLATED) - (before.state >= State.TRANSLATED)
        self.words_left += _words_left(segment) - _words_left(before)
        return row

    def unfinished_after(self, row: int) -> int | None:
        """Return the next row that is not translated, from the top again after the last; None when there is none.

        ``row`` itself is not asked; -1 begins at the top.
        """
        rows = (*range(row + 1, len(self)), *range(max(row, 0)))
        return next((other for other in rows if self.segments[other].state < State.TRANSLATED), None)


def _words_left(segment: Segment) -> int:
    return 0 if segment.state >= State.TRANSLATED else len(segment.source.split())

"""Segments are split and joined, each time as one change of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.errors import ConflictError, CorpusError
from corpus.grouped import ChangeReport
from corpus.model import Segment, State
from corpus.splitting import clean_cuts, joined, last_position, numbered, proposed_target_cuts, split
from corpus.store.reading import Reader
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid


class Resegmenter:
    """Splits and joins segments, in the caller's transaction."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def split(
        self, uid: str, cuts: Sequence[int], target_cuts: Sequence[int] | None, actor: str, expected_version: int | None
    ) -> ChangeReport:
        """Cut a segment; without ``target_cuts`` its translation is cut where ``proposed_target_cuts`` says."""
        old = self._reader.segment(uid)
        if expected_version is not None and old.version != expected_version:
            raise ConflictError(
                "This segment was changed elsewhere while it was open here.", "Look at it again; nothing was split."
            )
        _check_free([old])
        places = clean_cuts(old.source, cuts)
        if not places:
            raise CorpusError("There is nothing to cut in this segment.", "Name a place, counted in characters.")
        if target_cuts is None:
            target_cuts = proposed_target_cuts(old.source, places, old.target) if old.target else [0] * len(places)
        if len(target_cuts) != len(places) and old.state >= State.EDITED:
            raise CorpusError(
                f"The source is cut in {len(places) + 1} parts, the translation in {len(target_cuts) + 1}.",
                "Give as many places for the one as for the other, or none for the translation.",
            )
        parts = split(old, places, target_cuts)
        return self._replace([old], parts, Cause(actor, "split", new_uid()))

    def join(self, uids: Sequence[str], actor: str) -> ChangeReport:
        """Make one segment of neighbors in a document, named in any order."""
        segments = sorted(map(self._reader.segment, dict.fromkeys(uids)), key=lambda one: (one.position, one.part))
        if len(segments) < 2:
            raise CorpusError("To join takes two segments at least.", "Name the uids of neighbors.")
        _check_free(segments)
        if any(self._reader.follows(first) != second for first, second in pairwise(segments)):
            raise CorpusError("Only neighbors in one document can be joined.", "Name all the segments between, too.")
        return self._replace(segments, [joined(segments)], Cause(actor, "join", new_uid()))

    def _replace(self, old: Sequence[Segment], new: Sequence[Segment], cause: Cause) -> ChangeReport:
        """Put ``new`` in the place of ``old``; whoever else stands in these paragraphs is numbered anew."""
        around = self._reader.segments_at(old[0].document_uid, old[0].position, last_position(old[-1]))
        place = next(number for number, segment in enumerate(around) if segment.uid == old[0].uid)
        following = around[place + len(old) :]
        stands = {segment.uid: segment for segment in around}
        arranged = numbered([*around[:place], *new, *following], self._reader.precedes(around[0]))
        self._writer.rearrange(
            [(stands[one.uid], one) for one in arranged if one.uid in stands],
            cause,
            removed=old[1:],
            added=[one for one in arranged if one.uid not in stands],
        )
        return ChangeReport(cause.change, tuple(arranged[place : place + len(new)]), ())


def _check_free(segments: Sequence[Segment]) -> None:
    if any(segment.locked for segment in segments):
        raise ConflictError("A locked segment is neither split nor joined.", "Unlock it first.")

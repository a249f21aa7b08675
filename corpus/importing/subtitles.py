"""Subtitles: SubRip (SRT) and WebVTT. A cue is a segment; its times are its place.

Both are text in blocks between blank lines, so no library is needed. The text of a cue is exact, line breaks and
inline tags included, because players show or use them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.encoding import decode
from corpus.errors import DocumentError
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.model import ImportedSegment, SegmentKind

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"^[ \t]*({_TIME}[ \t]*-->[ \t]*{_TIME})[^\n]*$", re.MULTILINE)
_SRT_START = re.compile(rf"\s*(?:\d+[ \t]*\r?\n)?[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}")
_NUMBER_BEFORE_TIMES = re.compile(r"\n[ \t]*\d+[ \t]*\n$")
_BLANK = re.compile(r"\n[ \t]*\n")


class Srt:
    """SubRip."""

    name = "srt"
    suffixes = (".srt",)

    def claims(self, sample: Sample) -> bool:
        """Claim what begins with a number and times."""
        return _SRT_START.match(sample.text) is not None

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Cut at the lines with times; a blank line inside a cue belongs to it."""
        text, codec = decode(data, options.encoding)
        return Content(_segments(text, _up_to_the_next_number), codec)


class WebVtt:
    """WebVTT (W3C)."""

    name = "vtt"
    suffixes = (".vtt",)

    def claims(self, sample: Sample) -> bool:
        """Claim what begins with the word."""
        return re.match(r"WEBVTT(?:\s|$)", sample.text) is not None

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read the cues; styles, regions and notes are no text."""
        text, codec = decode(data, options.encoding or "utf-8")  # the standard allows no other
        return Content(_segments(text, _up_to_a_blank_line), codec)


def _segments(text: str, body: Callable[[str], str]) -> tuple[ImportedSegment, ...]:
    """Cut ``text`` at its lines with times; ``body`` finds the text of a cue in what follows up to the next times."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    times = list(_TIMES.finditer(text))
    if not times:
        raise DocumentError("The file has no subtitles in it.", "Name another --format, such as text.")
    ends = [after.start() for after in times[1:]] + [len(text)]
    cues = ((cue.group(1).strip(), body(text[cue.end() : end]).strip()) for cue, end in zip(times, ends, strict=True))
    return tuple(ImportedSegment(source, SegmentKind.CUE, place) for place, source in cues if source)


def _up_to_the_next_number(between: str) -> str:
    return _NUMBER_BEFORE_TIMES.sub("", between)


def _up_to_a_blank_line(between: str) -> str:
    return _BLANK.split(between, maxsplit=1)[0]

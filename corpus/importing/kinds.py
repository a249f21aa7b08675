"""What a short line of a news text is, told by its words: byline, caption, image credit, “read also”.

Told by how such lines begin in Arabic (and English) news; only lines, never whole paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.arabic import fold
from corpus.model import ImportedSegment, SegmentKind

_LINE_CHARACTERS = 160
_TOLD_CHARACTERS = 60
_LABEL_WORDS = 3
_LISTED_WORDS = 20
_BYLINE_WORDS = 12

# On folded text: hamza, ta marbuta, alef maqsura and case no longer differ.
_KINDS = (
    (
        SegmentKind.RELATED,
        r"""
        و?(?:اقرا|اقراوا|اقريي|شاهد|طالع|تابع|انظر)\ (?:ايضا|المزيد|كذلك) | للمزيد\b | لقراءه\ المزيد
        | قد\ (?:يهمك|يعجبك)
        | (?:مواضيع|موضوعات|اخبار|مقالات|روابط|تقارير)\ (?:ذات\ صله|متعلقه|مرتبطه|مشابهه) | ذات\ صله\b
        | (?:read|see)\ (?:also|more)\b | related\s*(?::|$|articles|stories)
        """,
    ),
    (
        SegmentKind.CREDIT,
        r"""
        مصدر\ الصوره?\b | الصوره?\s*: | عدسه\s*: | تصوير\s*[:/] | حقوق\ (?:الصوره?|النشر)\b | المصدر\s*:
        | (?:photo|image|picture)s?(?:\ (?:credit|source|by))?\s*: | image\ (?:source|credit)\b
        """,
    ),
    (
        SegmentKind.CAPTION,
        r"""
        (?:ال)?تعليق\ (?:علي\ )?الصوره\b | شرح\ الصوره\b | صوره\s*: | صوره\ (?:ارشيفيه|تعبيريه|توضيحيه|متداوله)\b
        | (?:photo\ |image\ )?caption\s*: | file\ photo\b
        """,
    ),
    (
        SegmentKind.BYLINE,
        r"""
        بقلم\b | كتبت?\s*[:/–-] | (?:اعداد|تقرير|ترجمه|تحرير)\s*[:/] | نشرت?\ (?:في|يوم|بتاريخ)\b | اخر\ تحديث\b
        | تاريخ\ النشر\b | by\ [a-z]+\ [a-z]+$ | (?:published|updated)(?:\ on|\ at)?\b
        """,
    ),
)
_TOLD_BY = re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _KINDS), re.VERBOSE)
_IMAGE_AGENCY = re.compile(r"(?:getty images|shutterstock|afp|reuters|epa|ap photo|رويترز|ا\.? ?ف\.? ?ب)\s*\)?$")

# "outlet | city – country (source)", "city – agency": a bar, or a dash or bracket beside an agency's name.
_DATELINE = re.compile(
    r"""
    [^|]{2,40}\|[^|]{2,80}$
    | .{2,40}[–—(-]\s*(?:رويترز|وكالات|فرانس\ برس|ا\ ف\ ب|الاناضول|سانا|العربيه\.?نت|الجزيره\.?نت|بي\ بي\ سي|سي\ ان\ ان
        |reuters|afp|ap)\b.{0,30}$
    """,
    re.VERBOSE,
)
_DATELINE_SIGN = re.compile(r"[|–—(-]")
_SENTENCE_END = re.compile(r"[.!؟?…][”»\")\]]*\s*$")


def kind_by_words(text: str) -> SegmentKind | None:
    """Return the kind that the words of a line tell; None when they tell nothing, or it is no mere line."""
    if len(text) > _LINE_CHARACTERS:
        return None
    told = _TOLD_BY.match(fold(text[:_TOLD_CHARACTERS]).lstrip())
    if told is not None and told.lastgroup is not None:
        return SegmentKind[told.lastgroup]
    if not _DATELINE_SIGN.search(text) or len(text.split()) > _BYLINE_WORDS or _SENTENCE_END.search(text):
        return None
    return SegmentKind.BYLINE if _DATELINE.match(fold(text).strip()) else None


def is_image_agency(text: str) -> bool:
    """Tell whether a caption's last words are those of who took the picture, and nothing else stands there."""
    line = fold(text).strip()
    return len(line.split()) <= _LABEL_WORDS + 1 and _IMAGE_AGENCY.search(line) is not None


def with_kinds(segments: Iterable[ImportedSegment]) -> tuple[ImportedSegment, ...]:
    """Give paragraphs, headings and list items the kind their words tell.

    What follows a bare “read also” is related too, as long as it is a list of titles: lines that do not end as
    sentences do.
    """
    told = []
    listing = False
    for segment in segments:
        kind = kind_by_words(segment.source) if segment.kind in _OPEN_TO_WORDS else None
        if kind is None and listing and segment.kind in _OPEN_TO_WORDS and _is_title(segment.source):
            kind = SegmentKind.RELATED
        else:
            listing = kind is SegmentKind.RELATED and len(segment.source.split()) <= _LABEL_WORDS
        told.append(segment if kind is None else replace(segment, kind=kind))
    return tuple(told)


_OPEN_TO_WORDS = {SegmentKind.PARAGRAPH, SegmentKind.HEADING, SegmentKind.LIST_ITEM}


def _is_title(text: str) -> bool:
    return len(text.split()) <= _LISTED_WORDS and not _SENTENCE_END.search(text.strip())

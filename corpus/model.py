"""The nouns of the corpus: documents, segments, drafts, and the states a segment goes through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Self

from corpus.errors import CorpusError


class State(IntEnum):
    """How far the translation of a segment has come; later states compare greater."""

    UNTRANSLATED = 0
    DRAFTED = 1
    EDITED = 2
    TRANSLATED = 3
    REVIEWED = 4

    @property
    def label(self) -> str:
        """The word users, commands and files know this state by."""
        return self.name.lower()

    @classmethod
    def parse(cls, label: str) -> Self:
        """Return the state called ``label``; raise CorpusError naming the valid ones otherwise."""
        for state in cls:
            if state.label == label:
                return state
        raise CorpusError(
            f"There is no state called “{label}”.",
            "The states are " + ", ".join(state.label for state in cls) + ".",
        )


@dataclass(frozen=True, slots=True)
class StateFilter:
    """One state, or with ``and_later`` that state and all after it (written ``translated+``)."""

    state: State
    and_later: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``drafted`` or ``drafted+``; raise CorpusError for an unknown state."""
        return cls(State.parse(text.removesuffix("+")), text.endswith("+"))

    def admits(self, state: State) -> bool:
        """Tell whether a segment in ``state`` passes."""
        return state >= self.state if self.and_later else state == self.state


class SegmentKind(StrEnum):
    """What a segment is in its document.

    ``RELATED`` are links to other texts (“read also”), ``BOILERPLATE`` is what surrounds the text and is no part of it:
    menus, footers, running heads, page numbers, code. It is kept, but nobody needs to translate it.
    """

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    RELATED = "related"
    LIST_ITEM = "list-item"
    CELL = "cell"
    QUOTE = "quote"
    FOOTNOTE = "footnote"
    CUE = "cue"
    BOILERPLATE = "boilerplate"


class DraftKind(StrEnum):
    """What a draft's words are.

    An engine's translation, its word-by-word gloss that must never pass for one, or what a human has confirmed for the
    same source elsewhere.
    """

    TRANSLATION = "translation"
    GLOSS = "gloss"
    MEMORY = "memory"


class Origin(StrEnum):
    """Whose words stand on the target side of a pair."""

    HUMAN = "human"
    TRANSLATION = "machine translation"
    GLOSS = "gloss"
    MEMORY = "memory"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Piece:
    """The draft of one sentence.

    ``start`` and ``end`` are offsets of the sentence in the segment's source, in code points.
    ``score`` is the engine's mean log-probability for a target token, or None when it gives none.
    """

    start: int
    end: int
    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """A term of the glossary that an engine's draft did not have of itself, and what came of it.

    ``start`` and ``end`` are its place in the segment's source, in code points; ``target`` is what the glossary wants
    there, empty where it only forbids something. ``instead`` is what the engine said, empty where that is not known;
    ``applied`` what stands in the draft for it, empty where the draft was left as it is.
    """

    start: int
    end: int
    target: str
    instead: str = ""
    applied: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine proposed for a segment, and exactly which engine on exactly which source.

    ``source_hash`` is ``corpus.keys.source_hash`` of the text that was drafted; ``flags`` are warnings in a word, such
    as ``length-cap``. ``settings`` are those of the engine that change its words, as it writes them; ``terms_key`` is
    made of what the glossary said of this source at ``glossary_version``, and empty where the draft obeys no terms.
    ``before_terms`` is the draft before terms of the glossary were put into it, empty where none was; ``terms`` tells
    of each term that the engine did not use of itself.
    """

    text: str
    kind: DraftKind
    engine: str
    model: str
    model_version: str
    model_sha256: str
    source_hash: str
    pieces: tuple[Piece, ...] = ()
    flags: tuple[str, ...] = ()
    glossary_version: int = 0
    before_terms: str = ""
    terms: tuple[DraftTerm, ...] = ()
    settings: str = ""
    terms_key: str = ""


@dataclass(frozen=True, slots=True)
class ImportedSegment:
    """A segment as an importer found it: exact source text, nothing normalized.

    ``place`` tells where it stands in the file, in the format's own words: the times of a subtitle, a cell, a page, the
    id of a unit. ``target``, ``state`` and ``note`` are those of a file that brings translations.
    """

    source: str
    kind: SegmentKind = SegmentKind.PARAGRAPH
    place: str = ""
    target: str = ""
    state: State = State.UNTRANSLATED
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A file as an importer understood it, before it is stored.

    ``sha256`` is the hex digest of the file's bytes; ``encoding`` is the codec they were read with.
    """

    name: str
    format: str
    encoding: str
    sha256: str
    segments: tuple[ImportedSegment, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An imported file in a project; ``position`` counts from 1 in order of import."""

    uid: str
    position: int
    name: str
    format: str
    encoding: str
    sha256: str
    imported_at: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph of a document with everything known about its translation.

    ``position`` counts the paragraphs of the document from 1; those that were split or joined also have ``part`` and
    ``breaks`` (``corpus.splitting``). ``place`` is where it stood in the file (``ImportedSegment``).
    ``target`` is the human's text; it is empty while only a draft exists. ``version`` grows by one with every change
    and guards against stale edits.
    """

    uid: str
    document_uid: str
    position: int
    kind: SegmentKind
    source: str
    target: str = ""
    state: State = State.UNTRANSLATED
    draft: Draft | None = None
    locked: bool = False
    rejected: bool = False
    note: str = ""
    version: int = 1
    place: str = ""
    part: int = 0
    breaks: tuple[int, ...] = ()

    @property
    def order(self) -> str:
        """Where the segment stands in its document, for people: the paragraph, or paragraph and part: 5, 5.2."""
        return f"{self.position}.{self.part}" if self.part else str(self.position)

    @property
    def flags(self) -> tuple[str, ...]:
        """The marks beside the state: locked, rejected, and what the draft's engine warned of."""
        marks = [name for name, on in (("locked", self.locked), ("rejected", self.rejected)) if on]
        return (*marks, *(self.draft.flags if self.draft else ()))

    @property
    def text(self) -> str:
        """The English to show or export: the human's, else the draft's, else nothing."""
        if self.state >= State.EDITED:
            return self.target
        return self.draft.text if self.draft else ""

    @property
    def origin(self) -> Origin:
        """Whose words ``text`` is."""
        if self.state >= State.EDITED:
            return Origin.HUMAN
        return Origin.NONE if self.draft is None else _ORIGINS[self.draft.kind]


_ORIGINS = {
    DraftKind.TRANSLATION: Origin.TRANSLATION,
    DraftKind.GLOSS: Origin.GLOSS,
    DraftKind.MEMORY: Origin.MEMORY,
}


class Fate(StrEnum):
    """What became of a segment when a newer version of its document came in."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class DocumentImport:
    """What an import did: ``fates`` counts segments; a document imported for the first time has new ones only."""

    document: Document
    fates: dict[Fate, int]

    @property
    def segments(self) -> int:
        """How many segments the document has now."""
        return sum(count for fate, count in self.fates.items() if fate is not Fate.GONE)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step: who did what to which row, when, and the fields before and after.

    Steps done together have the same ``change``; one that takes another change back names it in ``undoes``.
    """

    number: int
    at: str
    actor: str
    action: str
    entity: str
    entity_uid: str
    before: dict[str, object]
    after: dict[str, object]
    change: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """A place in a project's journal: the entry's number, and what tells it from one of that number in a copy."""

    number: int
    entry: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A confirmed segment that was changed: who did it last, and when (ISO 8601, UTC)."""

    uid: str
    actor: str
    at: str

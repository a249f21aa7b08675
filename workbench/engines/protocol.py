"""What an engine is to the rest of Tarjama: something that proposes a draft for each paragraph, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.model import DraftKind, Piece


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Exactly which model drafted.

    ``sha256`` is the hex digest of the model's files, empty where they cannot be seen; ``kind`` says whether its words
    may be called a translation. ``settings`` are those that change its words, as short text: drafts made with others
    are out of date.
    """

    engine: str
    name: str
    version: str
    sha256: str
    kind: DraftKind
    source_language: str
    target_language: str
    settings: str = ""


@dataclass(frozen=True, slots=True)
class DraftedText:
    """The draft of ``texts[index]``: the joined text, and one piece per sentence with source offsets.

    ``flags`` are warnings about the draft, such as ``length-cap`` (the output was cut at the longest allowed length).
    ``terms_key`` and ``glossary_version`` are those of ``corpus.model.Draft``; an engine that knows no terms has none.
    """

    index: int
    text: str
    pieces: tuple[Piece, ...]
    flags: tuple[str, ...] = ()
    terms_key: str = ""
    glossary_version: int = 0


class Engine(Protocol):
    """Propose drafts with one model; loading is lazy, so making an engine is cheap."""

    @property
    def identity(self) -> ModelIdentity:
        """Say which model this is, without loading it."""
        ...

    def draft(self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> Iterator[DraftedText]:
        """Yield a draft for each text, in order, as soon as each is ready.

        Stop early, between chunks, when ``cancelled()`` is true. Raise EngineError when the model cannot be used.
        """
        ...

    def close(self) -> None:
        """Free the model's memory; the next draft loads it again."""
        ...

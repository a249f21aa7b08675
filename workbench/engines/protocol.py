"""What an engine is to the rest of Tarjama: something that proposes a draft for each paragraph, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from corpus.alignment.words import WordLink
from corpus.model import DraftKind, DraftTerm, Piece
from corpus.visible import visible


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
    ``before_terms`` and ``terms`` are those of ``corpus.model.Draft``; an engine leaves them empty.
    ``terms_key`` and ``glossary_version`` are those of ``corpus.model.Draft``; an engine that knows no terms has none.
    """

    index: int
    text: str
    pieces: tuple[Piece, ...]
    flags: tuple[str, ...] = ()
    before_terms: str = ""
    terms: tuple[DraftTerm, ...] = ()
    terms_key: str = ""
    glossary_version: int = 0


class Engine(Protocol):
    """Propose drafts with one model; loading is lazy, so making an engine is cheap.

    An engine that sends the texts to another machine has an attribute ``host`` that names it: a user is told.
    """

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


@dataclass(frozen=True, slots=True)
class Completion:
    """How a translation may go on from what was typed of it.

    ``rest`` follows what was typed directly, with a space before it where there has to be one; it is ``whole`` when it
    reaches the end of the sentence. ``others`` are beginnings of other ways to go on, the likeliest first.
    """

    rest: str
    others: tuple[str, ...] = ()
    whole: bool = False


@runtime_checkable
class Completes(Protocol):
    """An engine that can go on with a translation that somebody has begun."""

    def complete(
        self, sentence: str, typed: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[Completion]:
        """Yield how the translation of ``sentence`` may go on after ``typed``: a few words at once, then ever more.

        The last word of ``typed`` may be half a word; an answer then begins with what it lacks. Stop between two
        answers when ``cancelled()`` is true. Raise EngineError when the model cannot be used.
        """
        ...


@runtime_checkable
class Aligns(Protocol):
    """An engine that can tell which words of a sentence and of its translation, anybody's, belong together."""

    def link_words(self, sentence: str, translation: str) -> Sequence[WordLink]:
        """Return the links in the order of the translation; raise EngineError when the model cannot be used."""
        ...


def host_of(engine: Engine) -> str:
    """Return the machine that ``engine`` sends the texts to, as its attribute ``host`` tells; empty for this one."""
    return str(getattr(engine, "host", ""))


def notice(engine: Engine) -> str:
    """Return what a user must be told before ``engine`` drafts; nothing for an engine on this machine."""
    host = host_of(engine)
    return f"The text leaves this machine: it is sent to {visible(host)} to be translated." if host else ""


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """The question which words of ``text``, the draft of the sentence ``source``, stand for ``source[start:end]``."""

    source: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rewording:
    """A wish to draft the sentence ``source`` otherwise than ``text``.

    The new draft is to begin with ``text[:start]`` and ``term``, which stands for what was at ``text[start:end]``, and
    goes on as the model would have it. What is ``avoided`` must not be said after ``text[:start]``.
    """

    source: str
    text: str
    start: int
    end: int
    term: str
    avoided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reworded:
    """What came of a ``Rewording``.

    ``score`` is that of a ``Piece``. ``loss`` is how much less likely the model holds the rest of the sentence than in
    the draft before: the difference of the mean log-probabilities for a token outside the term and outside what stood
    in its place; 0 for a model that knows no likelihood.
    """

    text: str
    score: float | None
    loss: float


@runtime_checkable
class ObeysTerms(Protocol):
    """An engine that can be told which words to use. One that cannot still drafts: its user is told of the terms."""

    def places(self, questions: Sequence[PlaceQuestion]) -> list[tuple[int, int] | None]:
        """Return for each question (start, end) in its text; None where no words stand for it."""
        ...

    def reword(self, rewordings: Sequence[Rewording]) -> list[Reworded]:
        """Draft sentences otherwise, all of them together; raise EngineError when the model cannot be used."""
        ...

"""The word links of the current segment: found in a thread, known for one text, asked for by place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.alignment.words import WordLink, WordLinker, link_words
from corpus.errors import TarjamaError
from corpus.model import Segment
from corpus.segmentation import Span
from workbench.linking import linker_of, links_between
from workbench.newest import NewestFirst
from workbench.ui.messages import EngineFailed, LinksCame

# Links are for somebody who stops and looks.
LINK_AFTER_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Linked:
    """The words of the source that belong to what is chosen in the translation, and the other way round."""

    source: tuple[Span, ...] = ()
    target: str = ""


NOT_LINKED = Linked()


class ScreenLinks:
    """Links for one editor; ``post`` hands messages to its screen from any thread."""

    def __init__(self, post: Callable[[LinksCame | EngineFailed], object]) -> None:
        self._post = post
        self._thread = NewestFirst("links", LINK_AFTER_SECONDS)
        self._link: WordLinker = link_words
        self._known = LinksCame("", "", ())
        self._asked = ("", "")

    def use(self, engine: object) -> None:
        """Have this engine link words from now on, when it can."""
        self._link = linker_of(engine)
        self._asked = ("", "")

    def ask(self, segment: Segment, text: str) -> None:
        """Have the words of a segment and its translation ``text`` linked; the answer comes as a ``LinksCame``."""
        if self._asked == (segment.uid, text):
            return
        self._asked = (segment.uid, text)
        link = self._link

        def work(unwanted: Callable[[], bool]) -> None:
            try:
                links = links_between(segment.source, text, link, unwanted)
            except TarjamaError as error:
                self._post(EngineFailed(error))
            else:
                if not unwanted():
                    self._post(LinksCame(segment.uid, text, links))

        self._thread.ask(work)

    def came(self, message: LinksCame) -> None:
        """Know these links from now on."""
        self._known = message

    def of(self, segment: Segment, text: str) -> Sequence[WordLink]:
        """Return the links of a segment with this very translation; none when they are not known yet."""
        return self._known.links if (self._known.uid, self._known.text) == (segment.uid, text) else ()

    def close(self) -> None:
        """End the thread."""
        self._thread.close()


def sources_of(links: Sequence[WordLink], start: int, end: int) -> list[Span]:
    """Return the words of the source that are linked with ``target[start:end]``; the word at a cursor when empty."""
    return _distinct(link.source for link in links if _touch(link.target, start, end))


def targets_of(links: Sequence[WordLink], start: int, end: int) -> list[Span]:
    """Return the words of the translation that are linked with ``source[start:end]``."""
    return _distinct(link.target for link in links if _touch(link.source, start, end))


def _touch(word: Span, start: int, end: int) -> bool:
    return word.start <= start <= word.end if start == end else word.start < end and start < word.end


def _distinct(spans: Iterable[Span]) -> list[Span]:
    return sorted(dict.fromkeys(spans), key=lambda span: span.start)

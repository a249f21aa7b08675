"""What the editor proposes while somebody types: at once from the draft, then from the engine, without waiting."""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import TarjamaError
from corpus.model import Segment
from workbench.completing import Typing, first_word, rest_of_draft, typing_of
from workbench.engines.protocol import Completes, Completion
from workbench.newest import NewestFirst
from workbench.ui.messages import CompletionCame, EngineFailed

# Who types fast is asked for nothing until there is a moment; a first answer then takes a tenth of a second.
ASK_AFTER_SECONDS = 0.03


class ScreenCompletion:
    """Proposals for one editor; ``post`` hands messages to its screen from any thread."""

    def __init__(self, post: Callable[[CompletionCame | EngineFailed], object]) -> None:
        self._post = post
        self._thread = NewestFirst("completion", ASK_AFTER_SECONDS)
        self._engine: Completes | None = None
        self._asked: str | None = None
        self._answer = Completion("")
        self.is_on = True

    def use(self, engine: object) -> None:
        """Ask this engine from now on, when it can complete."""
        self._engine = engine if isinstance(engine, Completes) else None

    def typed(self, segment: Segment, text: str) -> str:
        """Return what to propose now that ``text`` is typed; the engine's answer comes as a ``CompletionCame``.

        While somebody types what was proposed, the answer there is stays good and nobody is asked again.
        """
        if not self.is_on:
            return ""
        if self._asked is not None and text.startswith(self._asked):
            rest = _rest_after(self._answer.rest, text[len(self._asked) :])
            if rest:
                return rest
        typing = typing_of(segment, text)
        if typing is None or (self._is_used_up(text) and not typing.gap):
            self.forget()
            return ""
        self._asked, self._answer = text, Completion(_behind(typing.gap, rest_of_draft(typing.draft, typing.typed)))
        if self._engine is not None:
            self._ask(self._engine, typing, text)
        return self._answer.rest

    def came(self, message: CompletionCame, segment: Segment, text: str) -> str | None:
        """Return what to propose after ``text``, which is there now; None when the answer is too late for it.

        Where other letters were typed meanwhile than it has, the engine is asked again.
        """
        if message.text != self._asked or not text.startswith(message.text):
            return None
        added, rest = text[len(message.text) :], message.completion.rest
        if added and not _rest_after(rest, added):
            self._asked = None
            return self.typed(segment, text)
        self._answer = message.completion
        return rest[len(added) :]

    def others(self, text: str) -> list[str]:
        """Return the ways to go on after ``text``: the proposed one, and the engine's others."""
        if self._asked is None or not text.startswith(self._asked):
            return []
        added = text[len(self._asked) :]
        ways = [rest[len(added) :] for rest in (self._answer.rest, *self._answer.others) if rest.startswith(added)]
        return list(dict.fromkeys(first_word(way) for way in ways if way.strip()))

    def _is_used_up(self, text: str) -> bool:
        """Tell whether the whole answer stands in ``text`` now."""
        return self._answer.whole and self._asked is not None and text == self._asked + self._answer.rest

    def forget(self) -> None:
        """Want no answer any more: there is another segment, or the cursor is elsewhere."""
        self._asked, self._answer = None, Completion("")
        self._thread.forget()

    def close(self) -> None:
        """End the thread."""
        self._thread.close()

    def _ask(self, engine: Completes, typing: Typing, text: str) -> None:
        def work(unwanted: Callable[[], bool]) -> None:
            try:
                for completion in engine.complete(typing.sentence, typing.typed, unwanted):
                    if unwanted():
                        return
                    rests = [_behind(typing.gap, rest) for rest in (completion.rest, *completion.others)]
                    self._post(CompletionCame(text, Completion(rests[0], tuple(rests[1:]), completion.whole)))
            except TarjamaError as error:
                self._post(EngineFailed(error))

        self._thread.ask(work)


def _rest_after(rest: str, added: str) -> str:
    return rest[len(added) :] if rest.startswith(added) else ""


def _behind(gap: str, rest: str) -> str:
    return f"{gap}{rest}" if rest else ""

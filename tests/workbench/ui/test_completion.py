"""Proposals while somebody types, and word links: keys in, what is drawn and stored out."""

from __future__ import annotations

import threading

import pytest

from corpus.alignment.words import WordLink
from corpus.arabic import words
from corpus.model import DraftKind, Piece
from corpus.segmentation import Span
from workbench.engines.protocol import Completion, DraftedText, ModelIdentity
from workbench.ui.completion import ScreenCompletion
from workbench.ui.messages import CompletionCame

DRAFT = "The short title of it"


class HelpfulEngine:
    """Draft everything as ``DRAFT``; go on as ``ways`` say, once ``gate`` is open; link words in order."""

    identity = ModelIdentity("test", "helper", "1.0", "d" * 64, DraftKind.TRANSLATION, "ar", "en")

    def __init__(self):
        self.gate = threading.Event()
        self.gate.set()
        self.asked = []
        self.ways = (" go on", " stop now")

    def draft(self, texts, cancelled=lambda: False):  # noqa: ARG002  (of the protocol)
        for index, text in enumerate(texts):
            yield DraftedText(index, DRAFT, (Piece(0, len(text), DRAFT),))

    def complete(self, sentence, typed, cancelled=lambda: False):
        self.asked.append((sentence, typed))
        while not self.gate.wait(0.01):
            if cancelled():
                return
        yield Completion(self.ways[0], self.ways[1:])
        yield Completion(f"{self.ways[0]} to the end", self.ways[1:], whole=True)

    def link_words(self, sentence, translation):
        pairs = zip(words(sentence), words(translation), strict=False)
        return [WordLink(Span(*here), Span(*there)) for here, there in pairs]

    def close(self):
        pass


@pytest.fixture
def engine():
    return HelpfulEngine()


async def test_what_is_proposed_stands_in_grey_and_is_no_text(running, until, text_of):
    async with running() as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k", *"Nobody")
        await until(pilot, lambda: editor.proposal == " go on to the end")
        assert text_of(editor)[0].rstrip() == "Nobody go on to the end"
        assert editor.text == "Nobody"


async def test_the_draft_proposes_at_once_and_the_engine_blocks_nobody(running, stored, until, engine):
    engine.gate.clear()
    async with running() as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k", *"The")
        assert editor.proposal == " short title of it"
        await until(pilot, lambda: bool(engine.asked))
        await pilot.press(*" long t")
        assert editor.text == "The long t"
        assert editor.proposal == "itle of it"
        await until(pilot, lambda: stored()[0].target == "The long t")
        engine.gate.set()
        await until(pilot, lambda: editor.proposal == " go on to the end")


async def test_an_engine_that_cannot_complete_leaves_the_draft_to_propose(running, engine):
    class Plain:
        identity, draft, close = engine.identity, engine.draft, engine.close

    async with running(make_engine=Plain) as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k")
        assert editor.proposal == DRAFT
        await pilot.press("tab", "ctrl+right")
        assert (editor.text, editor.proposal) == ("The short", " title of it")


async def test_words_and_all_are_accepted_and_each_undone_as_one_step(running, until, engine):
    async with running() as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k", *"No")
        await until(pilot, lambda: editor.proposal == " go on to the end")
        asked = len(engine.asked)
        await pilot.press("tab")
        assert (editor.text, editor.proposal) == ("No go", " on to the end")
        await pilot.press("end")
        assert (editor.text, editor.proposal) == ("No go on to the end", "")
        assert len(engine.asked) == asked
        await pilot.press("ctrl+z")
        assert editor.text == "No go"
        await pilot.press("ctrl+z")
        assert editor.text == "No"


async def test_typing_what_is_proposed_asks_nobody_again(running, until, engine):
    async with running() as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k", *"No")
        await until(pilot, lambda: editor.proposal == " go on to the end")
        asked = list(engine.asked)
        await pilot.press(*" go o")
        assert (editor.text, editor.proposal) == ("No go o", "n to the end")
        assert engine.asked == asked


async def test_nothing_is_proposed_before_something_is_typed_nor_away_from_the_end(running, until):
    async with running() as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+end")
        await pilot.press("end")
        assert (editor.text, editor.proposal) == (DRAFT, "")
        await pilot.press("ctrl+k", *"No")
        await until(pilot, lambda: editor.proposal != "")
        await pilot.press("left")
        assert editor.proposal == ""
        await pilot.press("end")
        assert editor.text == "No"


async def test_other_words_are_listed_and_a_digit_takes_one(running, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        await pilot.press("ctrl+k", *"No")
        await until(pilot, lambda: screen.editor.proposal == " go on to the end")
        await pilot.press("ctrl+l")
        listed = pilot.app.screen.query_one("#next-words")
        assert [str(option.prompt) for option in listed.options] == ["1 \u2068go\u2069", "2 \u2068stop\u2069"]
        await pilot.press("2")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.editor.text == "No stop"
        await pilot.press("ctrl+l", "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.editor.text == "No stop"


async def test_completion_can_be_switched_off(running, engine):
    async with running(completion=False) as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k", *"The")
        assert editor.proposal == ""
        assert engine.asked == []


async def test_what_is_proposed_is_wrapped_and_makes_the_row_higher(running, until, engine, text_of):
    engine.ways = (" word" * 40,)
    async with running() as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k", *"No")
        await until(pilot, lambda: editor.proposal.endswith("end"))
        await until(pilot, lambda: editor.size.height >= editor.lines_needed > 3)
        assert " ".join(" ".join(text_of(editor)).split()) == f"No{engine.ways[0]} to the end"


async def test_the_word_at_the_cursor_is_marked_in_the_source(running, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        source = screen._edit.segment.source
        await until(pilot, lambda: bool(screen.rows._linked))
        assert [source[span.start : span.end] for span in screen.rows._linked] == [source.split()[0]]
        await pilot.press("ctrl+right", "ctrl+right")
        await until(pilot, lambda: [span.start for span in screen.rows._linked] == [source.index(" ") + 1])
        row = screen.rows.render_line(0)
        marked = "".join(segment.text for segment in row if segment.style and segment.style.reverse)
        assert marked == source.split()[1]


async def test_the_term_dialog_begins_with_what_is_linked(running, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        source = screen._edit.segment.source
        await until(pilot, lambda: bool(screen.rows._linked))
        await pilot.press("ctrl+right", "ctrl+right", "ctrl+t")
        await until(pilot, lambda: pilot.app.screen is not screen)
        assert pilot.app.screen.query_one("#source").value == source.split()[1]


def test_an_answer_for_what_is_no_longer_there_is_dropped():
    completion = ScreenCompletion([].append)
    assert completion.came(CompletionCame("Nob", Completion(" go")), None, "Nobody") is None
    completion.close()

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from corpus.model import DraftKind, Piece
from glossary.model import NewTerm
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.session import Session
from workbench.settings import save_setting
from workbench.ui.app import TarjamaApp
from workbench.ui.bidi.detect import Profile
from workbench.ui.bidi.emit import Emitter

PARAGRAPHS = [
    "عنوان قصير",
    "وصل الناس إلى المدينة [bold]والنهر[/bold] \x1b[31mاليوم\x1b[0m.",
    "وقال المتحدث: «نعم».",
    *(f"فقرة طويلة رقم {number} فيها كلمات كثيرة تكفي لأكثر من سطر واحد على الشاشة." for number in range(4, 21)),
]


class CountingEngine:
    """Draft a paragraph as the number of its words; ``gate`` holds it back until a test lets it go."""

    identity = ModelIdentity("test", "counter", "1.0", "d" * 64, DraftKind.GLOSS, "ar", "en")

    def __init__(self):
        self.gate = threading.Event()
        self.gate.set()

    def draft(self, texts, cancelled=lambda: False):
        for index, text in enumerate(texts):
            while not self.gate.wait(0.01):
                if cancelled():
                    return
            yield DraftedText(index, f"{len(text.split())} words", (Piece(0, len(text), "words"),))

    def close(self):
        pass


@pytest.fixture
def engine():
    return CountingEngine()


@pytest.fixture
def project(tmp_path, home) -> Path:
    path = tmp_path / "news.tarjama"
    (tmp_path / "news.txt").write_text("\n".join(PARAGRAPHS), encoding="utf-8")
    with Session.create(path, home=home, actor="anna") as session:
        session.import_file(tmp_path / "news.txt")
        session.terms.add(NewTerm("مدينة", "city"))
        session.terms.add(NewTerm("متحدث", "spokesperson"))
    return path


@pytest.fixture
def stored(project, home):
    """Return a function that reads the project as another program would."""

    def read():
        with Session.open(project, home=home) as session:
            return session.segments()

    return read


Running = Callable[..., AsyncIterator[Pilot[None]]]


@pytest.fixture
def running(project, home, engine) -> Running:
    """Return a context manager that runs the screen on the project."""

    @asynccontextmanager
    async def run(
        size=(130, 40),
        *,
        make_engine=lambda: engine,
        install_model=None,
        drafted=True,
        emitter=Emitter.LOGICAL,
        **options,
    ):
        app = TarjamaApp(
            lambda: Session.open(project, home=home, actor="anna"),
            make_engine=make_engine,
            install_model=install_model or (lambda _progress: "nothing"),
            export_path=project.with_suffix(""),
            keep_setting=lambda key, value: save_setting(home.settings, key, value),
            profile=Profile(emitter, "a test"),
            **options,
        )
        async with app.run_test(size=size) as pilot:
            if drafted:
                await wait_until(pilot, lambda: app.screen is app.editor_screen and app.editor_screen.drafted)
            yield pilot

    return run


async def wait_until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the application work until ``condition`` holds; a test that waits in vain fails."""
    for _ in range(2000):
        await pilot.pause()
        if condition():
            await pilot.pause()
            return
        await pilot.pause(0.005)
    pytest.fail("what was waited for did not happen")


@pytest.fixture
def until():
    return wait_until


@pytest.fixture
def text_of():
    """Return a function that gives what a widget draws, line by line."""
    return lambda widget: [widget.render_line(y).text for y in range(widget.size.height)]

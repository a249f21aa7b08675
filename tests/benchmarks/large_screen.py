"""The editor screen on a large project: ``uv run python tests/benchmarks/large_screen.py [OPTIONS] [PROJECT …]``.

Drives the real application, headless, at the size of a usual terminal: keys go in, the list is scrolled, and the time
is taken until the screen that shows it was written; beside it the time of the processor, all threads together. A
project is made through the real import (``large_project.py``) and kept in the temporary folder; each is measured in a
process of its own. What is confirmed and typed is written to it. With ``--against FOLDER`` the sources there are
measured too, before these.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from textual import events

from workbench.paths import Home
from workbench.session import Session
from workbench.ui.app import TarjamaApp
from workbench.ui.bidi.detect import Profile
from workbench.ui.bidi.emit import Emitter

COLUMNS, LINES = 120, 40
LONGEST_WAIT = 60.0
OPEN, MEMORY, MEMORY_AT_END, BLANK = "open to first rows", "MB then, most", "MB at the end, most", "blank screens"

Figures = dict[str, list[tuple[float, float]]]


class Driver:
    """Drives one project; ``figures`` are milliseconds by the clock and of the processor, or megabytes."""

    def __init__(self, path: Path, home: Path) -> None:
        self.figures: Figures = {}
        self._painted = asyncio.Event()
        # Textual calls it when the screen was written.
        setattr(TarjamaApp, "post_display_hook", lambda _: self._painted.set())  # noqa: B010
        self.app = TarjamaApp(
            lambda: Session.open(path, home=Home(home), actor="benchmark"),
            make_engine=lambda: None,
            install_model=lambda _: "",
            export_path=path.with_suffix(""),
            keep_setting=lambda _key, _value: None,
            profile=Profile(Emitter.VISUAL, "a benchmark"),
        )
        self.screen = self.app.editor_screen

    async def run(self, repeats: int) -> None:
        """Do everything."""
        begin = now()
        async with self.app.run_test(size=(COLUMNS, LINES)):
            await self._until_painted(lambda: bool(self.screen.editor.display) and not self._is_blank())
            self._note(OPEN, begin)
            self.figures[MEMORY] = [(held(), most_held())]
            await asyncio.sleep(0.5)
            await self._work(repeats)
            await self._scroll(repeats)
            await self._jump()
            self.figures[MEMORY_AT_END] = [(held(), most_held())]

    async def _work(self, repeats: int) -> None:
        rows, editor = self.screen.rows, self.screen.editor
        for _ in range(repeats):
            await self._timed("next row", lambda: self._press("ctrl+down"), changed(lambda: rows.current))
        for _ in range(repeats):
            await self._timed("key typed", lambda: self._press("e", "e"), changed(lambda: editor.text))
        for number in range(repeats // 2):
            editor.load_text(f"Translated {number}")
            await asyncio.sleep(0.05)
            await self._timed("confirm and next", lambda: self._press("enter"), changed(lambda: rows.current))

    async def _scroll(self, repeats: int) -> None:
        rows, blank, chance = self.screen.rows, 0, random.Random(1)
        for _ in range(repeats):
            y = rows.scroll_offset.y + rows.size.height
            await self._timed("page down", lambda y=y: self._to(y), changed(lambda: rows.scroll_offset.y))
            blank += self._is_blank()
        for _ in range(repeats):
            y = chance.randrange(int(rows.max_scroll_y))
            await self._timed("scroll anywhere", lambda y=y: self._to(y), changed(lambda: rows.visible_rows))
            blank += self._is_blank()
        self.figures[BLANK] = [(blank, 0)]

    async def _jump(self) -> None:
        rows = self.screen.rows
        for _ in range(5):
            await self._timed("jump to the end", lambda: self._press("ctrl+end"), changed(lambda: rows.current))
            await self._timed("jump to the top", lambda: self._press("ctrl+home"), changed(lambda: rows.current))
        await self._timed("next open", lambda: self._press("ctrl+n"), changed(lambda: rows.current))

    def _press(self, key: str, character: str | None = None) -> None:
        self.screen.post_message(events.Key(key, character))

    def _to(self, y: int) -> None:
        self.screen.rows.scroll_to(y=y, animate=False)

    def _is_blank(self) -> bool:
        rows = self.screen.rows
        return not any(rows.render_line(y).text.strip() for y in range(rows.size.height))

    async def _timed(self, name: str, act: Callable[[], object], done: Callable[[], bool]) -> None:
        """Take the time from an act until something was painted when it was done."""
        begin = now()
        act()
        await self._until_painted(done)
        self._note(name, begin)
        await asyncio.sleep(0.05)

    async def _until_painted(self, done: Callable[[], bool]) -> None:
        while True:
            self._painted.clear()
            await asyncio.wait_for(self._painted.wait(), LONGEST_WAIT)
            if done():
                return

    def _note(self, name: str, begin: tuple[float, float]) -> None:
        clock, processor = (1000 * (end - start) for end, start in zip(now(), begin, strict=True))
        self.figures.setdefault(name, []).append((clock, processor))


def changed(value: Callable[[], object]) -> Callable[[], bool]:
    """Return a function that tells whether a value is another than now."""
    before = value()
    return lambda: value() != before


def now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def measure(path: Path, repeats: int) -> Figures:
    with tempfile.TemporaryDirectory() as home:
        driver = Driver(path, Path(home))
        asyncio.run(driver.run(repeats))
    return driver.figures


def held() -> float:
    status = Path("/proc/self/status")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024 if status.exists() else 0.0


def most_held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(name: str, figures: Figures) -> None:
    print(
        f"\n{name}\n{'':20}{'times':>6}{'p50':>10}{'p95':>10}{'most':>10}{'p50 CPU':>10}{'p95 CPU':>10}   milliseconds"
    )
    for what, taken in figures.items():
        if what in {MEMORY, MEMORY_AT_END, BLANK}:
            print(f"{what:<20}{'':6}" + "".join(f"{figure:10.0f}" for figure in taken[0]))
            continue
        clock, processor = (sorted(column) for column in zip(*taken, strict=True))
        half, nearly = len(clock) // 2, min(int(len(clock) * 0.95), len(clock) - 1)
        figures_shown = (clock[half], clock[nearly], clock[-1], processor[half], processor[nearly])
        print(f"{what:<20}{len(clock):6}" + "".join(f"{figure:10.1f}" for figure in figures_shown))


def measured_apart(path: Path, sources: Path, repeats: int) -> Figures:
    command = [sys.executable, __file__, "--in-this-process", "--repeats", str(repeats), str(path)]
    environment = os.environ | {"PYTHONPATH": str(sources)}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, cwd=tempfile.gettempdir())
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=60)
    parser.add_argument("--against", type=Path, help="a folder with other sources of Tarjama")
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.in_this_process:
        print(json.dumps(measure(given.projects[0], given.repeats)))
        sys.exit()
    projects = given.projects
    if not projects:
        from large_project import build

        for documents in (1_000, 10_000):
            projects.append(Path(tempfile.gettempdir()) / f"tarjama-screen-{documents * 100}.tarjama")
            if not projects[-1].exists():
                build(projects[-1], documents, 100)
    here = Path(__file__).parents[2]
    for project in projects:
        for sources in (given.against, here) if given.against else (here,):
            show(
                f"{project.name}, {'these' if sources == here else 'other'} sources",
                measured_apart(project, sources, given.repeats),
            )

"""The editor screen on a large project: ``uv run python tests/benchmarks/large_screen.py [OPTIONS] [PROJECT …]``.

Drives the real application, headless, at the size of a usual terminal: keys and the wheel of a mouse go in, and the time
until the screen that shows them was written is taken, with the processor's time of the whole process beside it. A
project is made through the real import (``large_project.py``) and kept in the temporary folder; each is measured in a
process of its own. With ``--against FOLDER`` the sources there are measured too, in turn with these.
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
from collections.abc import Awaitable, Callable
from pathlib import Path

COLUMNS, LINES = 120, 40
LONGEST_WAIT = 60.0


def measure(path: Path, home: Path, repeats: int) -> dict[str, list[list[float]]]:
    """Return milliseconds by the clock and of the processor for each thing that is measured, and megabytes."""
    began = [time.perf_counter(), time.process_time()]
    from textual import events

    from workbench.paths import Home
    from workbench.session import Session
    from workbench.ui.app import TarjamaApp
    from workbench.ui.bidi.detect import Profile
    from workbench.ui.bidi.emit import Emitter

    painted = asyncio.Event()

    class MeasuredApp(TarjamaApp):
        def post_display_hook(self) -> None:
            painted.set()

    figures: dict[str, list[list[float]]] = {}

    def app() -> MeasuredApp:
        return MeasuredApp(
            lambda: Session.open(path, home=Home(home), actor="benchmark"),
            make_engine=lambda: None,
            install_model=lambda _: "",
            export_path=path.with_suffix(""),
            keep_setting=lambda _key, _value: None,
            profile=Profile(Emitter.VISUAL, "a benchmark"),
        )

    async def timed(name: str, act: Callable[[], object], done: Callable[[], bool]) -> None:
        """Take the time from an act until something was painted after it was done."""
        begin = [time.perf_counter(), time.process_time()]
        painted.clear()
        act()
        while not done():
            if time.perf_counter() - begin[0] > LONGEST_WAIT:
                raise TimeoutError(name)
            await asyncio.sleep(0)
        painted.clear()
        try:
            await asyncio.wait_for(painted.wait(), 1.0)
        except TimeoutError:
            print(f"nothing was painted after: {name}", file=sys.stderr)
            return
        ended = [time.perf_counter(), time.process_time()]
        figures.setdefault(name, []).append([1000 * (end - start) for end, start in zip(ended, begin, strict=True)])

    async def run() -> None:
        chance = random.Random(1)
        async with (running := app()).run_test(size=(COLUMNS, LINES)):
            screen = running.editor_screen
            rows, editor = screen.rows, screen.editor

            def key(name: str, character: str | None = None) -> None:
                screen.post_message(events.Key(name, character))

            def is_drawn() -> bool:
                lines = [rows.render_line(y).text.strip() for y in range(rows.size.height)]
                return bool(lines) and any(lines)

            while not (editor.display and is_drawn()):
                await asyncio.sleep(0)
            ended = [time.perf_counter(), time.process_time()]
            figures["open to first rows"] = [[1000 * (e - b) for e, b in zip(ended, began, strict=True)]]
            figures["MB held then, at most so far"] = [[held(), most_held()]]
            await asyncio.sleep(0.5)

            for number in range(repeats):
                at = rows.current
                await timed("next row", lambda: key("ctrl+down"), lambda at=at: rows.current == at + 1)
                await asyncio.sleep(0.02)
            for number in range(repeats):
                text = editor.text
                await timed("key typed", lambda: key("e", "e"), lambda text=text: editor.text != text)
                await asyncio.sleep(0.02)
            for number in range(repeats // 3):
                at = rows.current
                editor.load_text(f"Translated {number}")
                await asyncio.sleep(0.02)
                await timed("confirm and next", lambda: key("enter"), lambda at=at: rows.current == at + 1)
                await asyncio.sleep(0.02)
            blank = 0
            for number in range(repeats):
                at = rows.scroll_offset.y
                act = lambda at=at: rows.scroll_to(y=at + rows.size.height, animate=False)  # noqa: E731
                await timed("page down (scrolled)", act, lambda at=at: rows.scroll_offset.y != at)
                blank += not is_drawn()
                await asyncio.sleep(0.1)
            for number in range(repeats):
                y = chance.randrange(int(rows.max_scroll_y))
                at = rows.scroll_offset.y
                act = lambda y=y: rows.scroll_to(y=y, animate=False)  # noqa: E731
                await timed("scrolled anywhere", act, lambda at=at: rows.scroll_offset.y != at and is_drawn())
                blank += not is_drawn()
                await asyncio.sleep(0.02)
            figures["blank screens"] = [[blank, 0]]
            for _ in range(5):
                await timed("jump to the end", lambda: key("ctrl+end"), lambda: editor.region.y > 0 and at_end(rows))
                await asyncio.sleep(0.05)
                await timed("jump to the top", lambda: key("ctrl+home"), lambda: rows.current == 0)
                await asyncio.sleep(0.05)
            await timed("next open", lambda: key("ctrl+n"), lambda: rows.current != 0)
            figures["MB held at the end, at most"] = [[held(), most_held()]]

    asyncio.run(run())
    return figures


def at_end(rows: object) -> bool:
    return rows.current > 0 and rows.max_scroll_y - rows.scroll_offset.y < rows.size.height  # type: ignore[attr-defined]


def held() -> float:
    status = Path("/proc/self/status")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024 if status.exists() else 0.0


def most_held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(name: str, figures: dict[str, list[list[float]]]) -> None:
    print(f"\n{name}\n{'':32}{'times':>6}{'p50':>10}{'p95':>10}{'most':>10}{'p50 CPU':>10}   milliseconds")
    for what, taken in figures.items():
        if what.startswith(("MB", "blank")):
            print(f"{what:<32}{'':6}" + "".join(f"{figure:10.0f}" for figure in taken[0]))
            continue
        clock, processor = (sorted(column) for column in zip(*taken, strict=True))
        half, nearly = len(clock) // 2, min(int(len(clock) * 0.95), len(clock) - 1)
        print(
            f"{what:<32}{len(clock):6}{clock[half]:10.1f}{clock[nearly]:10.1f}{clock[-1]:10.1f}{processor[half]:10.1f}"
        )


def measured_apart(path: Path, sources: Path, repeats: int) -> dict[str, list[list[float]]]:
    command = [sys.executable, __file__, "--in-this-process", "--repeats", str(repeats), str(path)]
    environment = os.environ | {"PYTHONPATH": str(sources)}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, cwd=tempfile.gettempdir())
    return json.loads(done.stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=60)
    parser.add_argument("--against", type=Path, help="a folder with other sources of Tarjama")
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.in_this_process:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(given.projects[0], Path(folder), given.repeats)))
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

"""How long it takes to set Arabic: ``uv run pytest tests/benchmarks/arabic_layout.py``.

The first group compares with python-bidi and arabic-reshaper on the same text; the second draws pages of a document of
10,000 paragraphs, everything laid out anew, and writes them for each kind of terminal.
"""

from __future__ import annotations

import textwrap
from contextlib import closing

import pytest
from arabic_reshaper import ArabicReshaper
from bidi import get_display
from rich.cells import cell_len
from textual.app import App
from textual.color import Color

from corpus.importing import import_file
from corpus.store import CorpusStore
from workbench.ui.bidi.clusters import Typography
from workbench.ui.bidi.detect import Profile
from workbench.ui.bidi.emit import Emitter
from workbench.ui.bidi.layout import layout
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.row_painter import RowPainter
from workbench.ui.widgets.segment_list import SegmentList

WIDTH = 60
LETTERS = 250
PARAGRAPHS = 10_000
BLACK = Color(0, 0, 0)


@pytest.fixture(scope="module")
def paragraphs(shared):
    """Paragraphs of 250 characters cut from real documents, their vowel marks and quotes included."""
    text = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in (shared / "seeds").glob("*.txt"))
    return [text[start : start + LETTERS] for start in range(0, len(text) - LETTERS, LETTERS)]


@pytest.mark.benchmark(group="lay out paragraphs of 250 characters, all of the seeds; the time is of one")
@pytest.mark.parametrize("way", ["tarjama", "arabic-reshaper + python-bidi"])
def test_layout(benchmark, paragraphs, way):
    typography, reshaper = Typography(cell_len), ArabicReshaper({"delete_harakat": False})

    def tarjama(text):
        return layout(text, WIDTH, typography)

    def others(text):
        return [get_display(line, base_dir="R") for line in textwrap.wrap(reshaper.reshape(text), WIDTH)]

    turn = iter(paragraphs * 1000)
    one = tarjama if way == "tarjama" else others
    benchmark.pedantic(one, setup=lambda: ((next(turn),), {}), rounds=len(paragraphs) * 20)


@pytest.mark.benchmark(group="a page of a document of 10,000 paragraphs, laid out anew and written")
@pytest.mark.parametrize("emitter", Emitter)
async def test_page(benchmark, paragraphs, emitter, tmp_path):
    source = tmp_path / "long.txt"
    source.write_text("\n".join((paragraphs * PARAGRAPHS)[:PARAGRAPHS]), encoding="utf-8")
    properties = {"source_language": "ar", "target_language": "en"}
    with closing(CorpusStore.create(tmp_path / "long.tarjama", properties)) as store:
        store.add_document(import_file(source), "benchmark")
        segments = store.segments()

    class Page(App[None]):
        def compose(self):
            yield SegmentList(Typesetter(Profile(emitter, "a benchmark")))

    app = Page()
    async with app.run_test(size=(130, 40)) as pilot:
        rows = app.query_one(SegmentList)
        rows.show(segments)
        await pilot.pause()
        places = iter(range(0, 1_000_000, 37))

        def page():
            typesetter = Typesetter(Profile(emitter, "a benchmark"))  # nothing is in its cache
            rows._painter = RowPainter(typesetter, rows._painter.columns)
            rows.scroll_to(y=next(places), animate=False, immediate=True)
            return [typesetter.apply(list(rows.render_line(y)), BLACK) for y in range(40)]

        benchmark.pedantic(page, rounds=40)

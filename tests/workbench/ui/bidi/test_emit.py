"""What is written for each kind of terminal, checked by doing to it what the terminal does."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from workbench.ui.bidi.clusters import Typography
from workbench.ui.bidi.emit import LRM, Emitter, emit
from workbench.ui.bidi.layout import layout_line
from workbench.ui.bidi.levels import REMOVED, classes_of, resolve, visual_order

TEXTS = [
    "قال المتحدث: «لا أحد» (NATO) قبل 24 ساعة.",
    "كَتَبَ ١٢٣ (50%) [12/3]؟",
    "The word “داعش” (Daesh) appears",
    "plain English, 24",
]


def cells_of(text):
    line = layout_line(text, Typography(cell_len))
    return [(cell.text, place) for place, cell in enumerate(line.cells)]


def seen(written):
    """Order a written line as a terminal with bidi and a left-to-right line does (UAX #9, L2), clusters kept whole."""
    text = "".join(text for text, _ in written)
    levels = resolve(text, classes_of(text), 0)
    clusters = []
    for character, level in zip(text, levels, strict=True):
        if level == REMOVED:
            continue
        if unicodedata.category(character) == "Mn" and clusters:
            clusters[-1] = (clusters[-1][0] + character, clusters[-1][1])
        else:
            clusters.append((character, level))
    order = visual_order([level for _, level in clusters])
    return "".join(clusters[place][0] for place in order).replace(LRM, "")


@pytest.mark.parametrize("text", TEXTS)
def test_armor_leaves_nothing_to_order(text):
    cells = cells_of(text)
    assert seen(emit(cells, Emitter.ARMOR)) == "".join(text for text, _ in cells)


@pytest.mark.parametrize("text", TEXTS)
def test_konsole_s_override_is_seen_as_it_was_meant(text):
    cells = cells_of(text)
    written = emit(cells, Emitter.KONSOLE)
    assert seen(written) == "".join(text for text, _ in cells)


@pytest.mark.parametrize("emitter", [Emitter.ARMOR, Emitter.KARMOR, Emitter.KONSOLE])
@pytest.mark.parametrize("between", ["   ", " │ ", ""])
def test_two_columns_that_are_written_apart_stay_where_they_are(emitter, between):
    columns = [cells_of("in remained تقهقرهم"), cells_of("في ظلّ تقهقرهم")]
    written = [*emit(columns[0], emitter), (between, -1), *emit(columns[1], emitter)]
    assert seen(written) == between.join("".join(text for text, _ in column) for column in columns)


@pytest.mark.parametrize("text", [*TEXTS, "عمد fighters", "ق"])
def test_a_line_never_begins_with_an_override(text):
    cells = cells_of(text)
    written = emit(cells, Emitter.KONSOLE, begins_line=True)
    assert written[0][0][0] == cells[0][0][0]
    assert seen(written) == "".join(text for text, _ in cells)


@pytest.mark.parametrize("text", TEXTS)
def test_konsole_s_armor_too_but_for_its_joiners(text):
    cells = cells_of(text)
    assert seen(emit(cells, Emitter.KARMOR)) == "".join(text for text, _ in cells)


def test_konsole_is_told_where_letters_join():
    written = "".join(text for text, _ in emit(cells_of("قال"), Emitter.KARMOR))
    assert written == f"\ufedd{LRM}\u200d\u200d\ufe8e{LRM}\ufed7\u200d{LRM}"


def test_kitty_gets_arabic_words_reversed_and_nothing_else():
    cells = cells_of("قال (NATO) نعم")
    written = emit(cells, Emitter.KITTY)
    words = "".join(text for text, _ in written).split(" ")
    assert [unicodedata.normalize("NFKC", word) for word in words] == ["نعم", "(NATO)", "قال"]
    assert [place for _, place in written] == list(range(len(cells)))


@pytest.mark.parametrize("emitter", [Emitter.VISUAL, Emitter.SPLIT, Emitter.LOGICAL])
def test_the_others_write_cells_as_they_are(emitter):
    cells = cells_of(TEXTS[0])
    assert emit(cells, emitter) == cells


@pytest.mark.parametrize("emitter", Emitter)
@pytest.mark.parametrize("text", TEXTS)
def test_a_line_stays_as_wide_as_it_was(text, emitter):
    cells = cells_of(text)
    written = "".join(text for text, _ in emit(cells, emitter))
    assert cell_len(written) == sum(cell_len(text) for text, _ in cells)

"""What terms did to a draft, beside it on the screen."""

from __future__ import annotations

import pytest

from corpus.model import DraftKind, Piece
from glossary.model import NewTerm
from workbench.engines.protocol import DraftedText, ModelIdentity, Reworded
from workbench.session import Session

LINES = ["وصل الناس إلى المدينة اليوم", "كلام لا يشبه غيره"]


class Obedient:
    """Say city for each paragraph; put a term in its place when asked to."""

    identity = ModelIdentity("test", "obedient", "1.0", "d" * 64, DraftKind.TRANSLATION, "ar", "en")

    def draft(self, texts, cancelled=lambda: False):
        draft = "The people have come to the great city of the plain today"
        for index, text in enumerate(texts):
            if not cancelled():
                yield DraftedText(index, draft, (Piece(0, len(text), draft),))

    def places(self, questions):
        """Know what one word stands for."""
        start = [one.text.find("city") if "المدينة" in one.source[one.start : one.end] else -1 for one in questions]
        return [None if at < 0 else (at, at + len("city")) for at in start]

    def reword(self, rewordings):
        return [Reworded(one.text[: one.start] + one.term + one.text[one.end :], 0.0, 0.0) for one in rewordings]

    def close(self):
        pass


@pytest.fixture
def engine():
    return Obedient()


@pytest.fixture
def project(tmp_path, home):
    path = tmp_path / "news.tarjama"
    (tmp_path / "news.txt").write_text("\n\n".join(LINES), encoding="utf-8")
    with Session.create(path, home=home, actor="anna") as session:
        session.import_file(tmp_path / "news.txt")
        session.terms.add(NewTerm("مدينة", "town"))
        session.terms.add(NewTerm("ناس", "folk"))
    return path


async def test_what_terms_changed_and_what_is_not_used_stands_beside_the_draft(running, until, text_of):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        await until(pilot, lambda: screen.changes.display)
        assert screen.changes.parts == [
            ("… come to the great ", "kept"),
            ("city", "deleted"),
            (" ", "kept"),
            ("town", "inserted"),
            (" of the plain today", "kept"),
            ("not used: ", "kept"),
            ("folk", "wanted"),
            (" (الناس)", "kept"),
        ]
        drawn = text_of(screen.changes)
        assert any("city town" in line for line in drawn)
        assert any("folk" in line for line in drawn)
        assert screen.editor.text == "The people have come to the great town of the plain today"


async def test_a_key_brings_back_the_draft_without_terms(running, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        await until(pilot, lambda: screen.changes.display)
        await pilot.press("ctrl+r")
        assert "great city of" in screen.editor.text
        await pilot.press("ctrl+r")
        assert "great town of" in screen.editor.text


async def test_without_terms_there_is_no_panel(running, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        await pilot.press("ctrl+end")
        await until(pilot, lambda: screen.rows.current == 1)
        assert not screen.changes.display

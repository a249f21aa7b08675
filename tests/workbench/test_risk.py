from __future__ import annotations

import pytest

from corpus.model import DraftKind, Piece, State
from corpus.risk.flags import Flag
from corpus.risk.learning import ENOUGH
from corpus.risk.model import shipped_model
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.session import Session

FULL = ModelIdentity("argos", "full", "1.0", "b" * 64, DraftKind.TRANSLATION, "ar", "en")
GLOSS = ModelIdentity("argos", "gloss", "1.0", "a" * 64, DraftKind.GLOSS, "ar", "en")
SOURCES = ("قال المتحدث إن الهدنة صامدة في المدينة.", "قتل 25 مدنيا في القصف أمس.", "عاد السكان إلى القرية.")
DRAFTS = (
    "The spokesman said that the truce was holding in the city.",
    "52 in the thing in the thing in the thing.",
    "The residents returned to the village.",
)


@pytest.fixture
def session(tmp_path, home):
    with Session.create(tmp_path / "p.tarjama", home=home, actor="anna") as made:
        (tmp_path / "news.txt").write_text("\n\n".join(SOURCES), encoding="utf-8")
        made.import_file(tmp_path / "news.txt")
        yield made


def store_drafts(session, texts=DRAFTS, identity=FULL, flags=()):
    wanted = session.drafts.to_draft(redo=True)
    drafted = [
        DraftedText(place, text, (Piece(0, len(segment.source), text),), flags)
        for place, (segment, text) in enumerate(zip(wanted, texts, strict=True))
    ]
    return session.drafts.store(list(zip(wanted, drafted, strict=True)), identity)


def test_drafts_are_weighed_when_they_are_stored(session):
    stored = store_drafts(session)
    assert [segment.flags for segment in stored] == [(), (Flag.REPEATS, Flag.NUMBERS), ()]
    assert not session.drafts.risks.prepare()
    queue = session.drafts.risks.worst_first(10)
    assert queue[0].segment == stored[1]
    assert queue[0].risk > 0.7 > queue[1].risk >= queue[2].risk > 0
    assert len(session.drafts.risks.worst_first(1, "news.txt", without=[stored[1].uid])) == 1


def test_flags_of_the_engine_stay(session):
    assert store_drafts(session, flags=("length-cap",))[0].flags == ("length-cap", Flag.INCOMPLETE)


def test_a_gloss_has_a_risk_and_no_flags(session):
    assert [segment.flags for segment in store_drafts(session, identity=GLOSS)] == [(), (), ()]
    assert len(session.drafts.risks.worst_first(10)) == 3


def test_drafts_without_a_risk_are_weighed_when_they_are_asked_for(session):
    store_drafts(session)
    queue = session.drafts.risks.worst_first(10)
    session.drafts.risks.weigh_again()
    assert session.drafts.risks.worst_first(10) == queue


def test_what_is_confirmed_is_neither_in_the_queue_nor_filled_into_it(tmp_path, session):
    (tmp_path / "more.txt").write_text(SOURCES[1], encoding="utf-8")
    session.import_file(tmp_path / "more.txt")
    store_drafts(session, (*DRAFTS, DRAFTS[1]))
    worst = session.drafts.risks.worst_first(1)[0].segment
    session.confirm(worst.uid, "25 civilians were killed in the shelling yesterday.", worst.version)
    session.propagate(worst.uid)
    assert [one.segment.source for one in session.drafts.risks.worst_first(10)] == [SOURCES[0], SOURCES[2]]


def test_a_project_learns_from_what_its_drafts_became(tmp_path, home):
    sources = [f"قال المتحدث رقم {number} إن الهدنة صامدة، في المدينة، أمس." for number in range(2 * ENOUGH)]
    with Session.create(tmp_path / "l.tarjama", home=home, actor="anna") as session:
        (tmp_path / "l.txt").write_text("\n\n".join(sources), encoding="utf-8")
        session.import_file(tmp_path / "l.txt")
        texts = [f"Speaker number {number} said the truce held in the city." for number in range(2 * ENOUGH)]
        stored = store_drafts(session, texts)
        before = session.drafts.risks.worst_first(1)[0].risk
        assert session.drafts.risks.model is shipped_model()
        for segment in stored[:ENOUGH]:
            session.set_target(segment.uid, segment.text, State.TRANSLATED)  # good as they were
        assert not session.drafts.risks.is_learned
        session.drafts.risks.weigh_again()
        assert session.drafts.risks.is_learned
        assert session.drafts.risks.worst_first(1)[0].risk < before / 2


def test_the_queue_on_the_command_line(tarjama, tmp_path, home, monkeypatch):
    with Session.create(tmp_path / "p.tarjama", home=home, actor="anna") as session:
        (tmp_path / "news.txt").write_text("\n\n".join(SOURCES), encoding="utf-8")
        session.import_file(tmp_path / "news.txt")
        assert tarjama("risk", "p.tarjama").out == "No draft is waiting for a human.\n"
        store_drafts(session)
    lines = tarjama("risk", "p.tarjama", "--limit", "2").out.splitlines()
    assert len(lines) == 4
    assert "news.txt:2 (repeats itself, numbers differ)" in lines[0]
    said = tarjama("risk", "p.tarjama", "--json", "--again").json
    assert (said["learned"], len(said["drafts"])) == (False, 3)
    assert said["drafts"][0]["flags"] == ["repeats itself", "numbers differ"]
    assert 0.7 < said["drafts"][0]["risk"] < 1

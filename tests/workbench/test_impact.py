from dataclasses import replace

import pytest

from corpus.errors import NotFoundError
from corpus.grouped import Obstacle
from corpus.model import DraftKind, Origin, Piece, State
from glossary.errors import TermError
from glossary.model import NewTerm, TermStatus
from glossary.store import GlossaryStore
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.session import Session

ARTICLE = [
    "وصلوا إلى المدينة اليوم.",
    "وبمدينتهم سوق.",
    "المدن الكبيرة بعيدة.",
    "قال المتحدث نعم.",
    "المدينة قرب المدينة.",
    "عاد السكان إلى المدينة.",
]
GLOSS = ModelIdentity("argos", "gloss", "1.0", "a" * 64, DraftKind.GLOSS, "ar", "en")
FULL = ModelIdentity("argos", "full", "1.0", "b" * 64, DraftKind.TRANSLATION, "ar", "en")


@pytest.fixture
def session(tmp_path, home):
    (tmp_path / "news.txt").write_text("\n".join(ARTICLE), encoding="utf-8")
    with Session.create(tmp_path / "p.tarjama", home=home, actor="anna") as made:
        made.import_file(tmp_path / "news.txt")
        yield made


def draft(session, texts, identity=FULL):
    segments = session.segments()
    drafts = [(segments[place], DraftedText(place, text, (Piece(0, 1, text),))) for place, text in texts.items()]
    session.drafts.store(drafts, identity)


def change(home, uid, **fields):
    with GlossaryStore.open(home.glossary) as store:
        return store.change(uid, fields, "anna")


@pytest.fixture
def renamed(session, home):
    """Return the uid of a term that was city and is town now."""
    entry = session.terms.add(NewTerm("مدينة", "city"))
    return change(home, entry.uid, target="town").uid


def proposals(impact):
    return {one.segment.position: one.proposed for one in impact.affected}


def test_inflected_forms_are_found_and_their_number_and_capitals_kept(session, renamed):
    draft(
        session,
        {0: "They reached the city today.", 1: "City's market.", 2: "The Cities' size", 3: "The city said yes."},
    )
    impact = session.term_impact(renamed)
    assert proposals(impact) == {
        1: "They reached the town today.",
        2: "Town's market.",
        3: "The Towns' size",
    }
    first = impact.affected[0]
    assert [first.segment.source[start:end] for start, end in first.source_spans] == ["المدينة"]
    assert [first.segment.text[start:end] for start, end in first.old_spans] == ["city"]


def test_a_segment_that_has_the_term_or_no_english_yet_is_not_affected(session, renamed):
    draft(session, {0: "They reached the town today.", 2: "The towns are big"})
    assert session.term_impact(renamed).affected == ()


def test_any_admitted_term_will_do_and_a_forbidden_one_is_replaced(session, home):
    town = session.terms.add(NewTerm("مدينة", "town"))
    session.terms.add(NewTerm("مدينة", "city", TermStatus.ADMITTED))
    draft(session, {0: "the city today", 1: "their burg", 2: "big towns"})
    assert proposals(session.term_impact(town.uid)) == {2: None}
    session.terms.add(NewTerm("مدينة", "burg", TermStatus.FORBIDDEN))
    assert proposals(session.term_impact(town.uid)) == {2: "their town"}


def test_a_removed_term_is_an_earlier_rendering(session, home):
    old = session.terms.add(NewTerm("مدينة", "city"))
    new = session.terms.add(NewTerm("مدينة", "town"))
    with GlossaryStore.open(home.glossary) as store:
        store.remove(old.uid, "anna")
    draft(session, {0: "the city today"})
    assert proposals(session.term_impact(new.uid)) == {1: "the town today"}


@pytest.mark.parametrize(
    "text",
    [
        "They reached the place today.",  # no earlier rendering
        "The city, a city of cities.",  # more of them than the Arabic has
    ],
)
def test_nothing_is_proposed_when_it_is_not_certain(session, renamed, text):
    draft(session, {0: text})
    assert proposals(session.term_impact(renamed)) == {1: None}


def test_nothing_is_proposed_for_a_gloss(session, renamed):
    draft(session, {0: "reached city today"}, GLOSS)
    assert proposals(session.term_impact(renamed)) == {1: None}


def test_an_old_rendering_beside_the_new_one_counts_when_the_arabic_has_both(session, renamed):
    draft(session, {4: "The town is near the city.", 0: "The town is a city today."})
    assert proposals(session.term_impact(renamed)) == {5: "The town is near the town."}


def test_an_earlier_rendering_that_holds_the_new_one_is_replaced(session, home):
    entry = session.terms.add(NewTerm("مدينة", "market town"))
    uid = change(home, entry.uid, target="town").uid
    draft(session, {0: "the market towns today"})
    assert proposals(session.term_impact(uid)) == {1: "the towns today"}


def test_the_proposals_are_written_as_one_and_wait_for_a_human(session, renamed):
    draft(session, {0: "the city today", 1: "city market"})
    translated = session.segments()[5]
    session.confirm(translated.uid, "back to the city", translated.version)
    before = session.segments()
    report = session.apply_term(session.term_impact(renamed).certain)
    assert [(s.target, s.state, s.origin) for s in report.written] == [
        ("the town today", State.EDITED, Origin.HUMAN),
        ("town market", State.EDITED, Origin.HUMAN),
        ("back to the town", State.EDITED, Origin.HUMAN),
    ]
    assert session.term_impact(renamed).affected == ()
    assert session.changes.newest_of_many() == report.change
    undone = session.changes.undo(report.change)
    assert (len(undone.written), undone.left) == (3, ())
    assert [replace(s, version=0) for s in session.segments()] == [replace(s, version=0) for s in before]
    assert session.changes.newest_of_many() == ""


def test_what_a_colleague_did_meanwhile_stays(session, renamed):
    draft(session, {0: "the city today", 1: "city market", 5: "back to the city"})
    certain = session.term_impact(renamed).certain
    session.save_target(certain[0].segment.uid, "Bashir's", certain[0].segment.version)
    session.set_target(certain[1].segment.uid, "city market", State.REVIEWED)
    report = session.apply_term(
        [replace(certain[1], segment=session.segment(certain[1].segment.uid)), certain[0], certain[2]]
    )
    assert [segment.target for segment in report.written] == ["back to the town"]
    assert [left.obstacle for left in report.left] == [Obstacle.REVIEWED, Obstacle.CHANGED]
    session.set_target(certain[2].segment.uid, "somebody's", State.EDITED)
    assert [left.obstacle for left in session.changes.undo(report.change).left] == [Obstacle.CHANGED]
    assert session.segment(certain[2].segment.uid).target == "somebody's"


def test_what_is_not_there_is_told(session, home):
    with pytest.raises(TermError, match="no glossary"):
        session.term_impact("nothing")
    assert not home.glossary.exists()
    session.terms.add(NewTerm("مدينة", "city"))
    with pytest.raises(TermError, match="no term"):
        session.term_impact("nothing")
    with pytest.raises(NotFoundError, match="no change"):
        session.changes.undo("nothing")

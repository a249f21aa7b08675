import pytest

from corpus.memory.store import MemoryStore
from workbench.demo import make_demo
from workbench.session import Session
from workbench.settings import save_setting

ARTICLE = (
    "أعلن المتحدث هدنة في المدينة اليوم\n\nأعلن المتحدث هدنة في القرية اليوم\n\n"
    "أعلن المتحدث هدنة في المدينة اليوم\n\nوصل الوفد. أعلن المتحدث هدنة في المدينة اليوم."
)


@pytest.fixture
def session(tmp_path, home):
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    with Session.create(tmp_path / "p.tarjama", home=home, actor="anna") as made:
        made.import_file(tmp_path / "news.txt")
        yield made


def confirm(session, place, text):
    segment = session.segments()[place]
    return session.confirm(segment.uid, text, segment.version)


def test_what_is_like_a_segment_is_offered_with_what_differs(session):
    confirm(session, 0, "A truce in the city")
    (offer,) = session.similar(session.segments()[1].uid)
    assert offer.match.unit.target == "A truce in the city"
    assert 60 < offer.match.score < 99
    assert offer.diff.marked == "أعلن المتحدث هدنة في [-المدينة-]{+القرية+} اليوم"


def test_a_segment_is_not_offered_what_it_says_itself(session):
    own = confirm(session, 0, "own")
    assert session.similar(own.uid) == []
    confirm(session, 2, "another's")
    assert [(offer.match.unit.target, offer.match.score) for offer in session.similar(own.uid)] == [("another's", 100)]
    whole = confirm(session, 3, "The delegation arrived. He announced a truce in the city today.")
    assert {offer.match.unit.target for offer in session.similar(whole.uid)} == {"own", "another's"}
    assert "He announced a truce in the city today." in {o.match.unit.target for o in session.similar(own.uid)}


def test_the_same_pair_of_several_segments_is_offered_once(session):
    confirm(session, 0, "A truce")
    confirm(session, 2, "A truce")
    assert [offer.match.unit.target for offer in session.similar(session.segments()[1].uid)] == ["A truce"]


def test_words_are_shown_in_context_on_either_side(session):
    assert session.memory.concordance("هدنة").units == ()
    confirm(session, 0, "A truce in the city")
    assert [unit.target for unit in session.memory.concordance("هُدنة في").units] == ["A truce in the city"]
    assert session.memory.concordance("the city", target=True).units
    assert not session.memory.concordance("the city").units


def test_regions_of_languages_do_not_matter(tmp_path, home):
    (tmp_path / "a.txt").write_text("مرحبا بكم\n\nمرحبا بكم", encoding="utf-8")
    with Session.create(tmp_path / "p.tarjama", home=home, source_language="ar-SA", target_language="en-GB") as session:
        session.import_file(tmp_path / "a.txt")
        confirm(session, 0, "Welcome")
        assert len(session.similar(session.segments()[1].uid)) == 1
    with MemoryStore.open(home.memory) as memory:
        assert [(one, other) for one, other, _ in memory.languages()] == [("ar", "en")]


def test_the_settings_can_name_another_memory(tmp_path, home):
    home.root.mkdir()
    save_setting(home.settings, "memory", str(tmp_path / "mine" / "m.db"))
    (tmp_path / "a.txt").write_text("مرحبا بكم", encoding="utf-8")
    with Session.create(tmp_path / "p.tarjama", home=home) as session:
        session.import_file(tmp_path / "a.txt")
        confirm(session, 0, "Welcome")
    assert (tmp_path / "mine" / "m.db").exists()
    assert not home.memory.exists()


def test_the_sample_project_leaves_the_shared_memory_alone(tmp_path, home):
    (tmp_path / "demo").mkdir()
    with Session.open(make_demo(tmp_path / "demo", home), home=home) as session:
        confirm(session, 0, "A title")
    assert not home.memory.exists()
    assert (tmp_path / "demo" / "demo-memory.db").exists()


def test_a_draft_from_the_memory_is_not_drafted_again(session):
    one = confirm(session, 0, "A truce in the city")
    assert len(session.propagate(one.uid).written) == 1
    assert [segment.position for segment in session.drafts.to_draft(redo=True)] == [2, 4]
    assert not session.prepare_propagation()

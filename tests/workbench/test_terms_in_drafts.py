"""The glossary in drafts, from a project to what is stored: with the bundled gloss, what a user has without a model."""

import pytest

from glossary.model import NewTerm, TermStatus
from workbench.drafting import draft_in_groups
from workbench.engines.choice import choose_engine
from workbench.session import Session
from workbench.settings import Settings, load_settings, save_setting

LINES = ["وصلت الغارات إلى المدينة", "قال المتحدث كلاما", "هذه المدينة كبيرة"]


@pytest.fixture
def project(tmp_path, home):
    path = tmp_path / "news.tarjama"
    (tmp_path / "news.txt").write_text("\n\n".join(LINES), encoding="utf-8")
    with Session.create(path, home=home, actor="anna") as session:
        session.import_file(tmp_path / "news.txt")
    return path


def draft(session, home, *, obeyed=True):
    """Draft what is stale, and return its sources with their drafts."""
    engine = choose_engine(home, Settings(), "ar", "en")
    wanted = session.drafts.to_draft(identity=engine.identity, terms=session.drafts.term_keys(obeyed=obeyed))
    groups = draft_in_groups(engine, wanted, find_terms=session.drafts.terms_of if obeyed else None)
    stored = [segment for group in groups for segment in session.drafts.store(group, engine.identity)]
    return {segment.source: segment.draft for segment in stored}


def test_a_new_term_changes_the_drafts_that_have_it_and_no_others(project, home):
    with Session.open(project, home=home) as session:
        plain = draft(session, home)
        assert plain[LINES[2]].text == "this the city big"
        assert draft(session, home) == {}
        session.terms.add(NewTerm("مدينة", "town"))
        put = draft(session, home)
        assert list(put) == [LINES[0], LINES[2]]
        assert put[LINES[2]].text == "this the town big"
        assert put[LINES[2]].before_terms == plain[LINES[2]].text
        assert put[LINES[2]].terms_key
        assert draft(session, home) == {}
        uid = session.terms.add(NewTerm("متحدث", "spokesperson")).uid
        assert list(draft(session, home)) == [LINES[1]]
        session.terms._store().remove(uid, "anna")
        assert list(draft(session, home)) == [LINES[1]]


def test_the_changes_are_in_the_file(project, home):
    with Session.open(project, home=home) as session:
        session.terms.add(NewTerm("مدينة", "town"))
        put = draft(session, home)
    with Session.open(project, home=home) as session:
        assert {segment.source: segment.draft for segment in session.segments()} == put
        assert session.problems() == []
        (term,) = put[LINES[2]].terms
        assert (LINES[2][term.start : term.end], term.instead, term.applied) == ("المدينة", "city", "town")


def test_switched_off_drafts_are_the_engines_own(project, home):
    with Session.open(project, home=home) as session:
        session.terms.add(NewTerm("مدينة", "town"))
        assert draft(session, home)[LINES[2]].text == "this the town big"
        again = draft(session, home, obeyed=False)
        assert [(source, one.text, one.terms) for source, one in again.items()][1] == (
            LINES[2],
            "this the city big",
            (),
        )
        assert LINES[1] not in again


def test_the_setting_switches_it_off(project, home):
    assert load_settings(home.settings).terms_in_drafts
    home.settings.parent.mkdir(parents=True, exist_ok=True)
    save_setting(home.settings, "terms_in_drafts", False)
    with Session.open(project, home=home) as session:
        assert not session.drafts.obey_terms


def test_the_key_of_a_source_changes_with_what_the_glossary_says_of_it(project, home):
    with Session.open(project, home=home) as session:
        assert session.terms.terms_key(LINES[0]) == ""
        session.terms.add(NewTerm("مدينة", "town"))
        first = session.terms.terms_key(LINES[0])
        session.terms.add(NewTerm("متحدث", "spokesperson"))
        assert session.terms.terms_key(LINES[0]) == first
        session.terms.add(NewTerm("مدينة", "city", TermStatus.FORBIDDEN))
        assert session.terms.terms_key(LINES[0]) not in {first, ""}
    with Session.open(project, home=home) as session:
        assert session.terms.terms_key(LINES[0]) not in {first, ""}


def test_what_was_edited_the_same_way_three_times_becomes_a_term_and_later_drafts_obey_it(tmp_path, home):
    path = tmp_path / "adapting.tarjama"
    lines = [f"المدينة {word}" for word in ("كبيرة", "صغيرة", "جديدة", "قديمة")]
    (tmp_path / "a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    with Session.create(path, home=home, actor="anna") as session:
        session.import_file(tmp_path / "a.txt")
        drafts = draft(session, home)
        assert all("city" in one.text for one in drafts.values())
        for segment in session.segments()[:3]:
            session.confirm(segment.uid, segment.draft.text.replace("city", "town"), segment.version)
        (suggestion,) = session.suggestions.from_edits(10)
        assert (suggestion.source, suggestion.target, suggestion.draft) == ("المدينة", "town", "city")

        (entry,) = session.suggestions.accept([suggestion])
        assert (entry.source, entry.target, entry.status) == ("المدينة", "town", TermStatus.PREFERRED)
        assert session.suggestions.from_edits(10) == []
        put = draft(session, home)
        assert list(put) == lines[3:]
        assert put[lines[3]].text == drafts[lines[3]].text.replace("city", "town")


def test_the_command_shows_what_terms_did(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text("\n\n".join(LINES), encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "news.txt")
    tarjama("glossary", "add", "مدينة", "town")
    out = tarjama("draft", "p.tarjama", "--show-terms").out
    assert "terms: this the [-city-]{+town+} big" in out
    assert "Terms put in for other words: 2; not used: 0." in out
    assert "this the [-city-]{+town+} big" in tarjama("segments", "p.tarjama").out
    third = tarjama("segments", "p.tarjama", "--json").json[2]
    assert third["draft_before_terms"] == "this the city big"
    assert [term["applied"] for term in third["draft_terms"]] == ["town"]
    assert "Drafted 2 segments" in tarjama("draft", "p.tarjama", "--no-terms").out
    assert tarjama("segments", "p.tarjama", "--json").json[2]["draft"] == "this the city big"


def test_the_command_takes_what_edits_speak_for_as_terms(tarjama, tmp_path):
    lines = [f"المدينة {word}" for word in ("كبيرة", "صغيرة", "جديدة", "قديمة")]
    (tmp_path / "a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    (tmp_path / "t.txt").write_text("the town", encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "a.txt")
    tarjama("draft", "p.tarjama")
    for segment in tarjama("segments", "p.tarjama", "--json").json[:3]:
        (tmp_path / "t.txt").write_text(segment["draft"].replace("city", "town"), encoding="utf-8")
        tarjama("set", "p.tarjama", segment["uid"], "--target-file", "t.txt")
    assert "Added 1 of 1 as preferred" in tarjama("glossary", "suggest", "p.tarjama", "--from", "edits", "--accept").out
    assert "Drafted 1 segments" in tarjama("draft", "p.tarjama").out
    assert "town" in tarjama("segments", "p.tarjama", "--json").json[3]["draft"]

from dataclasses import replace

import pytest

from corpus.draft_record import dump_draft, load_draft
from corpus.keys import source_hash
from corpus.model import Draft, DraftKind, Piece
from glossary.model import NewTerm
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.session import Session
from workbench.staleness import TermKeys, is_stale

SOURCE = "قال المتحدث."
MODEL = ModelIdentity("argos", "full", "1.0", "b" * 64, DraftKind.TRANSLATION, "ar", "en", "beam 2")
GLOSS = replace(MODEL, name="gloss", kind=DraftKind.GLOSS)
DRAFT = Draft(
    text="The spokesman said.",
    kind=DraftKind.TRANSLATION,
    engine="argos",
    model="full",
    model_version="1.0",
    model_sha256="b" * 64,
    source_hash=source_hash(SOURCE),
    settings="beam 2",
    terms_key="spokesman",
    glossary_version=7,
)


def test_a_draft_of_the_same_all_is_good():
    assert not is_stale(DRAFT, SOURCE, MODEL, TermKeys(7, lambda _: pytest.fail("needs no look at the terms")))


@pytest.mark.parametrize(
    "change", [{"name": "other"}, {"version": "1.1"}, {"sha256": "c" * 64}, {"engine": "other"}, {"settings": "beam 4"}]
)
def test_another_model_or_setting_makes_it_stale(change):
    assert is_stale(DRAFT, SOURCE, replace(MODEL, **change))


def test_another_source_or_none_is_stale():
    assert is_stale(DRAFT, SOURCE + " ", MODEL)
    assert is_stale(None, SOURCE, MODEL)
    assert is_stale(DRAFT, SOURCE + " ", None)
    assert not is_stale(DRAFT, SOURCE, None)


def test_a_gloss_takes_no_translation_s_place_but_a_translation_a_gloss_s():
    assert not is_stale(DRAFT, SOURCE, GLOSS)
    assert is_stale(replace(DRAFT, kind=DraftKind.GLOSS, model="gloss"), SOURCE, MODEL)
    assert is_stale(DRAFT, SOURCE + " ", GLOSS)


def test_what_went_through_english_makes_way_for_a_direct_model_and_never_the_other_way():
    pivot = replace(MODEL, name="a + b through en", kind=DraftKind.PIVOT)
    assert not is_stale(DRAFT, SOURCE, pivot)
    through_english = replace(DRAFT, kind=DraftKind.PIVOT, model="a + b through en")
    assert not is_stale(through_english, SOURCE, pivot)
    assert is_stale(through_english, SOURCE, MODEL)
    assert not is_stale(through_english, SOURCE, GLOSS)
    assert is_stale(replace(DRAFT, kind=DraftKind.GLOSS, model="gloss"), SOURCE, pivot)


def test_unknown_settings_of_an_older_file_are_no_reason():
    assert not is_stale(replace(DRAFT, settings=""), SOURCE, MODEL)


@pytest.mark.parametrize(("key", "stale"), [("spokesman", False), ("spokesperson", True), ("", True)])
def test_only_what_the_glossary_says_of_this_source_counts(key, stale):
    assert is_stale(DRAFT, SOURCE, MODEL, TermKeys(8, lambda _: key)) is stale


def test_a_draft_is_kept_with_all_that_tells_its_age_and_an_older_one_as_it_was():
    assert load_draft(dump_draft(DRAFT)) == DRAFT
    older = replace(DRAFT, settings="", terms_key="", pieces=(Piece(0, 3, "said", -0.5),))
    assert "settings" not in dump_draft(older)
    assert "terms_key" not in dump_draft(older)
    assert load_draft(dump_draft(older)) == older


@pytest.fixture
def session(tmp_path, home):
    (tmp_path / "news.txt").write_text("عنوان\n\nقال المتحدث.\n\nوعاد السكان.\n\nوقال المتحدث ذلك.", encoding="utf-8")
    with Session.create(tmp_path / "p.tarjama", home=home, actor="anna") as made:
        made.import_file(tmp_path / "news.txt")
        yield made


def keys(session):
    """Return keys as an engine that obeys terms makes them: of the terms found in a source."""
    session.terms.add(NewTerm("سكان", "residents"))

    def key(source):
        return " ".join(sorted(match.entry.target for match in session.terms.find(source)))

    return TermKeys(1, key)


def store(session, segments, identity, terms):
    drafts = [
        (one, DraftedText(index, "a draft", (), terms_key=terms.key(one.source), glossary_version=terms.version))
        for index, one in enumerate(segments)
    ]
    session.drafts.store(drafts, identity)


def test_a_new_term_redoes_the_drafts_of_sources_that_have_it_and_no_other(session):
    terms = keys(session)
    store(session, session.drafts.to_draft(identity=MODEL, terms=terms), MODEL, terms)
    assert session.drafts.to_draft(identity=MODEL, terms=terms) == []

    session.terms.add(NewTerm("متحدث", "spokesperson"))
    later = replace(terms, version=2)
    touched = session.segments()[3]
    session.save_target(touched.uid, "mine", touched.version)
    wanted = session.drafts.to_draft(identity=MODEL, terms=later)
    assert [segment.position for segment in wanted] == [2]  # the title and the residents are not, nor what was edited
    store(session, wanted, MODEL, later)
    assert session.drafts.to_draft(identity=MODEL, terms=later) == []


def test_a_draft_remembers_its_model_and_settings_in_the_file(session):
    store(session, session.drafts.to_draft(identity=MODEL), MODEL, TermKeys(3, lambda _: "key"))
    draft = session.segments()[0].draft
    assert (draft.settings, draft.terms_key, draft.glossary_version) == ("beam 2", "key", 3)
    assert session.drafts.to_draft(identity=replace(MODEL, settings="beam 4")) == session.segments()
    assert session.problems() == []

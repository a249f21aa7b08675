"""Terms in drafts with real models: one that knows several words for a thing, and the bundled gloss."""

import pytest

from glossary.matcher import Matcher
from glossary.model import TermEntry, TermStatus
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import bundled
from workbench.engines.protocol import ObeysTerms, PlaceQuestion, Rewording
from workbench.obeying import FORBIDDEN, NOT_USED, DraftWithTerms, put_terms_in

SOURCE = "قال المتحدث إن القصف مستمر في المدينة ."
DRAFT = "said spokesman that bombing continues in city ."


@pytest.fixture(scope="module")
def engine(senses):
    return ArgosEngine(senses, threads=1)


@pytest.fixture(scope="module")
def gloss():
    return ArgosEngine(bundled()[0], threads=1)


def entry(source, target, status=TermStatus.PREFERRED, concept="", **fields):
    return TermEntry(f"{source}={target}", concept or source, source, target, status, **fields)


def drafted(engine, source, *entries):
    """Return a draft with terms, and the same without."""
    (plain,) = engine.draft([source])
    (put,) = put_terms_in([DraftWithTerms(source, plain, Matcher(entries).find(source))], engine)
    return put, plain


def place(text, words):
    start = text.index(words)
    return start, start + len(words)


def reworded(engine, words, term, *avoided):
    (result,) = engine.reword([Rewording(SOURCE, DRAFT, *place(DRAFT, words), term, avoided)])
    return result


def test_the_engine_obeys_terms(engine, gloss):
    assert isinstance(engine, ObeysTerms)
    assert isinstance(gloss, ObeysTerms)


def test_words_are_found_by_what_the_model_looks_at(engine):
    asked = [PlaceQuestion(SOURCE, DRAFT, *place(SOURCE, word)) for word in ("القصف", "المدينة", "المتحدث")]
    assert engine.places(asked) == [place(DRAFT, word) for word in ("bombing", "city", "spokesman")]


def test_a_prefix_with_the_term_truly_changes_what_the_model_says(engine):
    result = reworded(engine, "bombing", "shelling")
    assert result.text == "said spokesman that shelling continues in city ."
    assert result.loss == pytest.approx(0, abs=0.01)
    # A term of two tokens pushes this model, which goes by places, on by one: the continuation is its own, no splice.
    assert reworded(engine, "bombing", "mortar shelling").text == "said spokesman that mortar shelling in city ."


def test_after_a_term_that_does_not_fit_the_rest_gets_less_likely(engine):
    result = reworded(engine, "city", "quarantine")
    assert result.loss > 2


def test_what_is_avoided_is_said_otherwise(engine):
    result = reworded(engine, "bombing", "", "bombing")
    assert result.text == "said spokesman that pounding continues in city ."
    assert result.score < reworded(engine, "bombing", "").score


def test_rewordings_that_avoid_different_words_keep_their_order(engine):
    wishes = [
        Rewording(SOURCE, DRAFT, *place(DRAFT, "bombing"), "", ("bombing",)),
        Rewording(SOURCE, DRAFT, *place(DRAFT, "city"), "town"),
        Rewording(SOURCE, DRAFT, *place(DRAFT, "spokesman"), "", ("spokesman",)),
    ]
    assert [one.text for one in engine.reword(wishes)] == [
        "said spokesman that pounding continues in city .",
        "said spokesman that bombing continues in town .",
        "said spokesperson that bombing continues in city .",
    ]


def test_several_terms_are_put_in(engine):
    put, plain = drafted(engine, SOURCE, entry("قصف", "shelling"), entry("متحدث", "spokesperson"))
    assert put.text == "said spokesperson that shelling continues in city ."
    assert put.before_terms == plain.text == DRAFT
    assert [(SOURCE[one.start : one.end], one.instead, one.applied) for one in put.terms] == [
        ("المتحدث", "spokesman", "spokesperson"),
        ("القصف", "bombing", "shelling"),
    ]
    assert put.flags == ()
    assert put.pieces[0].text == put.text


def test_a_draft_that_gets_worse_is_refused_and_the_term_suggested(engine):
    put, plain = drafted(engine, SOURCE, entry("مدينة", "quarantine"))
    assert (put.text, put.pieces, put.before_terms) == (plain.text, plain.pieces, "")
    (term,) = put.terms
    assert (term.target, term.instead, term.applied) == ("quarantine", "city", "")
    assert put.flags == (NOT_USED,)


def test_a_draft_that_loses_another_term_is_refused(engine):
    put, plain = drafted(engine, SOURCE, entry("قصف", "mortar shelling"), entry("مستمر", "continues"))
    assert put.text == plain.text
    assert [one.target for one in put.terms] == ["mortar shelling"]


def test_a_forbidden_word_is_not_said_where_the_model_knows_another(engine):
    put, _ = drafted(engine, SOURCE, entry("قصف", "bombing", TermStatus.FORBIDDEN))
    assert put.text == "said spokesman that pounding continues in city ."
    (term,) = put.terms
    assert (term.target, term.instead, term.applied) == ("", "bombing", "pounding")


def test_a_forbidden_word_gives_way_to_the_preferred_one(engine):
    terms = entry("قصف", "bombing", TermStatus.FORBIDDEN), entry("قصف", "shelling")
    put, _ = drafted(engine, SOURCE, *terms)
    assert put.text == "said spokesman that shelling continues in city ."


def test_a_forbidden_word_without_another_stays_and_is_told(engine):
    put, plain = drafted(engine, SOURCE, entry("مستمر", "continues", TermStatus.FORBIDDEN))
    assert put.text == plain.text
    assert put.flags == (FORBIDDEN,)


def test_terms_take_the_places_of_words_in_a_gloss(gloss):
    source = "قال المتحدث إن الغارات مستمرة في المدينة وقال إن الغارات كثيرة"
    put, plain = drafted(gloss, source, entry("غارة", "raid", forms=("غارات",)), entry("المدينة", "town"))
    assert plain.text.count("air strikes") == 2
    assert put.text == plain.text.replace("air strikes", "raids").replace("city", "town")
    assert "the raids" in put.text
    assert put.before_terms == plain.text


def test_a_word_that_the_gloss_does_not_know_becomes_the_term(gloss):
    put, plain = drafted(gloss, "وصلت المسيّرات الانتحارية إلى المدينة", entry("مسيّرة", "drone"))
    assert "المسيرات" in plain.text
    assert put.text == "arrived drone الانتحارية to the city"

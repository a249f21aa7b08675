"""The commands that keep a glossary whole and sound, as scripts see them."""

from __future__ import annotations

import pytest

from corpus.model import DraftKind, State
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.session import Session

ARTICLE = """سقطت الباغوز أمس.

خرجوا من الباغوز إلى المخيم.

وبالباغوز مدنيون كثيرون.
"""
DRAFTS = ("Baguz fell yesterday.", "They left Baguz for the camp.", "In Baguz are many civilians.")
ENGINE = ModelIdentity("test", "m", "1", "", DraftKind.TRANSLATION, "ar", "en")


@pytest.fixture
def project(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    assert tarjama("init", "p.tarjama", "--glossary", "terms.db").code == 0
    assert tarjama("import", "p.tarjama", "news.txt").code == 0
    return tmp_path / "p.tarjama"


@pytest.fixture
def edited(project, home):
    """Give each segment a draft, and a confirmed translation with the name spelled otherwise."""
    with Session.open(project, home=home) as session:
        segments = session.segments()
        drafted = [(segment, DraftedText(0, text, ())) for segment, text in zip(segments, DRAFTS, strict=True)]
        for segment in session.drafts.store(drafted, ENGINE):
            assert segment.draft is not None
            session.set_target(segment.uid, segment.draft.text.replace("Baguz", "Baghouz"), State.TRANSLATED)
    return project


def test_candidates_are_listed_with_places(tarjama, project):
    report = tarjama("glossary", "suggest", project, "--json").json
    (candidate,) = report["corpus"]
    assert (candidate["text"], candidate["count"], candidate["rendering"]) == ("الباغوز", 3, "")
    assert [(one["start"], one["end"]) for one in candidate["examples"]] == [(5, 12), (9, 16), (0, 9)]
    assert (report["edits"], report["added"]) == ([], 0)


def test_edits_are_listed_with_their_evidence(tarjama, edited):
    result = tarjama("glossary", "suggest", edited, "--from", "edits")
    assert result.out == "الباغوز = Baghouz (edits: “Baguz” changed in 3 segments, left in 0)\n"


def test_a_candidate_has_the_english_that_goes_with_it(tarjama, edited):
    result = tarjama("glossary", "suggest", edited, "--from", "corpus")
    assert result.out == "الباغوز = Baghouz (name, 3 times in 3 segments)\n"


def test_added_suggestions_are_proposed_and_not_suggested_again(tarjama, edited):
    assert tarjama("glossary", "suggest", edited, "--add").out.endswith("Added 1 of 2 as proposed\n")
    (term,) = tarjama("glossary", "list", "--glossary", "terms.db", "--json").json
    assert (term["source"], term["target"], term["status"]) == ("الباغوز", "Baghouz", "proposed")
    assert tarjama("glossary", "suggest", edited).out == "Nothing to suggest.\n"


def test_a_candidate_without_english_is_added_too(tarjama, project):
    assert tarjama("glossary", "suggest", project, "--add").out.endswith("Added 1 of 1 as proposed\n")
    assert tarjama("glossary", "suggest", project).out == "Nothing to suggest.\n"
    report = tarjama("glossary", "report", "--glossary", "terms.db", "--json").json
    assert report["counts"]["one-language"] == 1


def test_the_report_fails_on_serious_findings_only(tarjama):
    tarjama("glossary", "add", "هدنة", "truce", "--domain", "war")
    assert tarjama("glossary", "report").out == "no-definition: “هدنة” has no definition\n1 no-definition\n"
    assert tarjama("glossary", "report").code == 0
    tarjama("glossary", "add", "هدنة", "armistice", "--domain", "war")
    assert tarjama("glossary", "report").code == 1
    assert tarjama("glossary", "report", "--kind", "no-definition").code == 0


def test_the_report_names_the_terms_a_project_does_not_have(tarjama, project):
    for arabic in ("الباغوز", "الموصل"):
        tarjama("glossary", "add", arabic, "x", "--glossary", "terms.db")
    result = tarjama("glossary", "report", "--project", project, "--kind", "unused")
    assert result.out == "unused: “الموصل” does not occur in the corpus\n1 unused\n"


def test_a_report_on_no_glossary_is_an_error_and_makes_none(tarjama, tmp_path):
    result = tarjama("glossary", "report", "--glossary", "none.db")
    assert (result.code, result.out) == (2, "")
    assert "There is no glossary at none.db" in result.err
    assert not (tmp_path / "none.db").exists()

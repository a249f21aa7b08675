"""The commands on single terms and concepts."""

import pytest


@pytest.fixture
def shelling(tarjama):
    options = ["--form", "قصوف", "--tag", "desk", "--tag", "war", "--pos", "noun", "--case-sensitive"]
    assert tarjama("glossary", "add", "قصف", "shelling", *options).code == 0
    (term,) = tarjama("glossary", "search", "shelling", "--json").json
    return term["uid"]


def shown(tarjama, uid):
    return tarjama("glossary", "show", uid, "--json").json


def test_a_term_is_added_with_all_its_fields_and_shown(tarjama, shelling):
    concept = shown(tarjama, shelling)
    arabic, english = concept["terms"]
    assert (concept["tags"], arabic["forms"], english["case_sensitive"]) == (["desk", "war"], ["قصوف"], True)
    text = tarjama("glossary", "show", concept["uid"]).out
    assert "tags: desk | war" in text
    assert "case sensitive: yes" in text


def test_a_term_that_is_not_translated_needs_no_english(tarjama):
    assert tarjama("glossary", "add", "NATO", "--do-not-translate").out == "NATO = NATO (preferred)\n"
    refused = tarjama("glossary", "add", "هدنة")
    assert refused.code == 2
    assert "both sides" in refused.err


def test_several_terms_are_edited_together_or_not_at_all(tarjama, shelling):
    tarjama("glossary", "add", "هدنة", "truce")
    (truce,) = tarjama("glossary", "search", "truce", "--json").json
    assert tarjama("glossary", "edit", shelling, truce["uid"], "--domain", "war", "--tag", "").code == 0
    assert {term["domain"] for term in tarjama("glossary", "list", "--json").json} == {"war"}
    assert shown(tarjama, shelling)["tags"] == []
    assert tarjama("glossary", "edit", shelling, "nobody", "--domain", "peace").code == 2
    assert {term["domain"] for term in tarjama("glossary", "list", "--json").json} == {"war"}


def test_proposed_terms_are_approved(tarjama, shelling):
    tarjama("glossary", "edit", shelling, "--status", "proposed")
    assert tarjama("glossary", "approve", shelling).out == "قصف = shelling (preferred)\n"


def test_concepts_are_joined_by_the_uids_of_their_terms(tarjama, shelling):
    tarjama("glossary", "add", "قصف", "bombardment", "--domain", "war")
    (other,) = tarjama("glossary", "search", "bombardment", "--json").json
    assert tarjama("glossary", "join", shelling, other["uid"]).code == 0
    assert [term["text"] for term in shown(tarjama, shelling)["terms"]] == ["قصف", "shelling", "bombardment"]
    assert tarjama("glossary", "join", shelling, shelling).code == 2


def test_plurals_that_a_project_has_are_listed_and_learned(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text("دعا الوزراء إلى هدنة.\n\nوغادر وزراؤها المدينة.\n", encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "news.txt")
    tarjama("glossary", "add", "وزير", "minister")
    (form,) = tarjama("glossary", "forms", "p.tarjama", "--json").json
    assert (form["form"], form["count"], form["entry"]["source"]) == ("وزراء", 2, "وزير")
    learned = tarjama("glossary", "learn", form["entry"]["uid"], "وزراء", "وزراء")
    assert learned.out == "وزير = minister (preferred): وزراء\n"
    assert tarjama("glossary", "forms", "p.tarjama").out == ""
    assert tarjama("glossary", "learn", form["entry"]["uid"], " ").code == 2

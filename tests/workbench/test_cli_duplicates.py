import pytest

from workbench.duplicates import load_index, other_documents
from workbench.paths import Home
from workbench.session import Session

STATEMENT = "أعلنت وزارة الصحة في مؤتمر صحفي أن عدد المصابين ارتفع إلى ثلاثين شخصا في المدينة"
OTHER = "وعاد سكان القرى الشمالية إلى بيوتهم بعد أن فتح الجيش الطريق أمام القوافل"


@pytest.fixture
def project(tarjama, tmp_path):
    (tmp_path / "a.txt").write_text(f"{STATEMENT}.\n\n{OTHER}.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{STATEMENT.replace('أ', 'ا')}.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text(f"{OTHER}. {STATEMENT}. ثم انتهى المؤتمر\n", encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "a.txt", "b.txt", "c.txt")
    uid = tarjama("segments", "p.tarjama", "--json", "--document", "b.txt").json[0]["uid"]
    (tmp_path / "t.txt").write_text("The health ministry said …", encoding="utf-8")
    tarjama("set", "p.tarjama", uid, "--target-file", "t.txt")
    return "p.tarjama"


def test_groups_and_pairs_are_listed_with_their_translations(tarjama, project):
    out = tarjama("duplicates", project).out
    assert "2 times, also in 1 document:" in out
    assert "b.txt:1: translated The health ministry said …" in out
    assert "a.txt:1 is quoted in c.txt:1" in out
    assert "1 groups of the same and nearly the same, 2 pairs" in out


def test_they_are_json_and_of_one_document_when_asked_for(tarjama, project):
    said = tarjama("duplicates", project, "--json").json
    (group,) = said["groups"]
    assert (group["documents"], [one["document"] for one in group["segments"]]) == (2, ["a.txt", "b.txt"])
    assert {pair["relation"] for pair in said["pairs"]} == {"is quoted in"}
    assert tarjama("duplicates", project, "--json", "--document", "c.txt").json["groups"] == []


def test_a_session_tells_where_else_a_paragraph_stands(tarjama, project, tmp_path):
    with Session.open(tmp_path / project, home=Home.from_environment()) as session:
        session.duplicates.take(load_index(tmp_path / project))
        first = session.segments("a.txt")[0]
        found = session.duplicates.of(first.uid)
        assert [(one.document, one.relation.value, one.segment.text) for one in found] == [
            ("b.txt", "is the same as", "The health ministry said …"),
            ("c.txt", "is quoted in", ""),
        ]
        assert len(other_documents(found, first.document_uid)) == 2
        (tmp_path / "d.txt").write_text(f"{STATEMENT}.\n", encoding="utf-8")
        session.import_file(tmp_path / "d.txt")
        assert len(other_documents(session.duplicates.of(first.uid), first.document_uid)) == 3

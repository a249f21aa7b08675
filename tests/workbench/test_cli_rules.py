import pytest

from workbench.engines.choice import choose_engine
from workbench.paths import Home
from workbench.settings import Settings

AT_COMMAS = """<srx version="2.0" xmlns="http://www.lisa.org/srx20"><header cascade="no"/><body><languagerules>
<languagerule languagerulename="Commas">
<rule break="yes"><beforebreak>،</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule></languagerules><maprules><languagemap languagepattern="ar.*" languagerulename="Commas"/></maprules>
</body></srx>"""


@pytest.fixture
def srx(tmp_path):
    path = tmp_path / "mine.srx"
    path.write_text(AT_COMMAS, encoding="utf-8")
    return path


def test_rules_are_put_in_used_taken_out_and_reset(tarjama, srx, tmp_path):
    assert tarjama("rules", "export", "ours.srx").out == "Wrote the rules of Tarjama to ours.srx\n"
    result = tarjama("rules", "import", srx)
    assert result.out == "From now on 1 rules hold, for Commas\n"
    assert result.err == "None of them ends a sentence in English (en): it will not be cut.\n"
    assert [one["text"] for one in tarjama("rules", "test", "نعم، لا. ثم", "--json").json["sentences"]] == [
        "نعم،",
        "لا. ثم",
    ]
    assert tarjama("rules", "export", "again.srx").out == "Wrote your rules to again.srx\n"
    assert tarjama("rules", "reset").out == "The rules of Tarjama hold again.\n"
    assert tarjama("rules", "reset").out == "There were no others than those of Tarjama.\n"
    assert len(tarjama("rules", "test", "نعم، لا. ثم", "--json").json["sentences"]) == 2
    assert tarjama("rules", "import", "ours.srx").err == ""


def test_drafts_are_made_by_the_rules_of_the_user(tarjama, srx):
    home = Home.from_environment()
    tarjama("rules", "import", srx)
    engine = choose_engine(home, Settings(), "ar", "en")
    (drafted,) = engine.draft(["قال المتحدث، عاد السكان."])
    assert len(drafted.pieces) == 2


@pytest.mark.parametrize(
    "content",
    [
        "not XML",
        "<tmx/>",
        AT_COMMAS.replace("،", "("),
        AT_COMMAS.replace("،", "(?:(?:a{1000}){1000}){1000}"),
        AT_COMMAS.replace("ar.*", "("),
        '<!DOCTYPE srx [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + AT_COMMAS.replace("،", "&a;"),
    ],
)
def test_rules_that_are_no_good_change_nothing(tarjama, srx, tmp_path, content):
    tarjama("rules", "import", srx)
    (tmp_path / "bad.srx").write_text(content, encoding="utf-8")
    result = tarjama("rules", "import", "bad.srx")
    assert result.code == 2
    assert result.err.startswith("Error: ")
    assert len(tarjama("rules", "test", "نعم، لا", "--json").json["sentences"]) == 2


def test_a_damaged_file_in_the_home_is_told_and_can_be_reset(tarjama):
    home = Home.from_environment()
    home.segmentation.parent.mkdir(parents=True, exist_ok=True)
    home.segmentation.write_text("<", encoding="utf-8")
    result = tarjama("rules", "test", "نعم")
    assert result.code == 2
    assert "segmentation.srx" in result.err
    assert tarjama("rules", "reset").code == 0


def test_the_rule_at_each_place_is_told_for_a_text_a_file_and_a_language(tarjama, tmp_path):
    (tmp_path / "text.txt").write_text("قال د. علي. ثم مضى", encoding="windows-1256")
    out = tarjama("rules", "test", "text.txt").out
    assert "1. قال د. علي.\n" in out
    assert "kept together by Arabic 1" in out
    assert "cut by Common 2" in out
    out = tarjama("rules", "test", "No. 5 is e.g. here. Yes", "--language", "en").out
    assert out.count("kept together") == 2
    assert "2. Yes" in out

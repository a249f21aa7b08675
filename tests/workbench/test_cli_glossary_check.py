"""``tarjama glossary check`` as scripts see it."""

import pytest


@pytest.fixture
def check(tarjama, tmp_path):
    for english, status in (("shelling", "preferred"), ("bombing", "forbidden")):
        tarjama("glossary", "add", "--glossary", "g.db", "قصف", english, "--pos", "noun", "--status", status)

    def run(source, target, *options):
        (tmp_path / "ar.txt").write_bytes(source)
        (tmp_path / "en.txt").write_bytes(target)
        return tarjama("glossary", "check", "--glossary", "g.db", *options, "ar.txt", "en.txt")

    return run


def test_a_clean_translation_prints_nothing(check):
    result = check("القصف\r\nقصف\n".encode(), b"Shelling\r\n\n")
    assert (result.code, result.out) == (0, "")


def test_findings_are_printed_by_line_and_the_exit_code_tells(check):
    result = check("كلمة\nالقصف\nقصف".encode(), b"a word\nThe Bombing\nnoise")
    assert result.code == 1
    assert result.out == (
        "2: error term-forbidden: “Bombing” must not be used for “القصف”; use “shelling”. [put “Shelling”]\n"
        "3: warning term-missing: “قصف” should be “shelling”, which the translation does not have.\n"
    )


def test_json(check):
    result = check("القصف\n".encode(), b"The bombing\n", "--json")
    assert result.code == 1
    (finding,) = result.json
    assert (finding["line"], finding["check"], finding["target_span"]) == (1, "term-forbidden", [4, 11])


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [(b"a\nb\n", b"a\n", "has 2 lines"), (b"a\n", b"\xff\n", "not UTF-8")],
)
def test_wrong_input(check, source, target, said):
    result = check(source, target)
    assert result.code == 2
    assert said in result.err


def test_a_missing_file(tarjama, check):
    check(b"", b"")
    assert tarjama("glossary", "check", "--glossary", "g.db", "ar.txt", "none.txt").code == 2

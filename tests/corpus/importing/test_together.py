import pytest

from corpus.errors import DocumentError
from corpus.importing.found import FoundFile
from corpus.importing.together import read_together

LONG, NONE = 1000.0, -1.0  # moments


@pytest.fixture
def files(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"قال المتحدث {name}", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2")
    return {path.stem: path for path in tmp_path.iterdir()}


def named(groups):
    return [[one.message if isinstance(one, DocumentError) else one.name for one in group] for group in groups]


def test_what_is_read_in_a_moment_makes_a_group_and_a_bad_file_is_told_in_its_place(files):
    found = [FoundFile(files[name], name) for name in ("a", "bad", "b")]
    assert named(read_together(found, moment=LONG)) == [["a", "bad: The file is not text that can be read.", "b"]]


def test_a_file_that_takes_a_moment_is_a_group(files):
    found = [FoundFile(files[name], "") for name in "abc"]
    assert named(read_together(found, moment=NONE)) == [["a.txt"], ["b.txt"], ["c.txt"]]


def test_no_group_has_a_name_twice(files):
    found = [FoundFile(files["a"], "x"), FoundFile(files["b"], "y"), FoundFile(files["c"], "x")]
    assert named(read_together(found, moment=LONG)) == [["x", "y"], ["x"]]


def test_files_are_read_as_they_are_asked_for(files):
    def names():
        yield FoundFile(files["a"], "")
        raise AssertionError

    assert named([next(read_together(names(), moment=NONE))]) == [["a.txt"]]

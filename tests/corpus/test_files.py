import pytest

from corpus.errors import ExportError
from corpus.files import atomic_write


def test_a_file_appears_whole(tmp_path):
    with atomic_write(tmp_path / "out") as stream:
        stream.write(b"new")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_keeps_the_old_file_and_leaves_nothing_beside_it(tmp_path):
    (tmp_path / "out").write_bytes(b"old")
    with pytest.raises(ValueError, match="closed"), atomic_write(tmp_path / "out") as stream:
        stream.write(b"half of the new")
        stream.close()
    assert (tmp_path / "out").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("place", ["", "no/such/folder/out"])
def test_a_place_that_cannot_be_written_is_told(tmp_path, place):
    with pytest.raises(ExportError) as caught, atomic_write(tmp_path / place):
        pass
    assert caught.value.hint

import pytest

ARTICLE = "قال المتحدث نعم. ثم ذهب إلى بيته. وعاد السكان."


@pytest.fixture
def uid(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "news.txt")
    (tmp_path / "t").write_text("He said yes. He went home. They returned.", encoding="utf-8")
    (segment,) = segments(tarjama)
    assert tarjama("set", "p.tarjama", segment["uid"], "--target-file", "t").code == 0
    return segment["uid"]


def segments(tarjama):
    return tarjama("segments", "p.tarjama", "--json").json


def test_sentences_become_segments_and_one_again(tarjama, uid):
    report = tarjama("split", "p.tarjama", uid, "--sentences", "--json").json
    found = segments(tarjama)
    assert report["written"] == [one["uid"] for one in found]
    assert [(one["order"], one["part"], one["target"], one["state"]) for one in found] == [
        (1, 1, "He said yes.", "edited"),
        (1, 2, "He went home.", "edited"),
        (1, 3, "They returned.", "edited"),
    ]
    assert "".join(one["source"] for one in found) == ARTICLE
    joined = tarjama("join", "p.tarjama", *report["written"])
    assert joined.out.startswith(f"{uid} 1 edited\n  {ARTICLE}\n  He said yes. He went home. They returned.\nChange ")
    assert tarjama("undo", "p.tarjama").code == 0
    assert tarjama("undo", "p.tarjama").code == 0
    assert [(one["uid"], one["state"]) for one in segments(tarjama)] == [(uid, "translated")]


def test_a_segment_is_cut_where_one_says(tarjama, uid):
    assert f"{uid} 1.1 edited" in tarjama("split", "p.tarjama", uid, "--at", "16", "--target-at", "12").out
    assert [one["target"] for one in segments(tarjama)] == ["He said yes.", "He went home. They returned."]


@pytest.mark.parametrize("options", [(), ("--at", "3", "--sentences"), ("--at", "0"), ("--at", "999")])
def test_wrong_places_are_wrong_use(tarjama, uid, options):
    result = tarjama("split", "p.tarjama", uid, *options)
    assert (result.code, result.out) == (2, "")
    assert tarjama("join", "p.tarjama", uid).code == 2
    assert len(segments(tarjama)) == 1

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus.word_diff import Fate, word_diff


def parts(old, new):
    diff = word_diff(old, new)
    return [(diff.text[part.start : part.end], part.fate) for part in diff.parts]


def test_what_goes_stands_before_what_comes():
    assert parts("The city's gates", "The town's gates") == [
        ("The ", Fate.KEPT),
        ("city's", Fate.DELETED),
        (" ", Fate.KEPT),
        ("town's", Fate.INSERTED),
        (" gates", Fate.KEPT),
    ]
    assert word_diff("The city", "The town").first_change == 4


def test_equal_texts_have_nothing_to_show():
    diff = word_diff("the same", "the same")
    assert (diff.text, diff.first_change, diff.fate_at(0)) == ("the same", 0, Fate.KEPT)


@given(st.text(), st.text())
def test_both_texts_can_be_read_from_it(old, new):
    shown = parts(old, new)
    gaps = [
        place
        for place, (text, fate) in enumerate(shown)
        if text == " "
        and fate is Fate.KEPT
        and 0 < place < len(shown) - 1
        and shown[place - 1][1] is Fate.DELETED
        and shown[place + 1][1] is Fate.INSERTED
    ]
    kept = [part for place, part in enumerate(shown) if place not in gaps]
    # A space that was kept between the two looks like the gap: leaving both out of the comparison is enough.
    assert "".join(t for t, fate in kept if fate is not Fate.INSERTED).replace(" ", "") == old.replace(" ", "")
    assert "".join(t for t, fate in kept if fate is not Fate.DELETED).replace(" ", "") == new.replace(" ", "")


def test_it_can_be_written_with_marks():
    assert word_diff("قال المتحدث نعم", "قال الناطق نعم أمس").marked == "قال [-المتحدث-]{+الناطق+} نعم {+أمس+}"
    assert word_diff("a b", "b").marked == "[-a-] b"
    assert word_diff("one", "one two").marked == "one {+two+}"


def test_vowel_marks_are_a_part_of_their_word():
    assert word_diff("قال هُدنة", "قال هِدنة").marked == "قال [-هُدنة-]{+هِدنة+}"


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_the_marked_text_holds_both_texts(old, new):
    marked = word_diff(old, new).marked
    assert re.sub(r"\[-(.*?)-\]|\{\+(.*?)\+\}", r"\2", marked, flags=re.DOTALL).split() == new.split()
    assert re.sub(r"\[-(.*?)-\]|\{\+(.*?)\+\}", r"\1", marked, flags=re.DOTALL).split() == old.split()

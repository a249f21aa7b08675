import pytest

from corpus.errors import CorpusError
from corpus.model import State, StateFilter


def test_states_are_ordered_as_work_goes():
    assert [state.label for state in sorted(State)] == [
        "untranslated",
        "drafted",
        "edited",
        "translated",
        "reviewed",
    ]


@pytest.mark.parametrize("state", list(State))
def test_a_label_names_its_state(state):
    assert State.parse(state.label) is state


def test_an_unknown_state_is_answered_with_the_valid_ones():
    with pytest.raises(CorpusError) as caught:
        State.parse("done")
    assert "translated" in caught.value.hint


@pytest.mark.parametrize(
    ("written", "admitted"),
    [("drafted", {State.DRAFTED}), ("translated+", {State.TRANSLATED, State.REVIEWED})],
)
def test_a_filter_admits_one_state_or_that_and_later(written, admitted):
    assert {state for state in State if StateFilter.parse(written).admits(state)} == admitted

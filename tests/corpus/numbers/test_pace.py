from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.journal import timestamp
from corpus.numbers.pace import Pauses, WorkStep, worked

START = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
PAUSES = Pauses(longest=300, counted=30)


def step(seconds, row=1, actor="anna", change=""):
    return WorkStep(timestamp(START + timedelta(seconds=seconds)), actor, change, row, confirms=False)


def seconds_of(*steps, pauses=PAUSES):
    return [done.seconds for done in worked(steps, pauses)]


def test_time_up_to_the_longest_pause_counts_for_the_segment_changed_at_its_end():
    done = list(worked([step(0, 1), step(40, 1), step(340, 2)], PAUSES))
    assert [(one.step.row, one.seconds) for one in done] == [(1, 30), (1, 40), (2, 300)]


def test_after_a_longer_pause_a_little_counts():
    assert seconds_of(step(0), step(301), step(100_000)) == [30, 30, 30]
    assert seconds_of(step(0), step(11), pauses=Pauses(longest=10)) == [10, 10]


def test_each_person_has_a_clock_of_their_own():
    steps = [step(0), step(10, actor="omar"), step(20), step(25, actor="omar")]
    assert seconds_of(*steps) == [30, 30, 20, 15]


def test_time_before_a_change_of_many_segments_is_shared():
    steps = [step(0), step(60, 2, change="c"), step(60, 3, change="c"), step(70, 4)]
    assert seconds_of(*steps) == [30, 30, 30, 10]


def test_two_changes_of_single_segments_at_one_time_are_not_one_change():
    assert seconds_of(step(0), step(60, 2), step(60, 3)) == [30, 60, 0]


def test_a_clock_that_was_set_back_takes_nothing_away():
    assert seconds_of(step(100), step(0), step(5)) == [30, 0, 5]


@given(st.lists(st.tuples(st.integers(0, 2000), st.sampled_from(["anna", "omar"])), max_size=30))
def test_nobody_has_worked_longer_than_the_time_that_passed(moments):
    at, steps = 0, []
    for gap, actor in moments:
        at += gap
        steps.append(step(at, actor=actor))
    total = dict.fromkeys(["anna", "omar"], 0.0)
    for done in worked(steps, PAUSES):
        total[done.step.actor] += done.seconds
    for actor in total:
        own = [datetime.fromisoformat(one.at) for one in steps if one.actor == actor]
        spent = (own[-1] - own[0]).total_seconds() if own else 0
        assert total[actor] <= spent + PAUSES.counted
        assert total[actor] == pytest.approx(sum(d.seconds for d in worked(steps, PAUSES) if d.step.actor == actor))

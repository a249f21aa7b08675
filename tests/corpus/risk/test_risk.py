from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Draft, DraftKind, Piece
from corpus.risk.features import FEATURES, Measured, measure, measure_pieces, together
from corpus.risk.flags import Flag, flags_of
from corpus.risk.learning import ENOUGH, learned_model, share_changed
from corpus.risk.model import RiskModel, shipped_model
from corpus.risk.weighing import weigh, weigh_draft

SOURCE = "أعلنت الحكومة السورية أن 25 مدنيا قتلوا في قصف على المدينة أمس."
GOOD = "The Syrian government announced that 25 civilians were killed in shelling of the city yesterday."


def test_a_good_draft_has_no_flags_and_less_risk_than_any_bad_one():
    good = weigh(SOURCE, GOOD)
    assert good.flags == ()
    bad = {
        "The Syrian government announced that 52 civilians were killed in shelling.": Flag.NUMBERS,
        "The Syrian government announced that 25 مدنيا were killed in shelling of the city yesterday.": Flag.ARABIC,
        "The Syrian government 25.": Flag.INCOMPLETE,
        "The government said that the government said that the government said that 25.": Flag.REPEATS,
        SOURCE: Flag.COPIED,
        GOOD + " He also went home with the other men, who had all of the things there were." * 2: Flag.TOO_LONG,
    }
    for text, flag in bad.items():
        weighed = weigh(SOURCE, text)
        assert flag in weighed.flags, text
        assert weighed.risk > good.risk, text


@pytest.mark.parametrize("digits", ["٢٥", "۲۵", "25"])
def test_digits_are_the_same_however_written(digits):
    assert measure(f"قتل {digits} مدنيا.", "25 civilians were killed.")["numbers"] == 0


def test_what_the_engine_tells_counts():
    whole = (Piece(0, len(SOURCE), GOOD),)
    plain = weigh(SOURCE, GOOD, whole)
    unsure = weigh(SOURCE, GOOD, (Piece(0, len(SOURCE), GOOD, -1.9),))
    assert unsure.flags == (Flag.UNSURE,)
    assert unsure.risk > plain.risk > weigh(SOURCE, GOOD, (Piece(0, len(SOURCE), GOOD, -0.1),)).risk
    assert weigh(SOURCE, GOOD, whole, capped=True).flags == (Flag.INCOMPLETE,)
    looked_away = weigh(SOURCE, GOOD, whole, attention=(0.4,))
    assert looked_away.flags == (Flag.INCOMPLETE,)
    assert looked_away.risk > plain.risk > weigh(SOURCE, GOOD, whole, attention=(1.0,)).risk


def test_a_draft_is_measured_by_its_sentences():
    source = f"{SOURCE} {SOURCE}"
    second = len(SOURCE) + 1
    pieces = (Piece(0, len(SOURCE), GOOD), Piece(second, len(source), "The government."))
    weighed = weigh(source, f"{GOOD} The government.", pieces)
    assert Flag.INCOMPLETE in weighed.flags
    first, other = measure_pieces(source, "", pieces)
    assert first == measure(SOURCE, GOOD)
    both = together([(first, 1), (other, 1)])
    assert both["length"] == pytest.approx((first["length"] + other["length"]) / 2)
    assert both["score"] is None
    assert weigh(SOURCE, GOOD).risk < weighed.risk < weigh(SOURCE, "The government.").risk


def test_what_a_human_confirmed_has_no_risk():
    draft = Draft("52", DraftKind.MEMORY, "memory", "m", "", "", "")
    assert (weigh_draft(SOURCE, draft).risk, weigh_draft(SOURCE, draft).flags) == (0.0, ())


@given(st.text(max_size=60), st.text(max_size=60), st.none() | st.floats(-20, 0), st.none() | st.floats(0, 1))
def test_any_text_can_be_weighed(source, target, score, attention):
    measured = measure(source, target, score=score, attention=attention)
    assert len(measured.values) == len(FEATURES)
    assert 0 < shipped_model().risk(measured) < 1
    flags_of([measured])


def test_the_shipped_model_is_what_dump_writes():
    model = shipped_model()
    assert RiskModel.load(model.dump()) == model
    assert all(weight >= 0 for weight in model.weights)  # more of anything is worse


def history(size, *, slope):
    """Return drafts in which the share of changed words follows how many commas differ, and nothing else."""
    chance = random.Random(3)  # noqa: S311
    found = []
    for _ in range(size):
        commas = chance.random() / 5
        values = [0.0 if name != "commas" else commas for name in FEATURES]
        found.append((Measured(tuple(values)), min(1.0, 0.1 + slope * commas)))
    return found


def test_enough_history_is_learned_from():
    model = shipped_model()
    some = history(400, slope=4.0)
    assert learned_model(some[: ENOUGH - 1], model) is model
    learned = learned_model(some, model)
    assert learned.loss(*map(list, zip(*some, strict=True))) < model.loss(*map(list, zip(*some, strict=True)))
    commas = FEATURES.index("commas")
    assert learned.weights[commas] > model.weights[commas]
    assert learned.weights[FEATURES.index("copied")] == pytest.approx(model.weights[FEATURES.index("copied")], abs=0.2)


def test_a_history_that_teaches_nothing_is_left_alone():
    model = shipped_model()
    own = [(one, model.risk(one)) for one, _ in history(60, slope=0.0)]
    noise = random.Random(5)  # noqa: S311
    shaken = [(one, min(1.0, max(0.0, risk + noise.choice((-0.05, 0.05))))) for one, risk in own]
    learned = learned_model(shaken, model)
    assert all(abs(learned.risk(one) - model.risk(one)) < 0.03 for one, _ in shaken)


def test_share_changed_counts_words():
    assert share_changed("The men came.", "The men came.") == 0
    assert share_changed("The man came.", "The men came.") == pytest.approx(1 / 3)
    assert share_changed("Nothing at all is right here", "Yes") == 1
    assert share_changed("", "") == 0

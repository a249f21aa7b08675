import pytest
from sacrebleu.metrics import CHRF, TER

from corpus.numbers.effort import LONGEST_FOR_TER, Effort, EffortMeter

PAIRS = [
    ("The speaker said that the truce hold.", "The spokesman said the truce was holding."),
    ("In Tripoli fragile truce", "Fragile truce in Tripoli"),
    ("Nothing was changed here.", "Nothing was changed here."),
    ("entirely other words", "Sie lief"),
]


@pytest.fixture(scope="module")
def meter():
    return EffortMeter()


def test_sums_give_the_scores_that_sacrebleu_gives_for_the_whole(meter):
    total = Effort()
    for draft, final in PAIRS:
        total.add(meter.measure(draft, final))
    drafts, finals = [draft for draft, _ in PAIRS], [final for _, final in PAIRS]
    assert meter.hter(total) == pytest.approx(TER().corpus_score(drafts, [finals]).score)
    assert meter.chrf(total) == pytest.approx(CHRF().corpus_score(drafts, [finals]).score)
    assert (total.segments, total.unchanged, total.too_long) == (4, 1, 0)


def test_the_final_text_is_the_reference(meter):
    """Tercom: a missing word is one edit, and the words of the reference are what it is divided by."""
    effort = meter.measure("one two three", "one two three four")
    assert (effort.edits, effort.words) == (1, 4)
    assert meter.hter(effort) == 25


def test_an_untouched_draft_took_no_work(meter):
    effort = meter.measure("one two", "one two")
    assert (meter.hter(effort), meter.chrf(effort)) == (0, 100)


def test_texts_that_are_too_long_are_counted_and_left_out(meter):
    effort = meter.measure("word " * LONGEST_FOR_TER, "other " * (LONGEST_FOR_TER + 1))
    assert (effort.too_long, effort.words, meter.hter(effort)) == (1, 0, None)
    assert meter.chrf(effort) is not None


def test_nothing_measured_is_no_score(meter):
    assert (meter.hter(Effort()), meter.chrf(Effort())) == (None, None)


def test_the_signatures_tell_the_settings(meter):
    signatures = meter.signatures()
    assert "case:lc" in signatures["hter"]
    assert "nc:6" in signatures["chrf"]

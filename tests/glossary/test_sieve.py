from pathlib import Path

import pytest

from corpus.arabic import words
from glossary.matcher import Matcher
from glossary.model import TermEntry
from glossary.sieve import Sieve

PUD = Path(__file__).parents[3] / "shared" / "terms" / "ar_pud-dev.conllu"


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("مدينة", "في المدن الكبيرة"),
        ("مدينة", "وبمدينتهم"),
        ("امرأة", "وقالت النساء"),
        ("الباغوز", "وصلوا إلى مشارف وبالباغوز"),
        ("حرب أهلية", "بعد الحرب الأهلية"),
        ("قانون", "القَوَانين"),
        ("شأن", "شؤون"),
        ("عاصفة", "عـــواصف"),
        ("COVID", "جائحة covid"),
        ("Covid-19 متحور", "متحور COVID-19 متحور"),
        ("کتاب", "كتابه"),
        ("سلام", "\ufeb3\ufefc\ufee1"),
        ("مدينة", "الم\u200fدينة"),
        ("أو", "هذا أو ذاك"),
    ],
)
def test_what_has_the_term_passes(term, text):
    assert Matcher([TermEntry("e", "c", term, "x")]).find(text)
    assert Sieve([term]).passes(text)


def test_what_cannot_have_the_term_does_not_pass():
    assert not Sieve(["مدينة", "حرب أهلية"]).passes("قال المتحدث نعم")
    assert not Sieve([]).passes("قال المتحدث نعم")
    assert not Sieve(["..."]).passes("قال ... نعم")


@pytest.mark.skipif(not PUD.exists(), reason="needs ../shared/terms")
def test_nothing_that_the_matcher_finds_is_held_back():
    lines = PUD.read_text(encoding="utf-8").splitlines()
    texts = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
    terms = sorted({text[start:end] for text in texts[::5] for start, end in words(text)})[::7]
    for term in terms:
        matcher, sieve = Matcher([TermEntry("e", "c", term, "x")]), Sieve([term])
        held_back = [text for text in texts[:60] if matcher.find(text) and not sieve.passes(text)]
        assert held_back == [], term

"""Words that go together: those that are known, and those that are learned."""

from corpus.alignment.items import stems
from corpus.alignment.lexicon import Lexicon, known_words, learned_words


def test_stems_leave_out_articles_particles_and_endings():
    assert stems("والمدينة وبالمدينة مدينة") == stems("المدينة")
    assert stems("attacks attacked, attacking") == {"attack"}
    assert stems("في ٣ أيام 2024") == stems("في أيام")


def test_words_of_the_news_are_known_in_both_directions():
    known = known_words()
    (village,) = stems("قرية")
    assert "villag" in known.forward[village]
    assert village in known.backward["villag"]


def test_words_that_stand_together_again_and_again_are_learned():
    pairs = [
        (frozenset("اب"), frozenset("ab")),
        (frozenset("اج"), frozenset("ac")),
        (frozenset("بج"), frozenset("bc")),
    ] * 3
    assert learned_words(pairs).forward == {"ا": {"a"}, "ب": {"b"}, "ج": {"c"}}


def test_what_stands_together_once_teaches_nothing():
    assert learned_words([(frozenset("ا"), frozenset("a"))]).forward == {}
    assert learned_words([]).forward == {}
    assert learned_words([(frozenset(), frozenset("a"))] * 3).forward == {}


def test_lexicons_are_joined():
    both = Lexicon.of([("ا", "a")]) | Lexicon.of([("ا", "b"), ("ب", "b")])
    assert both.forward == {"ا": {"a", "b"}, "ب": {"b"}}
    assert both.backward == {"a": {"ا"}, "b": {"ا", "ب"}}

"""How drafts come to have the glossary's terms, with an engine whose every answer is known."""

from dataclasses import dataclass, field

from corpus.model import Piece
from glossary.matcher import Matcher
from glossary.model import TermEntry, TermStatus
from workbench.engines.protocol import DraftedText, Reworded
from workbench.obeying import FORBIDDEN, MARGIN, NOT_USED, DraftWithTerms, put_terms_in


@dataclass
class Wordy:
    """Know which English words stand for which Arabic ones; go on after a term as ``after`` says, else as before."""

    words: dict[str, str]
    after: dict[str, str] = field(default_factory=dict)
    loss: float = 0.0
    asked: list = field(default_factory=list)

    def places(self, questions):
        found = []
        for question in questions:
            words = self.words.get(question.source[question.start : question.end], "")
            start = question.text.lower().find(words) if words else -1
            found.append(None if start < 0 else (start, start + len(words)))
        return found

    def reword(self, rewordings):
        self.asked.append(list(rewordings))
        return [self._one(rewording) for rewording in rewordings]

    def _one(self, rewording):
        rest = rewording.text[rewording.end :]
        if not rewording.avoided:
            rest = self.after.get(rewording.term, rest)
        return Reworded(rewording.text[: rewording.start] + rewording.term + rest, -0.5, self.loss)


def entry(source, target, status=TermStatus.PREFERRED, **fields):
    return TermEntry(f"{source}={target}", source, source, target, status, **fields)


def put(engine, source, text, *entries, pieces=None, **options):
    drafted = DraftedText(0, text, (Piece(0, len(source), text, -0.4),) if pieces is None else pieces, ("length-cap",))
    (result,) = put_terms_in([DraftWithTerms(source, drafted, Matcher(entries).find(source))], engine, **options)
    return result, drafted


SHELLING = entry("قصف", "shelling")
SOURCE = "القصف في المدينة"
WORDS = {"القصف": "bombs", "المدينة": "city"}


def test_a_draft_with_the_term_in_any_form_is_left_alone():
    engine = Wordy(WORDS)
    result, drafted = put(engine, SOURCE, "Shellings in the city", SHELLING)
    assert result is drafted
    assert engine.asked == []


def test_the_term_takes_the_place_of_other_words_and_the_draft_before_is_kept():
    result, drafted = put(Wordy(WORDS), SOURCE, "Bombs in the city", entry("مدينة", "town"))
    assert (result.text, result.before_terms) == ("Bombs in the town", drafted.text)
    assert result.pieces == (Piece(0, len(SOURCE), "Bombs in the town", -0.5),)
    (term,) = result.terms
    assert (SOURCE[term.start : term.end], term.target, term.instead, term.applied) == (
        "المدينة",
        "town",
        "city",
        "town",
    )
    assert result.flags == ("length-cap",)


def test_a_term_has_the_number_of_what_it_replaces_when_the_arabic_may_have_it():
    words = {"الغارات": "strikes", "الغارة": "strike"}
    term = entry("غارة", "raid")
    assert put(Wordy(words), "الغارات هنا", "the strikes here", term)[0].text == "the raids here"
    assert put(Wordy(words), "الغارة هنا", "a strike here", term)[0].text == "a raid here"


def test_an_article_before_the_term_changes_with_it():
    result, _ = put(Wordy({"القصف": "raid"}), "القصف", "a raid began", entry("قصف", "airstrike"))
    assert result.text == "an airstrike began"


def test_what_gets_less_likely_than_the_margin_is_only_suggested():
    for loss, is_taken in ((MARGIN - 0.01, True), (MARGIN + 0.01, False)):
        result, drafted = put(Wordy(WORDS, loss=loss), SOURCE, "the bombs in the city", SHELLING)
        assert (result.text != drafted.text) is is_taken
        assert (NOT_USED in result.flags) is not is_taken
    assert [(term.target, term.instead, term.applied) for term in result.terms] == [("shelling", "bombs", "")]
    assert result.before_terms == ""
    assert put(Wordy(WORDS, loss=2.0), SOURCE, "the bombs here", SHELLING, margin=2.5)[0].text == "the shelling here"


def test_a_term_that_would_stand_twice_is_refused():
    engine = Wordy(WORDS, after={"shelling": " and shelling in the city"})
    result, drafted = put(engine, SOURCE, "the bombs in the city", SHELLING)
    assert result.text == drafted.text
    assert result.flags == ("length-cap", NOT_USED)


def test_a_draft_that_loses_another_term_is_refused():
    engine = Wordy(WORDS, after={"shelling": " in the town"})
    result, drafted = put(engine, SOURCE, "the bombs in the city", SHELLING, entry("مدينة", "city"))
    assert result.text == drafted.text


def test_words_that_come_again_behind_the_term_are_avoided_in_a_second_try():
    engine = Wordy(WORDS, after={"shelling": " bombs in the city"})
    result, _ = put(engine, SOURCE, "the bombs in the city", SHELLING)
    assert result.text == "the shelling in the city"
    assert [one.avoided for (one,) in engine.asked] == [(), ("bombs",)]


def test_several_terms_are_put_in_from_left_to_right():
    engine = Wordy(WORDS)
    result, _ = put(engine, SOURCE, "the city has bombs", SHELLING, entry("مدينة", "town"))
    assert result.text == "the town has shelling"
    assert [one.term for (one,) in engine.asked] == ["town", "shelling"]
    assert [term.applied for term in result.terms] == ["shelling", "town"]


def test_sentences_are_reworded_together_and_only_those_that_need_it():
    engine = Wordy(WORDS)
    texts = ["the bombs", "the shelling", "the bombs again"]
    drafts = [
        DraftWithTerms("القصف", DraftedText(n, text, (Piece(0, 5, text),)), Matcher([SHELLING]).find("القصف"))
        for n, text in enumerate(texts)
    ]
    assert [one.text for one in put_terms_in(drafts, engine)] == ["the shelling", "the shelling", "the shelling again"]
    assert [[one.text for one in call] for call in engine.asked] == [["the bombs", "the bombs again"]]


def test_each_sentence_has_the_terms_of_its_own_source():
    source = "القصف.\nالمدينة"
    pieces = (Piece(0, 6, "Bombs."), Piece(7, 14, "A city with bombs"))
    result, _ = put(Wordy(WORDS), source, "Bombs.\nA city with bombs", SHELLING, pieces=pieces)
    assert result.text == "Shelling.\nA city with bombs"
    assert [piece.text for piece in result.pieces] == ["Shelling.", "A city with bombs"]


def test_the_same_wrong_words_in_further_places_are_replaced_too():
    source = "القصف ثم القصف"
    result, _ = put(Wordy(WORDS), source, "the bombs, then the bombs", SHELLING)
    assert result.text == "the shelling, then the shelling"
    assert len(result.terms) == 2
    result, _ = put(Wordy(WORDS), source, "the bombs, then it again", SHELLING)
    assert result.text == "the shelling, then it again"
    assert len(result.terms) == 1


def test_a_forbidden_word_is_avoided_and_the_preferred_one_said():
    engine = Wordy(WORDS)
    result, _ = put(engine, SOURCE, "the bombs in it", SHELLING, entry("قصف", "bomb", TermStatus.FORBIDDEN))
    assert result.text == "the bombs in it"  # bombs for shelling: one is many, the other is not
    assert result.flags == ("length-cap", FORBIDDEN)
    result, _ = put(engine, SOURCE, "the bombing in it", SHELLING, entry("قصف", "bombing", TermStatus.FORBIDDEN))
    assert result.text == "the shelling in it"
    assert engine.asked[-1][0].avoided == ("bombing",)


def test_a_term_not_to_be_translated_stands_as_it_is():
    term = entry("آيفون", "iPhone", do_not_translate=True)
    assert put(Wordy({"آيفون": "phone"}), "آيفون", "Not a phone", term)[0].text == "Not an iPhone"
    assert put(Wordy({"آيفون": "phone"}), "آيفون", "Phone here", term)[0].text == "iPhone here"


def test_a_word_of_the_same_family_is_suggested_but_worth_no_flag():
    engine = Wordy({"العدوى": "infected"})
    result, _ = put(engine, "العدوى", "He was infected", entry("عدوى", "infection", pos="noun"))
    assert result.text == "He was infected"
    assert engine.asked == []
    assert [(term.target, term.instead) for term in result.terms] == [("infection", "infected")]
    assert result.flags == ("length-cap",)


def test_a_term_of_which_only_a_part_is_said_is_put_in_whole():
    term = entry("قوات سوريا الديمقراطية", "Syrian Democratic Forces")
    words = {"قوات سوريا الديمقراطية": "forces syria democratic"}
    result, _ = put(Wordy(words), "قوات سوريا الديمقراطية هنا", "the forces Syria democratic here", term)
    assert result.text == "the Syrian Democratic Forces here"


def test_where_no_words_stand_for_the_term_it_is_suggested():
    result, _ = put(Wordy({}), SOURCE, "in the city", SHELLING)
    assert (result.text, [term.instead for term in result.terms]) == ("in the city", [""])
    result, _ = put(Wordy({"القصف": "of the"}), SOURCE, "of the city", SHELLING)
    assert result.text == "of the city"


def test_an_engine_that_cannot_still_tells_of_the_terms():
    result, drafted = put(None, SOURCE, "the bombs in the city", SHELLING, pieces=())
    assert result.text == drafted.text
    assert result.flags == ("length-cap", NOT_USED)
    assert [term.target for term in result.terms] == ["shelling"]

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Draft, DraftKind, Piece, Segment, SegmentKind, State
from workbench.completing import Typing, first_word, rest_of_draft, typing_of

DRAFT = "The quick brown fox jumps over the lazy dog."
WORDS = st.lists(st.sampled_from(["the", "Quick", "fox,", "«dog»", "الكلب", "over", "12", "-"]), max_size=8).map(
    " ".join
)


def test_the_rest_of_the_draft_follows_the_words_that_stand_in_it():
    assert rest_of_draft(DRAFT, "") == DRAFT
    assert rest_of_draft(DRAFT, "The quick ") == "brown fox jumps over the lazy dog."
    assert rest_of_draft(DRAFT, "The quick") == " brown fox jumps over the lazy dog."
    assert rest_of_draft(DRAFT, "A fast brown fox jumps, ") == "over the lazy dog."
    assert rest_of_draft(DRAFT, "The quick fox ") == "jumps over the lazy dog."
    assert rest_of_draft(DRAFT, DRAFT) == ""
    assert rest_of_draft("", "The") == ""


def test_half_a_word_is_completed_not_repeated():
    assert rest_of_draft(DRAFT, "The qui") == "ck brown fox jumps over the lazy dog."
    assert rest_of_draft(DRAFT, "The fast bro") == "wn fox jumps over the lazy dog."
    assert rest_of_draft("said (quickly) so", "said (qui") == "ckly) so"
    assert rest_of_draft("said (quickly) so", "said qui") == "ckly) so"
    assert rest_of_draft(DRAFT, "The xyz") == ""


@given(WORDS, st.text(max_size=30))
def test_what_is_proposed_is_some_of_the_draft_and_never_touches_what_was_typed(draft, typed):
    rest = rest_of_draft(draft, typed)
    assert rest.lstrip() == "" or draft.endswith(rest.lstrip())
    assert not rest.startswith("  ")
    assert (typed + rest).startswith(typed)


@given(st.text())
def test_words_of_a_proposal_add_up_to_it(rest):
    taken = ""
    while word := first_word(rest[len(taken) :]):
        taken += word
    assert rest.startswith(taken)
    assert not rest[len(taken) :].strip()


def segment(source, *pieces):
    draft = Draft(" ".join(piece.text for piece in pieces), DraftKind.TRANSLATION, "e", "m", "1", "", "", pieces)
    return Segment(
        uid="u",
        document_uid="d",
        position=0,
        source=source,
        kind=SegmentKind.PARAGRAPH,
        place="",
        draft=draft if pieces else None,
        target="",
        state=State.DRAFTED,
    )


ONE, TWO = "قال المتحدث نعم.", "وصل الناس إلى المدينة."
BOTH = segment(
    f"{ONE} {TWO}",
    Piece(0, len(ONE), "The speaker said yes."),
    Piece(len(ONE) + 1, len(ONE) + 1 + len(TWO), "People came."),
)


def test_what_is_typed_is_of_the_sentence_that_follows_the_finished_ones():
    assert typing_of(BOTH, "") == Typing(ONE, "", "The speaker said yes.")
    assert typing_of(BOTH, "A speaker s") == Typing(ONE, "A speaker s", "The speaker said yes.")
    assert typing_of(BOTH, "A speaker said yes. Pe") == Typing(TWO, "Pe", "People came.")
    assert typing_of(BOTH, "A speaker said yes. ") == Typing(TWO, "", "People came.")
    assert typing_of(BOTH, "The speaker said yes.") == Typing(TWO, "", "People came.", gap=" ")
    assert typing_of(BOTH, "The speaker said yes. People came. ") is None


def test_without_a_draft_sentences_are_those_of_the_source():
    assert typing_of(segment(f"{ONE} {TWO}"), "Yes, he said. Peo") == Typing(TWO, "Peo", "")

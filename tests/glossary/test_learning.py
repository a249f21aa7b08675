from glossary.learning import unstored_forms
from glossary.live import LiveMatcher
from glossary.matcher import Matcher
from glossary.model import NewTerm, TermEntry
from glossary.store import GlossaryStore


def matcher(*terms):
    return Matcher(TermEntry(term, term, term, "x") for term in terms)


def test_plurals_that_texts_have_are_told_with_their_number_and_an_example():
    texts = ["جاءت العواصف", "بعواصفها وعاصفة", "وعاصفتان مع عواصفَ"]
    (found,) = unstored_forms(texts, matcher("عاصفة"))
    assert (found.entry.source, found.form, found.count, found.alternatives) == ("عاصفة", "عواصف", 3, 0)
    assert found.example == texts[0]
    assert found.example[found.start : found.end] == "العواصف"


def test_terms_of_several_words_are_told_without_articles():
    (found,) = unstored_forms(["وبالمشاريع الكبيرة"], matcher("مشروع كبير"))
    assert found.form == "مشاريع كبيرة"


def test_adverbial_plurals_keep_their_hamza():
    (found,) = unstored_forms(["كانوا أطفالاً"], matcher("طفل"))
    assert found.form == "أطفال"


def test_a_form_of_two_terms_is_told_for_both():
    found = unstored_forms(["ألعاب"], matcher("لعب", "لعبة"))
    assert {(form.entry.source, form.alternatives) for form in found} == {("لعب", 1), ("لعبة", 1)}


def test_a_form_that_was_stored_is_told_no_more(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "glossary.db") as store:
        entry = store.add(NewTerm("عاصفة", "storm"), "anna")
        live = LiveMatcher(store)
        (found,) = unstored_forms(["العواصف"], live)
        store.change(entry.uid, {"forms": (*found.entry.forms, found.form)}, "anna")
        assert unstored_forms(["العواصف"], live) == []
        assert [match.analysis.rule for match in live.find("العواصف")] == ["stored form"]

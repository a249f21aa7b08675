from glossary.live import LiveMatcher
from glossary.model import Concept, NewTerm, Term
from glossary.store import GlossaryStore


def found(matcher, text):
    return [(match.entry.source, match.entry.target) for match in matcher.find(text)]


def test_a_term_is_found_as_soon_as_anybody_has_added_it(tmp_path):
    path = tmp_path / "glossary.db"
    with GlossaryStore.open_or_create(path) as mine:
        mine.add(NewTerm("مدينة", "city"), "anna")
        matcher = LiveMatcher(mine)
        assert found(matcher, "المدينة والقرية") == [("مدينة", "city")]
        with GlossaryStore.open(path) as theirs:
            theirs.add(NewTerm("قرية", "village"), "bashir")
            theirs.add(NewTerm("مدينة", "town"), "bashir")
        assert found(matcher, "المدينة والقرية") == [("مدينة", "city"), ("مدينة", "town"), ("قرية", "village")]


def test_a_glossary_without_terms_finds_nothing(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "glossary.db") as store:
        assert found(LiveMatcher(store), "المدينة") == []


def test_changed_and_removed_terms_are_taken_in(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "glossary.db") as store:
        entry = store.add(NewTerm("مدينة", "city"), "anna")
        matcher = LiveMatcher(store)
        store.change(entry.uid, {"target": "town"}, "anna")
        assert found(matcher, "المدينة") == [("مدينة", "town")]
        store.change(entry.uid, {"source": "قرية"}, "anna")
        assert found(matcher, "المدينة والقرية") == [("قرية", "town")]
        store.remove(entry.uid, "anna")
        assert found(matcher, "المدينة والقرية") == []


def test_an_import_by_somebody_else_is_taken_in_whole(tmp_path):
    path = tmp_path / "glossary.db"
    with GlossaryStore.open_or_create(path) as mine:
        matcher = LiveMatcher(mine)
        with GlossaryStore.open(path) as theirs:
            theirs.add_many([NewTerm(f"كلمة {number}", f"word {number}") for number in range(1100)], "bashir")
        assert found(matcher, "الكلمة 1099") == [("كلمة 1099", "word 1099")]


def test_stored_forms_of_the_file_are_found_and_new_ones_at_once(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "glossary.db") as store:
        entry = store.add(NewTerm("منظمة الصحة العالمية", "WHO", forms=("الصحة العالمية",)), "anna")
        matcher = LiveMatcher(store)
        assert found(matcher, "للصحة العالمية") == [("منظمة الصحة العالمية", "WHO")]
        store.change(entry.uid, {"forms": ("الصحة العالمية", "هيلث")}, "anna")
        assert found(matcher, "بالهيلث") == [("منظمة الصحة العالمية", "WHO")]


def test_a_term_without_a_translation_hides_no_other(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "glossary.db") as store:
        store.add(NewTerm("قوة", "force"), "anna")
        store.add_concepts([Concept(uid="c", terms=(Term(uid="t", language="ar", text="قوي"),))], "anna")
        assert found(LiveMatcher(store), "قوى") == [("قوة", "force")]

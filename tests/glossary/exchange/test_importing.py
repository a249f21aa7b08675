import pytest

from glossary.errors import ExchangeError
from glossary.exchange import check_termbase, import_termbase, open_termbase, selected, write_termbase
from glossary.model import Concept, OnDuplicate, Term, TermStatus
from glossary.store import GlossaryStore


@pytest.fixture
def store(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as opened:
        yield opened


def file(tmp_path, text, name="t.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return open_termbase(path)


def test_duplicates_are_told_with_their_place(store, tmp_path):
    termbase = file(tmp_path, "source,target,note\nهدنة,truce,n\nحرب,war,\nهدنة,truce,m\n")
    report = import_termbase(store, termbase, "me")
    assert (report.added, report.unchanged, report.duplicates) == (2, 1, [("row 4", "هدنة = truce")])
    again = import_termbase(store, termbase, "me", OnDuplicate.MERGE, dry_run=True)
    assert (again.added, again.merged, len(again.duplicates)) == (0, 1, 3)
    assert [entry.note for entry in store.entries()] == ["n", ""]


@pytest.mark.parametrize(
    "row",
    ["قال," + "x" * 10_000, "x" * 10_000 + ",said", "\u0640,said"],
    ids=["long target", "long source", "empty key"],
)
def test_a_term_that_cannot_be_one_is_told_and_nothing_is_taken(store, tmp_path, row):
    termbase = file(tmp_path, f"source,target\nهدنة,truce\n{row}\n")
    with pytest.raises(ExchangeError, match="Row 3"):
        import_termbase(store, termbase, "me")
    with pytest.raises(ExchangeError, match="Row 3"):
        check_termbase(termbase)
    assert store.entries() == []
    assert store.version() == 0


def test_a_row_that_is_wrong_late_leaves_nothing(store, tmp_path):
    termbase = file(tmp_path, "source,target\n" + "هدنة,truce\n" * 500 + "قال,\n")
    with pytest.raises(ExchangeError, match="Row 502"):
        import_termbase(store, termbase, "me")
    assert store.version() == 0


def test_an_interruption_leaves_the_glossary_as_it_was(store, tmp_path):
    termbase = file(tmp_path, "source,target\n" + "".join(f"هدنة{n},truce {n}\n" for n in range(50)))

    def interrupt(done):
        if done > termbase.size // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_termbase(store, termbase, "me", progress=interrupt)
    assert store.version() == 0
    assert import_termbase(store, termbase, "me").added == 50


def test_control_characters_are_kept(store, tmp_path):
    import_termbase(store, file(tmp_path, "source,target\nقال\x1b,said\x07\n"), "me")
    assert [(entry.source, entry.target) for entry in store.entries()] == [("قال\x1b", "said\x07")]


def test_a_whole_glossary_comes_back_by_tbx(store, tmp_path):
    import_termbase(
        store,
        file(
            tmp_path, "source,target,status,forms,tags,mark\nهدنة,truce,proposed,هدن | هدنات,A,=x\nهدنة,ceasefire,,,,\n"
        ),
        "me",
    )
    path = tmp_path / "all.tbx"
    write_termbase(store.concepts(), path)
    with GlossaryStore.open_or_create(tmp_path / "h.db") as other:
        assert import_termbase(other, open_termbase(path), "you").added == len(store.concepts())
        assert other.concepts() == store.concepts()
        assert import_termbase(other, open_termbase(path), "you").unchanged == len(store.concepts())


def test_what_is_wanted_is_chosen():
    def concept(domain, tag, *statuses):
        terms = (Term("a", "ar", "ا"), *(Term(str(n), "en", "x", status) for n, status in enumerate(statuses)))
        return Concept(domain, domain=domain, tags=(tag,), terms=terms)

    law = concept("law", "A", TermStatus.PREFERRED, TermStatus.FORBIDDEN)
    war = concept("war", "B", TermStatus.FORBIDDEN)
    assert list(selected([law, war])) == [law, war]
    assert list(selected([law, war], domains=["war"])) == [war]
    assert list(selected([law, war], tags=["A"])) == [law]
    (only,) = selected([law, war], statuses=[TermStatus.PREFERRED])
    assert [term.status for term in only.terms] == [TermStatus.PREFERRED] * 2

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.journal import replay
from corpus.keys import source_hash
from corpus.model import Draft, DraftKind, Fate, ImportedDocument, ImportedSegment, Segment, SegmentKind, State
from corpus.revision import compare, revised
from corpus.store import CorpusStore
from corpus.word_diff import word_diff

FIRST = "قال المتحدث إن القافلة وصلت صباح الثلاثاء إلى المدينة."
FIRST_CHANGED = "قال الناطق إن القافلة وصلت صباح الثلاثاء إلى المدينة."
SECOND = "وعاد السكان إلى بيوتهم في الأحياء الجنوبية بعد أسبوع من الهدنة."
THIRD = "ولا أحد يعرف متى تصل القافلة الثانية المحملة بالدواء والغذاء."
OTHER = "مقال عن شيء آخر تماما لا صلة له بما سبق."


def document(*sources, name="news.txt", **fields):
    segments = tuple(
        source if isinstance(source, ImportedSegment) else ImportedSegment(source, **fields) for source in sources
    )
    return ImportedDocument(name, "text", "utf-8", source_hash("\n".join(s.source for s in segments)), segments)


def old_segments(*sources):
    return [Segment(f"u{n}", "d", n, SegmentKind.PARAGRAPH, source) for n, source in enumerate(sources, 1)]


def fates(old, new):
    revision = compare(old_segments(*old), [ImportedSegment(source) for source in new])
    return [(match.fate.value, match.old.uid if match.old else "") for match in revision.matches], [
        segment.uid for segment in revision.gone
    ]


def test_equal_paragraphs_stay_in_order_or_are_moved():
    assert fates([FIRST, SECOND, THIRD], [SECOND, THIRD, FIRST]) == (
        [("kept", "u2"), ("kept", "u3"), ("moved", "u1")],
        [],
    )


def test_a_similar_paragraph_is_changed_another_one_is_new_and_what_is_missing_is_gone():
    assert fates([FIRST, SECOND], [FIRST_CHANGED, OTHER]) == ([("changed", "u1"), ("new", "")], ["u2"])


def test_a_changed_paragraph_is_matched_with_the_most_similar_one():
    assert fates(["قال نعم أمس في المدينة", FIRST], [FIRST_CHANGED])[0] == [("changed", "u2")]


def test_repeated_paragraphs_are_matched_one_to_one():
    found, gone = fates(["نعم"] * 300 + [FIRST] + ["نعم"] * 300, [FIRST] + ["نعم"] * 500)
    uids = [uid for _, uid in found]
    assert len(set(uids)) == len(uids) == 501
    assert "" not in uids
    assert len(gone) == 100


@settings(deadline=None)
@given(st.lists(st.sampled_from([FIRST, FIRST_CHANGED, SECOND, THIRD, "نعم", "لا"])), st.data())
def test_every_segment_has_one_fate_and_equal_ones_are_found(old, data):
    new = data.draw(st.permutations(old) | st.lists(st.sampled_from([FIRST, SECOND, OTHER, "نعم"])))
    segments = old_segments(*old)
    revision = compare(segments, [ImportedSegment(source) for source in new])
    assert [match.new.source for match in revision.matches] == list(new)
    known = [match.old.uid for match in revision.matches if match.old] + [segment.uid for segment in revision.gone]
    assert sorted(known) == sorted(segment.uid for segment in segments)
    equal = sum(match.fate in {Fate.KEPT, Fate.MOVED} for match in revision.matches)
    assert equal == sum(min(old.count(source), list(new).count(source)) for source in set(old))


def test_a_table_of_few_repeated_texts_stays_in_order_where_a_row_is_added():
    old = ["نعم", "لا"] * 2000
    found, gone = fates(old, [*old[:1500], OTHER, *old[1500:]])
    assert [fate for fate, _ in found] == ["kept"] * 1500 + ["new"] + ["kept"] * 2500
    assert gone == []


def test_giant_lines_are_compared_and_shown_in_no_time():
    old = "كلمة أخرى من النص " * 20_000
    cut = len("كلمة أخرى من النص ") * 1600
    new = f"{old[:cut]}زيادة {old[cut:]}"
    assert fates([old], [new])[0] == [("changed", "u1")]
    assert word_diff(old, new).marked == f"{old[:cut]}{{+زيادة+}} {old[cut:]}"


def test_a_human_s_text_stays_and_the_file_s_own_is_noted():
    (old,) = old_segments(FIRST)
    old = replace(old, target="mine", state=State.REVIEWED)
    (match,) = compare([old], [ImportedSegment(FIRST, target="theirs", state=State.TRANSLATED)]).matches
    new = revised(old, match.new, 1)
    assert (new.target, new.state, new.note) == ("mine", State.REVIEWED, "In the file: theirs")
    assert revised(new, match.new, 1) == new
    untouched = revised(replace(old, target="", state=State.DRAFTED), match.new, 1)
    assert (untouched.target, untouched.state) == ("theirs", State.TRANSLATED)


@pytest.fixture
def store(tmp_path):
    made = CorpusStore.create(tmp_path / "p.tarjama", {})
    made.add_document(document(FIRST, SECOND, THIRD), "anna")
    yield made
    made.close()


def draft(source):
    return Draft("draft", DraftKind.GLOSS, "e", "m", "1", "0", source_hash(source))


def test_an_update_keeps_moves_marks_adds_and_takes_out(store):
    first, second, third = store.segments()
    store.set_target(first.uid, "He said", State.REVIEWED, "anna")
    store.set_target(third.uid, "No one knows", State.TRANSLATED, "anna")
    store.add_drafts([(second.uid, draft(SECOND))], "engine")
    done = store.import_document(document(THIRD, FIRST_CHANGED, OTHER), "bashir")
    assert {fate: count for fate, count in done.fates.items() if count} == {
        Fate.KEPT: 1, Fate.CHANGED: 1, Fate.NEW: 1, Fate.GONE: 1,
    }  # fmt: skip
    assert done.segments == 3
    kept, changed, new = store.segments()
    assert (kept.uid, kept.position, kept.target, kept.state) == (third.uid, 1, "No one knows", State.TRANSLATED)
    assert (changed.uid, changed.source, changed.target, changed.state) == (
        first.uid, FIRST_CHANGED, "He said", State.EDITED,
    )  # fmt: skip
    assert changed.note == f"The source changed: {word_diff(FIRST, FIRST_CHANGED).marked}"
    assert (new.source, new.state, new.target) == (OTHER, State.UNTRANSLATED, "")
    *_, gone = store.journal(second.uid)
    assert (gone.actor, gone.action, gone.after) == ("bashir", "update", {})
    assert gone.before["source"] == SECOND
    assert store.problems() == []


def test_the_whole_update_is_one_change_of_the_journal(store):
    before = len(list(store.journal()))
    store.import_document(document(FIRST_CHANGED, OTHER, THIRD), "bashir")
    entries = list(store.journal())[before:]
    assert len({entry.change for entry in entries}) == 1
    assert entries[0].change
    assert {entry.entity for entry in entries} == {"document", "segment"}


def test_the_same_file_again_changes_nothing(store):
    before = list(store.journal())
    done = store.import_document(document(FIRST, SECOND, THIRD), "bashir")
    assert (done.segments, done.fates[Fate.KEPT]) == (3, 3)
    assert list(store.journal()) == before


def test_another_file_of_the_same_name_is_refused_unless_a_person_says_what_it_is(store):
    other = document(OTHER, "وهذا كذلك شيء جديد لا نعرفه")
    before = list(store.journal())
    with pytest.raises(DocumentError, match="next to nothing in common") as caught:
        store.import_document(other, "bashir")
    assert "--update" in caught.value.hint
    assert list(store.journal()) == before
    assert store.import_document(other, "bashir", update=False).document.position == 2
    assert len(store.documents()) == 2
    done = store.import_document(document(OTHER, name="news.txt"), "bashir", update=True)
    assert (done.document.position, done.segments) == (2, 1)


def test_an_untouched_segment_whose_source_changed_wants_a_draft_again(store):
    first = store.segments()[0]
    store.add_drafts([(first.uid, draft(FIRST))], "engine")
    store.import_document(document(FIRST_CHANGED, SECOND, THIRD), "bashir")
    changed = store.segment(first.uid)
    assert (changed.draft, changed.state, changed.note) == (None, State.UNTRANSLATED, "")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([FIRST, FIRST_CHANGED, SECOND, THIRD, OTHER]), min_size=1, max_size=6),
        min_size=1,
        max_size=4,
    )
)
def test_the_journal_rebuilds_the_tables_after_any_updates(tmp_path_factory, versions):
    path = tmp_path_factory.mktemp("p") / "p.tarjama"
    store = CorpusStore.create(path, {})
    for n, version in enumerate(versions):
        store.import_document(document(*version), "anna", update=True if n else None)
        for segment in store.segments()[::2]:
            store.set_target(segment.uid, f"text {n}", State.TRANSLATED, "anna")
    assert [s.source for s in store.segments()] == versions[-1]
    assert [s.position for s in store.segments()] == list(range(1, len(versions[-1]) + 1))
    state = replay(store.journal())
    store.close()
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    for table, replayed in (("documents", state.documents), ("segments", state.segments)):
        rows = {row["uid"]: dict(row) for row in db.execute(f"SELECT * FROM {table}")}  # noqa: S608
        for row in rows.values():
            row.pop("words", None)  # follows from the source
            row.pop("source_key", None)  # made from the source
            row.pop("risk", None)  # made from the draft
        assert rows == {uid: {"uid": uid, **fields} for uid, fields in replayed.items()}
    db.close()


def test_a_project_of_before_places_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.tarjama"
    store = CorpusStore.create(path, {})
    store.add_document(document(FIRST), "anna")
    store.close()
    db = sqlite3.connect(path)
    db.execute("ALTER TABLE segments DROP COLUMN place")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_places_of_segments'")
    db.execute("DROP TRIGGER journal_refuses_update")
    db.execute("UPDATE journal SET after = json_remove(after, '$.place') WHERE entity = 'segment'")
    db.execute("PRAGMA user_version = 2")
    db.commit()
    db.close()
    store = CorpusStore.open(path)
    (segment,) = store.segments()
    assert segment.place == ""
    assert replay(store.journal()).segments[segment.uid]["place"] == ""
    store.close()

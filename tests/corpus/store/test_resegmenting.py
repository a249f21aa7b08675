import pytest

from corpus.errors import ConflictError, CorpusError
from corpus.model import State
from corpus.store import CorpusStore
from tests.corpus.store.conftest import document, draft

ARTICLE = "قال المتحدث نعم. ثم ذهب إلى بيته. وعاد السكان."


@pytest.fixture
def article(store):
    store.add_document(document("عنوان", ARTICLE, "خاتمة", name="article.txt"), "importer")
    return [segment for segment in store.segments() if segment.document_uid == store.documents()[1].uid]


def stands(store):
    return [(one.uid, one.position, one.part, one.source, one.target, one.state) for one in store.segments()]


def test_a_paragraph_is_split_and_joined_again(store, article):
    _, paragraph, _ = article
    store.set_target(paragraph.uid, "He said yes. He went home. They returned.", State.TRANSLATED, "anna")
    before = stands(store)
    report = store.split_segment(paragraph.uid, [17, 34], "anna")
    parts = store.segments()[4:7]
    assert report.written == tuple(parts)
    assert [(one.order, one.source, one.target) for one in parts] == [
        ("2.1", "قال المتحدث نعم. ", "He said yes."),
        ("2.2", "ثم ذهب إلى بيته. ", "He went home."),
        ("2.3", "وعاد السكان.", "They returned."),
    ]
    assert {one.state for one in parts} == {State.EDITED}
    again = store.split_segment(parts[0].uid, [4], "anna", target_cuts=[3]).written
    assert [one.order for one in store.segments()[4:8]] == ["2.1", "2.2", "2.3", "2.4"]
    store.join_segments([one.uid for one in reversed(again)], "bashir")
    joined = store.join_segments([one.uid for one in parts], "bashir").written[0]
    assert (joined.source, joined.order, joined.uid) == (ARTICLE, "2", paragraph.uid)
    assert (joined.target, joined.state) == ("He said yes. He went home. They returned.", State.EDITED)
    for actor in ("bashir", "bashir", "anna", "anna"):
        store.undo(actor)
    assert stands(store) == before
    for actor in ("anna", "anna", "bashir", "bashir"):
        store.redo(actor)
    assert store.segment(paragraph.uid).target == joined.target
    assert len(store.segments()) == 6


def test_paragraphs_are_joined_and_split_again(store, article):
    uids = [one.uid for one in article]
    joined = store.join_segments(uids, "anna").written[0]
    assert joined.source == f"عنوان {ARTICLE} خاتمة"
    parts = store.split_segment(joined.uid, [6, 7 + len(ARTICLE)], "anna").written
    assert [(one.source, one.order) for one in parts] == [("عنوان", "1"), (ARTICLE, "2"), ("خاتمة", "3")]


def test_what_cannot_be_split_or_joined_is_told_and_left(store, article):
    before, steps = stands(store), len(list(store.journal()))
    first, second, third = (one.uid for one in article)
    for cuts in ([0], [len(ARTICLE)], [], [500]):
        with pytest.raises(CorpusError):
            store.split_segment(second, cuts, "anna")
    for uids in ([first], [first, first], [first, third], [store.segments()[2].uid, first], [first, "nothing"]):
        with pytest.raises(CorpusError):
            store.join_segments(uids, "anna")
    with pytest.raises(ConflictError, match="changed elsewhere"):
        store.split_segment(second, [17], "anna", expected_version=7)
    assert (stands(store), len(list(store.journal()))) == (before, steps)
    store.set_target(second, "Yes. No", State.EDITED, "anna")
    with pytest.raises(CorpusError, match="2 parts, the translation in 3"):
        store.split_segment(second, [17], "anna", target_cuts=[1, 2])


def test_a_locked_segment_is_left(store, article):
    uid = article[1].uid
    store._db.execute("UPDATE segments SET locked = 1 WHERE uid = ?", [uid])
    with pytest.raises(ConflictError, match="locked"):
        store.split_segment(uid, [17], "anna")
    with pytest.raises(ConflictError, match="locked"):
        store.join_segments([article[0].uid, uid], "anna")
    store._db.execute("UPDATE segments SET locked = 0 WHERE uid = ?", [uid])


def test_a_split_is_not_taken_back_over_work_that_came_after_it(store, article):
    uid = article[1].uid
    change = store.split_segment(uid, [17], "anna").change
    _, second = store.segments()[4:6]
    store.set_target(second.uid, "Bashir's", State.EDITED, "bashir")
    before = stands(store)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        store.undo("anna")
    store.undo("bashir")
    store.set_target(uid, "Bashir's", State.EDITED, "bashir")
    with pytest.raises(ConflictError):
        store.undo("anna")
    store.undo("bashir")
    assert len(before) == len(stands(store))
    store.undo("anna")
    with pytest.raises(ConflictError, match="taken back before"):
        store.undo_change(change, "anna")
    assert store.segment(uid).source == ARTICLE


def test_drafts_of_the_parts_do_not_hinder_it_and_do_not_stay(store, article):
    uid = article[1].uid
    store.add_drafts([(uid, draft(ARTICLE))], "engine:e")
    parts = store.split_segment(uid, [17], "anna").written
    assert [one.draft for one in parts] == [None, None]
    store.add_drafts([(one.uid, draft(one.source, "of a part")) for one in parts], "engine:e")
    store.undo("anna")
    assert (store.segment(uid).text, store.segment(uid).state) == ("draft", State.DRAFTED)
    parts = store.split_segment(article[1].uid, [17], "anna").written
    joined = store.join_segments([one.uid for one in parts], "anna").written[0]
    assert (joined.draft, joined.state) == (None, State.UNTRANSLATED)
    store.add_drafts([(uid, draft(ARTICLE, "of all"))], "engine:e")
    store.undo("anna")
    assert store.segment(uid).draft is None


def test_an_article_of_many_sentences_in_one_paragraph(tmp_path):
    store = CorpusStore.create(tmp_path / "long.tarjama", {})
    source = " ".join(f"هذه هي الجملة رقم {number} من المقال." for number in range(500))
    store.add_document(document(source), "importer")
    (segment,) = store.segments()
    cuts = [place + 2 for place, letter in enumerate(source) if letter == "."][:-1]
    assert len(store.split_segment(segment.uid, cuts, "anna").written) == 500
    parts = store.segments()
    assert "".join(one.source for one in parts) == source
    assert [one.part for one in parts] == list(range(1, 501))
    store.join_segments([one.uid for one in parts], "anna")
    store.undo("anna")
    assert [one.source for one in store.segments()] == [one.source for one in parts]
    assert list(store.unexplained()) == []
    store.close()


def test_a_project_of_before_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.tarjama"
    store = CorpusStore.create(path, {})
    store.add_document(document("واحد", "اثنان"), "anna")
    before = stands(store)
    db = store._db
    db.execute("CREATE TABLE older AS SELECT * FROM segments")
    triggers = [
        row["sql"]
        for row in db.query("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'segments'")
        if "risk" not in row["sql"]
    ]
    db.execute("DROP TABLE segments")
    db.execute(
        """
        CREATE TABLE segments (
            uid TEXT PRIMARY KEY,
            document_uid TEXT NOT NULL REFERENCES documents(uid),
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL DEFAULT '',
            state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 4),
            draft TEXT,
            locked INTEGER NOT NULL DEFAULT 0,
            rejected INTEGER NOT NULL DEFAULT 0,
            note TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1, place TEXT NOT NULL DEFAULT '', words INTEGER NOT NULL DEFAULT 0,
            source_key INTEGER,
            UNIQUE (document_uid, position)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX of_others ON segments (state)")
    names = "uid, document_uid, position, kind, source, target, state, draft, locked, rejected, note, version, place"
    columns = f"{names}, words, source_key"
    db.execute(f"INSERT INTO segments SELECT {columns} FROM older")  # noqa: S608
    db.execute("DROP TABLE older")
    for trigger in triggers:
        db.execute(trigger)
    db.execute("DROP TRIGGER journal_refuses_update")
    db.execute("UPDATE journal SET after = json_remove(after, '$.part', '$.breaks') WHERE entity = 'segment'")
    db.execute("DELETE FROM _sqlite_migrations WHERE name IN ('m006_parts_of_paragraphs', 'm009_risks_of_drafts')")
    db.execute("PRAGMA user_version = 6")
    store.close()
    store = CorpusStore.open(path)
    assert stands(store) == before
    assert list(store.unexplained()) == []
    assert {index.name for index in store._db["segments"].indexes} >= {"of_others"}
    first = store.segments()[0]
    assert len(store.split_segment(first.uid, [2], "anna").written) == 2
    store.close()

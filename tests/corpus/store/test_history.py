import sqlite3

import pytest

from corpus.errors import ConflictError, NotFoundError
from corpus.grouped import TargetChange
from corpus.model import State
from corpus.store import CorpusStore
from corpus.store.history import sittings
from corpus.word_diff import word_diff
from tests.corpus.store.conftest import document, draft


def told(history):
    return [(moment.number, moment.actor, moment.cause, moment.segment and moment.segment.text) for moment in history]


def test_a_history_tells_who_did_what_and_why(store, clock):
    first, second, _ = store.segments()
    store.add_drafts([(one.uid, draft(one.source)) for one in (first, second)], "engine:e")
    store.set_target(first.uid, "one", State.EDITED, "anna")
    store.set_target(first.uid, "one more", State.TRANSLATED, "anna")
    clock.pass_by(days=1)
    store.set_targets([TargetChange(first.uid, "one less", State.EDITED, 4)], "bashir", "bulk")
    store.undo("bashir")
    history = store.history(first.uid)
    assert told(history) == [
        (1, "importer", "import", ""),
        (2, "engine:e", "drafted", "draft"),
        (3, "anna", "typed", "one"),
        (4, "anna", "confirmed", "one more"),
        (5, "bashir", "bulk", "one less"),
        (6, "bashir", "undo", "one more"),
    ]
    assert (history[3].at, history[4].at) == ("2026-01-02T03:04:05.000Z", "2026-01-03T03:04:05.000Z")
    assert history[-1].segment == store.segment(first.uid)
    assert history[-1].undoes == history[-2].change != ""
    store.set_target(second.uid, "draft", State.TRANSLATED, "anna")
    assert store.history(second.uid)[-1].cause == "draft accepted"


def test_stages_of_typing_can_be_left_out(store):
    uid = store.segments()[0].uid
    for text in ("o", "on", "one"):
        store.set_target(uid, text, State.EDITED, "anna")
    store.set_target(uid, "two", State.EDITED, "bashir")
    assert told(sittings(store.history(uid)))[1:] == [(4, "anna", "typed", "one"), (5, "bashir", "typed", "two")]


def test_any_moment_can_be_brought_back(store):
    segment = store.segments()[0]
    store.add_drafts([(segment.uid, draft(segment.source))], "engine:e")
    store.set_target(segment.uid, "one", State.TRANSLATED, "anna")
    store.set_target(segment.uid, "", State.EDITED, "anna")
    restored = store.restore(segment.uid, 3, "bashir")
    assert (restored.target, restored.state) == ("one", State.TRANSLATED)
    assert store.restore(segment.uid, 3, "bashir") == restored
    blank = store.restore(segment.uid, 2, "bashir")
    assert (blank.target, blank.state, blank.text) == ("", State.DRAFTED, "draft")
    store.undo("bashir")
    store.undo("bashir")
    assert store.segment(segment.uid).state is State.EDITED
    with pytest.raises(NotFoundError, match="no number 99"):
        store.restore(segment.uid, 99, "bashir")


def test_the_translation_of_another_source_comes_back_as_edited(store):
    segment = store.segments()[0]
    store.set_target(segment.uid, "one", State.REVIEWED, "anna")
    store.import_document(document("واحد ونصف", "اثنان", "ثلاثة"), "importer", update=True)
    store.set_target(segment.uid, "", State.EDITED, "anna")
    restored = store.restore(segment.uid, 2, "anna")
    assert (restored.target, restored.state, restored.source) == ("one", State.EDITED, "واحد ونصف")


def test_what_was_taken_out_still_has_a_history(store):
    segment = store.segments()[0]
    store.set_target(segment.uid, "one", State.REVIEWED, "anna")
    store.import_document(document("اثنان", "ثلاثة"), "importer")
    history = store.history(segment.uid)
    assert (history[-1].segment, history[-1].cause) == (None, "import of a newer version")
    assert history[-2].segment.target == "one"
    with pytest.raises(NotFoundError):
        store.restore(segment.uid, 2, "anna")
    with pytest.raises(NotFoundError):
        store.history("nothing")
    with pytest.raises(NotFoundError):
        store.history(store.documents()[0].uid)


def test_a_locked_segment_is_not_restored(store):
    segment = store.segments()[0]
    store._db.execute("UPDATE segments SET locked = 1 WHERE uid = ?", [segment.uid])
    with pytest.raises(ConflictError, match="locked"):
        store.restore(segment.uid, 1, "anna")
    store._db.execute("UPDATE segments SET locked = 0 WHERE uid = ?", [segment.uid])


def test_what_another_program_wrote_is_found(tmp_path, store):
    first, second, third = store.segments()
    db = sqlite3.connect(tmp_path / "p.tarjama")
    db.execute("UPDATE segments SET target = 'forged' WHERE uid = ?", [first.uid])
    db.execute("DELETE FROM segments WHERE uid = ?", [second.uid])
    db.execute(
        "INSERT INTO segments (uid, document_uid, position, kind, source) SELECT 'new', document_uid, 9, kind, source"
        " FROM segments WHERE uid = ?",
        [third.uid],
    )
    db.commit()
    found = CorpusStore.open(tmp_path / "p.tarjama")
    told = [
        (one.uid, one.told and one.told["target"], one.stands and one.stands["target"]) for one in found.unexplained()
    ]
    assert told == [(first.uid, "", "forged"), (second.uid, "", None), ("new", None, "")]
    found.close()
    db.execute("UPDATE segments SET target = '' WHERE uid = ?", [first.uid])
    db.execute("DELETE FROM segments WHERE uid = 'new'")
    db.execute(
        "INSERT INTO segments (uid, document_uid, position, kind, source) SELECT ?, document_uid, 2, kind, ?"
        " FROM segments WHERE uid = ?",
        [second.uid, second.source, third.uid],
    )
    db.commit()
    db.close()


def test_a_diff_of_two_moments(store):
    uid = store.segments()[0].uid
    store.set_target(uid, "a fragile truce", State.TRANSLATED, "anna")
    store.set_target(uid, "a fragile peace", State.TRANSLATED, "bashir")
    *_, former, latter = store.history(uid)
    assert word_diff(former.segment.text, latter.segment.text).marked == "a fragile [-truce-]{+peace+}"

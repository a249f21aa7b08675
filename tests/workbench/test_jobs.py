import threading

import pytest

from corpus.errors import StoreError
from corpus.model import DraftKind, State
from workbench.draft_parts import DraftPart, parts_to_draft
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.errors import EngineError
from workbench.jobs import DraftJob, StoreThread
from workbench.session import Session

IDENTITY = ModelIdentity("test", "echo", "1.0", "c" * 64, DraftKind.TRANSLATION, "ar", "en")


class RecordingEngine:
    """Drafts are the source's length in words; remembers the order it was asked in."""

    identity = IDENTITY

    def __init__(self, fails_at=None, wait_at=None):
        self.asked = []
        self.fails_at = fails_at
        self.wait_at = wait_at
        self.waiting = threading.Event()

    def draft(self, texts, cancelled=lambda: False):
        for index, text in enumerate(texts):
            if index == self.fails_at:
                raise EngineError("The model is damaged.", "Verify it.")
            if index == self.wait_at:
                self.waiting.set()
                while not cancelled():
                    threading.Event().wait(0.005)
            if cancelled():
                return
            self.asked.append(text)
            yield DraftedText(index, f"{len(text.split())} words", ())

    def close(self):
        pass


@pytest.fixture
def store(tmp_path, home):
    path = tmp_path / "p.tarjama"
    (tmp_path / "news.txt").write_text("\n\n".join(f"فقرة رقم {n}" for n in range(20)), encoding="utf-8")
    with Session.create(path, home=home) as session:
        session.import_file(tmp_path / "news.txt")
    thread = StoreThread(lambda: Session.open(path, home=home))
    yield thread
    thread.close()


def run_job(store, engine, first=(), *, cancel_when=None):
    stored, progress, ends = [], [], []
    job = DraftJob(
        store,
        engine,
        on_drafts=stored.extend,
        on_progress=lambda done, total: progress.append((done, total)),
        on_end=ends.append,
    )
    job.start(first)
    if cancel_when is not None:
        assert cancel_when.wait(10)
        job.cancel()
    job.join()
    return stored, progress, ends


def test_everything_is_drafted_and_reported(store):
    stored, progress, ends = run_job(store, RecordingEngine())
    assert len(stored) == 20
    assert progress[-1] == (20, 20)
    assert ends == [None]
    segments = store.submit(lambda session: session.segments()).result()
    assert {segment.state for segment in segments} == {State.DRAFTED}


def test_visible_rows_come_first(store):
    segments = store.submit(lambda session: session.segments()).result()
    engine = RecordingEngine()
    run_job(store, engine, [segments[7].uid, segments[8].uid])
    assert engine.asked[:3] == [segments[7].source, segments[8].source, segments[0].source]


def test_documents_are_read_in_parts_that_of_the_visible_rows_first(store, tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.draft_parts._SEGMENTS_OF_A_PART", 25)
    for name in ("second.txt", "third.txt"):
        (tmp_path / name).write_text("\n\n".join(f"{name} فقرة {n}" for n in range(10)), encoding="utf-8")
        store.submit(lambda session, name=name: session.import_file(tmp_path / name)).result()
    segments = store.submit(lambda session: session.segments()).result()
    parts = store.submit(lambda session: parts_to_draft(session, [segments[35].uid])).result()
    third, first, second = (segments[row].document_uid for row in (35, 0, 25))
    assert parts == [DraftPart((third, first), 30), DraftPart((second,), 10)]
    engine = RecordingEngine()
    stored, progress, _ = run_job(store, engine, [segments[35].uid])
    assert engine.asked[:2] == [segments[35].source, segments[30].source]
    assert [segment.document_uid for segment in stored] == [third] * 10 + [first] * 20 + [second] * 10
    assert progress[-1] == (40, 40)
    assert run_job(store, RecordingEngine())[0] == []


def test_a_failing_engine_ends_the_job_and_keeps_what_was_done(store):
    stored, _, (error,) = run_job(store, RecordingEngine(fails_at=5))
    assert isinstance(error, EngineError)
    done = store.submit(lambda session: session.segments()).result()
    assert sum(segment.state is State.DRAFTED for segment in done) == len(stored)


def test_a_cancelled_job_stops_and_can_be_taken_up_again(store):
    engine = RecordingEngine(wait_at=4)
    _, _, ends = run_job(store, engine, cancel_when=engine.waiting)
    assert ends == [None]
    rest = RecordingEngine()
    run_job(store, rest)
    assert len(rest.asked) == 20 - len(engine.asked)


async def test_use_cases_run_in_the_order_given_on_one_thread(store):
    names = []
    for _ in range(3):
        await store.run(lambda _: names.append(threading.current_thread().name))
    assert len(set(names)) == 1
    assert names[0].startswith("store")


async def test_an_error_of_opening_reaches_whoever_asks(tmp_path, home):
    thread = StoreThread(lambda: Session.open(tmp_path / "missing.tarjama", home=home))
    with pytest.raises(StoreError):
        await thread.run(lambda session: session.overview())
    thread.close()

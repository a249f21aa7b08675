"""Drafting on real worker processes: as at home, whoever dies."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest

from corpus.segmentation.default_rules import DEFAULT_RULES
from workbench.cli import main
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import bundled
from workbench.engines.cluster.engine import ClusterEngine
from workbench.engines.cluster.link import Roll
from workbench.engines.protocol import PlaceQuestion, Rewording
from workbench.errors import EngineError
from workbench.session import Session

pytestmark = pytest.mark.slow

TEXTS = [f"قال المتحدث في المدينة مساء الأحد إن {number} من السكان عادوا. وأعلن المجلس هدنة؟" for number in range(600)]


@pytest.fixture
def local() -> ArgosEngine:
    return ArgosEngine(bundled()[0], threads=1)


def far(cluster, local, on_answer=lambda _roll: None) -> ClusterEngine:
    return ClusterEngine(cluster.address, local.identity, beam_size=2, rules=DEFAULT_RULES, on_answer=on_answer)


def test_two_workers_draft_what_this_machine_would(cluster, local, tmp_path):
    addresses = {cluster.add_worker(tmp_path)[1] for _ in range(2)}
    engine = far(cluster, local)
    assert list(engine.draft(TEXTS)) == list(local.draft(TEXTS))
    assert set(engine.roll.drafted) == addresses
    assert sum(engine.roll.drafted.values()) == len(TEXTS)
    assert all(engine.roll.drafted.values())


def test_a_worker_killed_in_mid_batch_loses_and_doubles_nothing(cluster, local, tmp_path):
    workers = dict(cluster.add_worker(tmp_path)[::-1] for _ in range(2))
    held: list[int] = []

    def kill_the_first_that_answers(roll: Roll) -> None:
        if held:
            return
        (victim,) = (address for address, count in roll.drafted.items() if count)
        if at_hand := cluster.client.processing()[victim]:
            workers[victim].kill()
            workers[victim].wait()
            held.append(len(at_hand))

    engine = far(cluster, local, kill_the_first_that_answers)
    assert list(engine.draft(TEXTS)) == list(local.draft(TEXTS))
    assert held, "no worker was killed with a batch at hand"
    assert len(cluster.client.nthreads()) == 1


def test_a_worker_that_joins_later_proves_itself_and_takes_part(cluster, local, tmp_path):
    cluster.add_worker(tmp_path)
    joined: list[str] = []

    def join(roll: Roll) -> None:
        if not joined:
            joined.append(cluster.add_worker(tmp_path)[1])

    engine = far(cluster, local, join)
    assert list(engine.draft(TEXTS)) == list(local.draft(TEXTS))
    assert engine.roll.drafted.keys() >= set(joined)


def test_workers_without_the_package_get_no_batch(cluster, tmp_path):
    own = tmp_path / "own" / "models" / "translate-ar_en-other"
    shutil.copytree(bundled()[0].path, own)
    (own / "README.md").write_text("not the bundled one", encoding="utf-8")
    (own / "tarjama.json").unlink(missing_ok=True)
    from workbench.engines.argos.packages import read_package

    local = ArgosEngine(read_package(own), threads=1)
    _, without = cluster.add_worker(tmp_path / "empty")
    with pytest.raises(EngineError, match="it has no package with the fingerprint of translate-ar_en-other"):
        next(far(cluster, local).draft(TEXTS))

    _, having = cluster.add_worker(tmp_path / "own")
    engine = far(cluster, local)
    assert len(list(engine.draft(TEXTS))) == len(TEXTS)
    assert engine.roll.drafted == {having: len(TEXTS)}
    assert set(engine.roll.refused) == {without}


def test_a_scheduler_that_goes_away_ends_the_drafting_and_says_so(cluster, local, tmp_path):
    cluster.add_worker(tmp_path)
    drafts = far(cluster, local, lambda _roll: cluster.scheduler.kill()).draft(TEXTS)
    with pytest.raises(EngineError, match=r"The connection to the scheduler .* was lost"):
        list(drafts)


def test_cancelled_drafting_leaves_nothing_on_the_workers(cluster, local, tmp_path):
    cluster.add_worker(tmp_path)
    engine = far(cluster, local)
    drafts = engine.draft(TEXTS)
    assert next(drafts).index == 0
    drafts.close()
    engine.close()
    plugins = cluster.client.run(lambda dask_worker: [name for name in dask_worker.plugins if "tarjama" in name])
    assert list(plugins.values()) == [[]]


def test_the_command_drafts_a_project_on_the_cluster(cluster, tmp_path, home, capsys):
    project = tmp_path / "p.tarjama"
    text = tmp_path / "text.txt"
    text.write_text("\n\n".join(TEXTS), encoding="utf-8")
    Session.create(project, home=home).close()
    with Session.open(project, home=home) as session:
        session.import_file(text)
    _, worker = cluster.add_worker(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["draft", str(project), "--cluster", cluster.address])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert "Drafted 600 segments (gloss by translate-ar_en-gloss" in out
    assert f"  {worker}: 600" in out
    with Session.open(project, home=home) as session:
        assert [s.draft.text for s in session.segments()] == [d.text for d in ArgosEngine(bundled()[0]).draft(TEXTS)]


def test_no_scheduler_is_told_and_nothing_is_drafted(local):
    engine = ClusterEngine("tcp://127.0.0.1:9", local.identity, beam_size=2, rules=DEFAULT_RULES)
    with pytest.raises(EngineError, match="No Dask scheduler answers"):
        list(engine.draft(TEXTS))


def test_workers_put_terms_in_as_this_machine_would(cluster, local, tmp_path):
    cluster.add_worker(tmp_path)
    source = "أعلن المجلس هدنة في المدينة"
    text = next(iter(local.draft([source]))).text
    place = source.index("المدينة")
    questions = [PlaceQuestion(source, text, place, place + len("المدينة"))] * 70
    engine = far(cluster, local)
    with closing(engine):
        places = engine.places(questions)
        assert places == local.places(questions)
        start, end = places[0]
        rewordings = [Rewording(source, text, start, end, "town")] * 70
        assert engine.reword(rewordings) == local.reword(rewordings)

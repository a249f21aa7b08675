"""What runs on a worker: find the package by its fingerprint, load it once, draft batches.

A worker that cannot follow the plan says why and offers no resource, so that Dask gives it no batch; one that joins
later, or is started again after it died, goes through the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from distributed import Worker, WorkerPlugin, get_worker

from corpus.segmentation import Segmenter
from workbench import __version__
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import fingerprint, installed
from workbench.engines.cluster.plan import Answer, Plan
from workbench.engines.protocol import PlaceQuestion, Reworded, Rewording
from workbench.errors import EngineError
from workbench.paths import Home

if TYPE_CHECKING:
    from workbench.engines.argos.packages import ModelPackage


class DraftingPlugin(WorkerPlugin):
    """The loaded model of one drafting run, on one worker; ``problem`` says why there is none."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.name = plan.resource
        self.sha256 = ""
        self.problem = ""
        self._engine: ArgosEngine | None = None

    async def setup(self, worker: Worker) -> None:
        """Prove that this worker has what the plan asks for, load it, and offer as many batches as it has threads."""
        threads = worker.state.nthreads
        try:
            self._engine = await asyncio.to_thread(self._load, threads)
        except EngineError as error:
            self.problem = error.message
            return
        await worker.set_resources(**{self.plan.resource: threads})

    async def teardown(self, worker: Worker) -> None:
        """Free the model's memory."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None
        await worker.set_resources(**{self.plan.resource: 0})

    @property
    def engine(self) -> ArgosEngine:
        """The engine; raise EngineError when there is none."""
        if self._engine is None:
            raise EngineError(f"A worker has no model loaded: {self.problem}", "Start drafting again.")
        return self._engine

    def _load(self, threads: int) -> ArgosEngine:
        if __version__ != self.plan.tarjama:
            raise EngineError(f"it runs Tarjama {__version__}, not {self.plan.tarjama}.")
        package, self.sha256 = self._package()
        engine = ArgosEngine(
            package, beam_size=self.plan.beam_size, threads=threads, segmenter=Segmenter(self.plan.rules)
        )
        list(engine.draft(["."]))  # loads the model
        return engine

    def _package(self) -> tuple[ModelPackage, str]:
        # The files themselves are asked, not the record beside them: that is the proof.
        for package in installed(Home.from_environment().models):
            if (found := fingerprint(package.path)) == self.plan.sha256:
                return package, found
        raise EngineError(f"it has no package with the fingerprint of {self.plan.package}.")


def draft_batch(name: str, texts: tuple[str, ...]) -> Answer:
    """Draft ``texts`` on this worker with the plugin ``name``; raise EngineError when the model fails."""
    worker = get_worker()
    plugin = _plugin(worker, name)
    return Answer(worker.address, plugin.sha256, tuple(plugin.engine.draft(texts)))


def find_places(name: str, questions: Sequence[PlaceQuestion]) -> list[tuple[int, int] | None]:
    """Answer ``ObeysTerms.places`` on this worker."""
    return _plugin(get_worker(), name).engine.places(questions)


def reword_batch(name: str, rewordings: Sequence[Rewording]) -> list[Reworded]:
    """Answer ``ObeysTerms.reword`` on this worker."""
    return _plugin(get_worker(), name).engine.reword(rewordings)


def proof(name: str, dask_worker: Worker) -> tuple[str, str]:
    """Return the fingerprint this worker has proved, and what is wrong when it has not."""
    plugin = _plugin(dask_worker, name)
    return plugin.sha256, plugin.problem


def _plugin(worker: Worker, name: str) -> DraftingPlugin:
    return cast("DraftingPlugin", worker.plugins[name])

"""The line to a Dask cluster: which workers take part, batches out, answers in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from distributed import Client, Future
from distributed.scheduler import KilledWorker

from workbench.engines.cluster.plan import Answer, Batch, Plan
from workbench.engines.cluster.worker import DraftingPlugin, draft_batch, proof
from workbench.errors import EngineError

_SECONDS_TO_CONNECT = 15
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_WITHOUT_WORKERS = 120
_SENTENCES_TOGETHER = 32

Asked = TypeVar("Asked")
Said = TypeVar("Said")


@dataclass(slots=True)
class Roll:
    """Who drafts: how many paragraphs each worker has given, and why others give none; keys are addresses."""

    drafted: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


class Link:
    """A connection whose workers follow one plan."""

    def __init__(self, client: Client, plan: Plan) -> None:
        self._client = client
        self._plan = plan

    def threads(self) -> int:
        """Return how many batches the cluster works on at once."""
        return sum(self._client.nthreads().values())

    def sent(self, batch: Batch) -> Future[Answer]:
        """Send a batch to a worker that has proved its package; those that come first are drafted first."""
        return self._client.submit(
            draft_batch,
            self._plan.resource,
            batch.texts,
            key=f"{self._plan.resource}-{batch.start}",
            resources={self._plan.resource: 1},
            priority=-batch.start,
            pure=False,
        )

    def asked(self, question: Callable[[str, Sequence[Asked]], list[Said]], about: Sequence[Asked]) -> list[Said]:
        """Have workers answer ``question``, a function of ``worker.py``, about many things; keep their order."""
        waiting: list[Future[list[Said]]] = [
            self._client.submit(
                question,
                self._plan.resource,
                list(about[start : start + _SENTENCES_TOGETHER]),
                resources={self._plan.resource: 1},
                priority=1,  # before batches: drafts already made wait for it
                pure=False,
            )
            for start in range(0, len(about), _SENTENCES_TOGETHER)
        ]
        return [said for future in waiting for said in self.awaited(future) or ()]

    def awaited(self, future: Future[Said], cancelled: Callable[[], bool] = lambda: False) -> Said | None:
        """Wait for an answer; None when drafting was cancelled meanwhile."""
        seen = monotonic()
        while not cancelled():
            try:
                return future.result(timeout=_SECONDS_BETWEEN_LOOKS)
            except TimeoutError:
                if self._client.nthreads():
                    seen = monotonic()
                elif monotonic() - seen > _SECONDS_WITHOUT_WORKERS:
                    raise EngineError(
                        f"The cluster has had no worker for {_SECONDS_WITHOUT_WORKERS // 60} minutes.",
                        "What was drafted is kept; start workers, then the same command goes on with the rest.",
                    ) from None
            except KilledWorker as error:
                raise EngineError(
                    "Several workers died over the same paragraphs.",
                    "What was drafted is kept. Look at the workers' logs and memory, or draft without --cluster.",
                ) from error
        return None

    def close(self) -> None:
        """Free the models on the workers, as far as they can still be reached, and hang up."""
        try:
            self._client.unregister_worker_plugin(self._plan.resource)
        except OSError:
            pass  # the scheduler is gone, and with it what was on the workers
        finally:
            self._client.close()


def connected(address: str, plan: Plan) -> tuple[Link, Roll]:
    """Connect to the scheduler at ``address`` and have its workers load the model; return who can take part.

    Raise EngineError when there is no scheduler, or no worker that can follow the plan.
    """
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise EngineError(
            f"No Dask scheduler answers at {address}.",
            "Start one there: `dask scheduler`. Nothing was sent; without --cluster this machine drafts.",
        ) from error
    link = Link(client, plan)
    roll = Roll()
    client.register_plugin(DraftingPlugin(plan), name=plan.resource)
    for worker, (sha256, problem) in client.run(proof, plan.resource).items():
        if sha256 == plan.sha256 and not problem:
            roll.drafted[worker] = 0
        else:
            roll.refused[worker] = problem
    if not roll.drafted:
        link.close()
        reasons = " ".join(sorted(set(roll.refused.values()))) or "there is none."
        raise EngineError(
            f"No worker at {address} can draft: {reasons}",
            "Every worker needs this version of Tarjama with its cluster extra, and the package: "
            "`tarjama models install FILE.argosmodel`.",
        )
    return link, roll

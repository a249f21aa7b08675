"""Draft on the workers of a Dask cluster; the project file keeps its one writer, at home.

Dask gives the batch of a worker that died to another one; an answer is taken once, from the future of its batch, so
that no draft is lost or doubled.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from workbench import __version__
from workbench.engines.cluster.plan import Answer, Batch, Plan, batches_of
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.errors import EngineError

if TYPE_CHECKING:
    from distributed import Client, Future

    from corpus.segmentation.rules import RuleSet

_SECONDS_TO_CONNECT = 15
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_WITHOUT_WORKERS = 120
_BATCHES_PER_THREAD = 2
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(slots=True)
class Roll:
    """Who drafts: how many paragraphs each worker has given, and why others give none; keys are addresses."""

    drafted: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


class ClusterEngine:
    """Draft with the package ``identity`` on every worker at ``address`` that has it.

    ``on_answer`` is called with the roll after each batch. Making one is cheap; ``draft`` connects.
    """

    def __init__(
        self,
        address: str,
        identity: ModelIdentity,
        *,
        beam_size: int,
        rules: RuleSet,
        on_answer: Callable[[Roll], None] = lambda _roll: None,
    ) -> None:
        self._address = checked_address(address)
        self._identity = identity
        self._beam_size = beam_size
        self._rules = rules
        self._on_answer = on_answer
        self.roll = Roll()

    @property
    def identity(self) -> ModelIdentity:
        """Say which model this is: the one at home, which every worker must have."""
        return self._identity

    @property
    def is_exposed(self) -> bool:
        """Tell whether texts travel unencrypted between machines."""
        parts = urlsplit(self._address)
        return parts.scheme != "tls" and parts.hostname not in _LOOPBACK

    def draft(self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> Iterator[DraftedText]:
        """Yield a draft for each text in order; see ``Engine.draft``.

        A few batches for each thread of the cluster are on their way at a time, however many there are.
        """
        with self._connected() as client, self._plugged(client) as plan:
            waiting: deque[tuple[Batch, Future[Answer]]] = deque()
            for batch in batches_of(texts):
                waiting.append((batch, _sent(client, plan, batch)))
                while len(waiting) >= _BATCHES_PER_THREAD * max(1, sum(client.nthreads().values())):
                    yield from self._drafts(client, *waiting.popleft(), cancelled)
                if cancelled():
                    return
            while waiting and not cancelled():
                yield from self._drafts(client, *waiting.popleft(), cancelled)

    def close(self) -> None:
        """Do nothing: each run frees what it has loaded."""

    @contextmanager
    def _connected(self) -> Iterator[Client]:
        from distributed import Client

        try:
            client = Client(self._address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError, RuntimeError) as error:
            raise EngineError(
                f"No Dask scheduler answers at {self._address}.",
                "Start one there: `dask scheduler`. Nothing was sent; without --cluster this machine drafts.",
            ) from error
        try:
            yield client
        except (CancelledError, OSError) as error:
            raise EngineError(
                f"The connection to the scheduler at {self._address} was lost.",
                "What was drafted is kept; the same command goes on with the rest.",
            ) from error
        finally:
            client.close()

    @contextmanager
    def _plugged(self, client: Client) -> Iterator[Plan]:
        from workbench.engines.cluster.worker import DraftingPlugin, proof

        plan = Plan(
            run=uuid.uuid4().hex[:12],
            tarjama=__version__,
            package=self._identity.name,
            sha256=self._identity.sha256,
            beam_size=self._beam_size,
            rules=self._rules,
        )
        client.register_plugin(DraftingPlugin(plan), name=plan.resource)
        try:
            self.roll = Roll()
            for worker, (sha256, problem) in client.run(proof, plan.resource).items():
                if sha256 == plan.sha256:
                    self.roll.drafted[worker] = 0
                else:
                    self.roll.refused[worker] = problem
            if not self.roll.drafted:
                raise EngineError(
                    f"No worker at {self._address} can draft: {self._reasons()}",
                    "Every worker needs this version of Tarjama with its cluster extra, and the package: "
                    "`tarjama models install FILE.argosmodel`.",
                )
            yield plan
        finally:
            client.unregister_worker_plugin(plan.resource)

    def _reasons(self) -> str:
        reasons = sorted(set(self.roll.refused.values()))
        return " ".join(reasons) or "there is none."

    def _drafts(
        self, client: Client, batch: Batch, future: Future[Answer], cancelled: Callable[[], bool]
    ) -> Iterator[DraftedText]:
        answer = _awaited(client, future, cancelled)
        if answer is None:
            return
        if answer.sha256 != self._identity.sha256 or len(answer.drafts) != len(batch.texts):
            raise EngineError(
                f"The worker {answer.worker} answered with another model or other drafts.",
                "What was drafted before is kept. Take the worker out of the cluster.",
            )
        self.roll.drafted[answer.worker] = self.roll.drafted.get(answer.worker, 0) + len(answer.drafts)
        self._on_answer(self.roll)
        for drafted in answer.drafts:
            yield DraftedText(batch.start + drafted.index, drafted.text, drafted.pieces, drafted.flags)


def checked_address(address: str) -> str:
    """Return the address of a scheduler with its scheme, tcp when it has none; raise EngineError for anything else."""
    full = address if "://" in address else f"tcp://{address}"
    parts = urlsplit(full)
    try:
        is_sound = parts.scheme in {"tcp", "tls"} and bool(parts.hostname) and parts.port is not None
    except ValueError:
        is_sound = False
    if not is_sound:
        raise EngineError(
            f"“{address}” is not the address of a Dask scheduler.", "One looks like tls://desk.example:8786."
        )
    return full


def _sent(client: Client, plan: Plan, batch: Batch) -> Future[Answer]:
    from workbench.engines.cluster.worker import draft_batch

    return client.submit(
        draft_batch,
        plan.resource,
        batch.texts,
        key=f"{plan.resource}-{batch.start}",
        resources={plan.resource: 1},
        priority=-batch.start,
        pure=False,
    )


def _awaited(client: Client, future: Future[Answer], cancelled: Callable[[], bool]) -> Answer | None:
    """Wait for the answer to a batch; None when drafting was cancelled meanwhile."""
    from distributed.scheduler import KilledWorker

    seen = monotonic()
    while not cancelled():
        try:
            answer = future.result(timeout=_SECONDS_BETWEEN_LOOKS)
        except TimeoutError:
            if client.nthreads():
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
        else:
            return answer
    return None

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
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from workbench import __version__
from workbench.engines.cluster.link import Link, Roll, connected
from workbench.engines.cluster.plan import Answer, Batch, Plan, batches_of
from workbench.engines.cluster.worker import find_places, reword_batch
from workbench.engines.loopback import is_loopback
from workbench.engines.protocol import DraftedText, ModelIdentity, PlaceQuestion, Reworded, Rewording
from workbench.errors import EngineError

if TYPE_CHECKING:
    from distributed import Future

    from corpus.segmentation.rules import RuleSet

_BATCHES_PER_THREAD = 2


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
        self._connected: Link | None = None
        self.roll = Roll()

    @property
    def identity(self) -> ModelIdentity:
        """Say which model this is: the one at home, which every worker must have."""
        return self._identity

    @property
    def host(self) -> str:
        """The machine that texts are sent to; nothing when it is this one."""
        name = urlsplit(self._address).hostname or ""
        return "" if is_loopback(name) else name

    @property
    def is_exposed(self) -> bool:
        """Tell whether texts travel unencrypted between machines."""
        return bool(self.host) and not self._address.startswith("tls:")

    def draft(self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> Iterator[DraftedText]:
        """Yield a draft for each text in order; see ``Engine.draft``.

        A few batches for each thread of the cluster are on their way at a time, however many there are.
        """
        with self._in_words():
            link = self._link()
            waiting: deque[tuple[Batch, Future[Answer]]] = deque()
            for batch in batches_of(texts):
                waiting.append((batch, link.sent(batch)))
                while len(waiting) >= _BATCHES_PER_THREAD * max(1, link.threads()):
                    yield from self._drafts(link, *waiting.popleft(), cancelled)
                if cancelled():
                    return
            while waiting and not cancelled():
                yield from self._drafts(link, *waiting.popleft(), cancelled)

    def places(self, questions: Sequence[PlaceQuestion]) -> list[tuple[int, int] | None]:
        """Have the workers say where words of drafts come from; see ``ObeysTerms.places``."""
        with self._in_words():
            return self._link().asked(find_places, questions)

    def reword(self, rewordings: Sequence[Rewording]) -> list[Reworded]:
        """Have the workers draft sentences otherwise; see ``ObeysTerms.reword``."""
        with self._in_words():
            return self._link().asked(reword_batch, rewordings)

    def close(self) -> None:
        """Free the models on the workers, and hang up; the next draft connects anew."""
        if self._connected is not None:
            self._connected.close()
            self._connected = None

    def _link(self) -> Link:
        if self._connected is None:
            plan = Plan(
                run=uuid.uuid4().hex[:12],
                tarjama=__version__,
                package=self._identity.name,
                sha256=self._identity.sha256,
                beam_size=self._beam_size,
                rules=self._rules,
            )
            self._connected, self.roll = connected(self._address, plan)
        return self._connected

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except (CancelledError, OSError) as error:
            raise EngineError(
                f"The connection to the scheduler at {self._address} was lost.",
                "What was drafted is kept; the same command goes on with the rest.",
            ) from error

    def _drafts(
        self, link: Link, batch: Batch, future: Future[Answer], cancelled: Callable[[], bool]
    ) -> Iterator[DraftedText]:
        answer = link.awaited(future, cancelled)
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
            yield replace(drafted, index=batch.start + drafted.index)


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

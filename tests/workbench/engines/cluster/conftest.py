"""A Dask cluster of real processes on this machine, each worker with a Tarjama home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client

SCHEDULER = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
WORKER = ("distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")


class Cluster:
    """A scheduler, and workers by the order they were started in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.scheduler = self._start(*SCHEDULER, "--scheduler-file", str(file))
        while not file.exists() or not file.read_text(encoding="utf-8").strip():
            assert self.scheduler.poll() is None, "the scheduler ended"
        self.address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
        self.client = Client(self.address, set_as_default=False)

    def add_worker(self, home: Path) -> tuple[subprocess.Popen[bytes], str]:
        """Start a worker whose Tarjama home is ``home``; return it and its address when it has joined."""
        before = set(self.client.nthreads())
        process = self._start(*WORKER, "--local-directory", str(self._folder), self.address, home=home)
        self.client.wait_for_workers(len(before) + 1, timeout=60)
        (address,) = set(self.client.nthreads()) - before
        return process, address

    def close(self) -> None:
        self.client.close()
        for process in reversed(self.processes):
            process.kill()
            process.wait()

    def _start(self, *arguments: str, home: Path | None = None) -> subprocess.Popen[bytes]:
        environment = os.environ | {"TARJAMA_HOME": str(home or self._folder)}
        log = (self._folder / f"{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments], env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        self.processes.append(process)
        return process


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    yield running
    running.close()

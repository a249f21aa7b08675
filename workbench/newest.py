"""A thread that does the newest of what it is asked for: whoever types asks again before the last answer is there."""

from __future__ import annotations

import threading
from collections.abc import Callable

Work = Callable[[Callable[[], bool]], None]
"""What is to be done; it is given what tells whether its result is still wanted."""


class NewestFirst:
    """Runs what it was asked for last. What was asked before is dropped if it waits, told to stop if it runs."""

    def __init__(self, name: str, after_seconds: float = 0.0) -> None:
        self._name = name
        self._after_seconds = after_seconds
        self._changed = threading.Condition()
        self._waiting: Work | None = None
        self._number = 0
        self._closed = False
        self._thread: threading.Thread | None = None

    def ask(self, work: Work) -> None:
        """Have ``work`` done instead of all that was asked before, once nothing else is asked for a moment."""
        with self._changed:
            if self._closed:
                return
            self._waiting = work
            self._number += 1
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def forget(self) -> None:
        """Have nothing done of all that was asked."""
        with self._changed:
            self._waiting = None
            self._number += 1

    def close(self) -> None:
        """End the thread, once what it is at has noticed that nobody wants it; wait for that."""
        with self._changed:
            self._closed = True
            self._waiting = None
            self._number += 1
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while (task := self._next()) is not None:
            work, number = task
            work(lambda number=number: number != self._number)  # type: ignore[misc]

    def _next(self) -> tuple[Work, int] | None:
        """Wait for something that nothing newer follows at once."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._closed or self._waiting is not None)
                if self._closed:
                    return None
                number = self._number
                if self._after_seconds and self._changed.wait_for(
                    lambda number=number: self._number != number,  # type: ignore[misc]
                    self._after_seconds,
                ):
                    continue
                work, self._waiting = self._waiting, None
                if work is not None:
                    return work, number

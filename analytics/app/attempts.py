"""How often a wrong password may be tried: per name and per address, within a span of time."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock

__all__ = ["Attempts"]

_MOST_KEYS = 10_000


class Attempts:
    """Counts failures and says when to wait.

    Parameters
    ----------
    most : int
        Failures of one key within the span before it has to wait.
    span : float
        Seconds.
    clock : callable
        Seconds, ever rising.
    """

    def __init__(self, most: int = 5, span: float = 900, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._span, self._clock = most, span, clock
        self._failures: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def wait(self, key: str) -> int:
        """Return the seconds until a key may try again; 0 for now."""
        with self._lock:
            failures = self._recent(key)
            return 0 if len(failures) < self._most else max(1, round(failures[0] + self._span - self._clock()))

    def failed(self, key: str) -> None:
        """Take down a failure."""
        with self._lock:
            self._recent(key).append(self._clock())
            if len(self._failures) > _MOST_KEYS:
                self._forget()

    def succeeded(self, key: str) -> None:
        """Forget the failures of a key."""
        with self._lock:
            self._failures.pop(key, None)

    def _recent(self, key: str) -> deque[float]:
        failures = self._failures[key]
        while failures and failures[0] + self._span <= self._clock():
            failures.popleft()
        return failures

    def _forget(self) -> None:
        """Drop the keys that no longer count, and the oldest where all do."""
        for key in [key for key in self._failures if not self._recent(key)]:
            del self._failures[key]
        for key in list(self._failures)[: max(0, len(self._failures) - _MOST_KEYS)]:
            del self._failures[key]

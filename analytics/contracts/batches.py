"""Work on batches of rows, on several threads and in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, Self, TypeVar

__all__ = ["Behind", "worked_on"]

Batch = TypeVar("Batch")
Made = TypeVar("Made")
Given = ParamSpec("Given")


def worked_on(
    batches: Iterable[Batch], work: Callable[[Batch], Made], threads: int = 1
) -> Iterator[tuple[Batch, Made]]:
    """Work on batches, hardly more of them at a time than there are threads.

    Parameters
    ----------
    batches : iterable
        They are asked for one after the other, when there is room for the next.
    work : callable
        What is made of each.
    threads : int
        Threads to work on.

    Yields
    ------
    tuple
        Each batch and what was made of it, in the order of the batches.
    """
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[tuple[Batch, Future[Made]]] = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(work, batch)))
            if len(waiting) > threads:
                done, made = waiting.popleft()
                yield done, made.result()
        while waiting:
            done, made = waiting.popleft()
            yield done, made.result()


class Behind:
    """A thread that does one thing after the other while the next is made ready, and holds one that is not done."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._doing: Future[object] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def do(self, work: Callable[Given, object], *args: Given.args, **kwargs: Given.kwargs) -> None:
        """Begin with something once what was begun before is done; raise what went wrong with that."""
        self._wait()
        self._doing = self._pool.submit(work, *args, **kwargs)

    def close(self) -> None:
        """Wait until all is done; raise what went wrong."""
        try:
            self._wait()
        finally:
            self._pool.shutdown()

    def _wait(self) -> None:
        doing, self._doing = self._doing, None
        if doing is not None:
            doing.result()

"""Work on batches of rows, on several threads and in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["worked_on"]

Batch = TypeVar("Batch")
Made = TypeVar("Made")


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

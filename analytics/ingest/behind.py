"""Work that is done while the next is made ready."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, Self

__all__ = ["Behind"]

Given = ParamSpec("Given")


class Behind:
    """A thread that does one thing after the other, and holds no more than one that is not done."""

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

"""How far a run is: what is said of a step, the time that is left, and a bar in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from importlib import import_module
from typing import Any

from analytics.showing import printable

__all__ = ["Clock", "in_notebook", "readable", "told_in_notebook"]

_TOLD_FROM = 0.05
"""Share that is done from which the rest is judged by it."""
_SHORT = 10
"""Seconds that nobody needs to be told of."""
_PAUSE = 0.2
"""Seconds between two looks of the bar."""
Teller = Callable[[str, int, int], None]


class Clock:
    """Tells how long a part of a run still takes by how long the part behind took."""

    def __init__(self) -> None:
        self._total, self._began = 0, 0.0

    def left(self, done: int, total: int) -> str:
        """Say the estimated time remaining in words; nothing where it is short, or too little is done to tell."""
        now = time.monotonic()
        if total != self._total:
            self._total, self._began = total, now
        if done < total * _TOLD_FROM or not total:
            return ""
        seconds = (now - self._began) * (total - done) / done
        if seconds < _SHORT:
            return ""
        return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def readable(step: str) -> str:
    """Name a step of the plan in words; what is said of a file stays as it is."""
    return step if ":" in step else step.replace("__", " ").replace("_", " ")


def in_notebook() -> bool:
    """Tell whether cells of a notebook are run by an IPython kernel, as Jupyter does."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell is not None and getattr(shell, "kernel", None) is not None


@contextmanager
def told_in_notebook(progress: Teller | bool | None) -> Iterator[Teller | None]:
    """Yield what a call reports its progress to: what was given, else a bar where a notebook shows it.

    Parameters
    ----------
    progress : callable, bool or None
        False says nothing. True and None show the bar in a notebook, and say nothing elsewhere.

    Yields
    ------
    callable or None
        Takes the step, how many are done, how many there are.
    """
    if callable(progress):
        yield progress
    elif progress is False or not in_notebook():
        yield None
    else:
        yield from _bar()


def _bar() -> Iterator[Teller]:
    screen: Any = import_module("IPython.display")
    began, clock, last = time.monotonic(), Clock(), {"at": 0.0}
    shown: Any = screen.display(screen.HTML("starting"), display_id=True)

    def report(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - last["at"] < _PAUSE:
            return
        last["at"] = now
        left = clock.left(done, total)
        bar = f'<progress value="{done}" max="{max(total, 1)}" aria-label="progress"></progress>'
        said = escape(printable(readable(step)))
        shown.update(screen.HTML(f"{bar} {said}{left and f', about {left} left'}"))

    try:
        yield report
    finally:
        shown.update(screen.HTML(f"<small>{time.monotonic() - began:.0f} s</small>"))

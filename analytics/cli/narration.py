"""The story of a run on standard error: a bar where a person watches, plain lines where a log does."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from analytics.contracts.steps import BESIDE_ENGINE
from analytics.showing import in_json, printable, without_secrets

if TYPE_CHECKING:
    from analytics.pipeline.options import Progress

__all__ = ["note", "say", "say_json", "told"]

TOLD_FROM = 0.05
"""Share that is done from which the rest is judged by it."""
SHORT = 10
"""Seconds that nobody needs to be told of."""


def say(text: object) -> None:
    """Print on standard output what is fit for a terminal."""
    print(printable(str(text)))


def say_json(value: object) -> None:
    """Print a value as JSON on standard output; what a terminal would obey is escaped, so that no data change."""
    print(in_json(json.dumps(value, ensure_ascii=False, sort_keys=True)))


def note(text: str = "") -> None:
    """Say something on standard error."""
    print(printable(without_secrets(text)), file=sys.stderr, flush=True)


@contextmanager
def told(show: bool) -> Iterator[Progress | None]:
    """Yield what a run reports its progress to.

    Parameters
    ----------
    show : bool
        False says nothing at all.

    Yields
    ------
    callable or None
        Takes the step, how many are done, how many there are.
    """
    if not show:
        yield None
    elif sys.stderr.isatty():
        yield from _bar()
    else:
        yield _lines()


def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    clock = _Clock()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None, left="")

        def report(step: str, done: int, total: int) -> None:
            left = clock.left(done, total)
            said = printable(_readable(step))
            bar.update(task, description=said, completed=done, total=total or None, left=left and f"{left} left")

        yield report


def _lines() -> Progress:
    """Return a teller that prints a tenth at a time, so that a log stays readable, and whatever needs memory."""
    last = {"share": -1, "total": 0}
    clock = _Clock()

    def report(step: str, done: int, total: int) -> None:
        share = 10 * done // total if total else 0
        left = clock.left(done, total)
        if total != last["total"] or share > last["share"] or step.endswith(BESIDE_ENGINE):
            last.update(share=share, total=total)
            note(f"  {10 * share:3d}%  {_readable(step)}{left and f', about {left} left'}")

    return report


class _Clock:
    """Tells how long a part of a run still takes by how long the part behind took."""

    def __init__(self) -> None:
        self._total, self._began = 0, 0.0

    def left(self, done: int, total: int) -> str:
        """Say the time left in words; nothing where it is short, or too little is done to tell."""
        now = time.monotonic()
        if total != self._total:
            self._total, self._began = total, now
        if done < total * TOLD_FROM or not total:
            return ""
        seconds = (now - self._began) * (total - done) / done
        if seconds < SHORT:
            return ""
        return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def _readable(step: str) -> str:
    """Name a step of the plan in words; what is said of a file stays as it is."""
    return step if ":" in step else step.replace("__", " ").replace("_", " ")

"""The story of a run on standard error: a bar where a person watches, plain lines where a log does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from analytics.contracts.steps import BESIDE_ENGINE
from analytics.showing import in_json, printable, without_secrets
from analytics.telling import Clock, readable

if TYPE_CHECKING:
    from analytics.pipeline.options import Progress

__all__ = ["note", "say", "say_json", "told"]


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
    clock = Clock()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None, left="")

        def report(step: str, done: int, total: int) -> None:
            left = clock.left(done, total)
            said = printable(readable(step))
            bar.update(task, description=said, completed=done, total=total or None, left=left and f"{left} left")

        yield report


def _lines() -> Progress:
    """Return a teller that prints a tenth at a time, so that a log stays readable, and whatever needs memory."""
    last = {"share": -1, "total": 0}
    clock = Clock()

    def report(step: str, done: int, total: int) -> None:
        share = 10 * done // total if total else 0
        left = clock.left(done, total)
        if total != last["total"] or share > last["share"] or step.endswith(BESIDE_ENGINE):
            last.update(share=share, total=total)
            note(f"  {10 * share:3d}%  {readable(step)}{left and f', about {left} left'}")

    return report

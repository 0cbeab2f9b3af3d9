"""``splitship review``: clerical review by a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, Store
from analytics.errors import UsageError

__all__ = ["PLACE", "command"]

PLACE = 140
"""Among the verbs of the help."""


def command(
    count: Annotated[int | None, typer.Option("--next", metavar="N", min=1, help="Write the next N pairs.")] = None,
    out: Annotated[Path, typer.Option(help="The sheet to write.")] = Path("splitship-review.xlsx"),
    filled: Annotated[Path | None, typer.Option("--in", metavar="FILE", help="Read a completed sheet.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Reviewer; your user name by default.")] = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """Write a sheet of pairs for clerical review, or read the verdicts back."""
    from analytics.opened import open_store

    if (count is None) == (filled is None):
        raise UsageError("one of two options is needed. --next N writes a sheet, --in FILE reads one.")
    opened = open_store(store)
    if filled is not None:
        taken = opened.take_review(filled, by=by)
        note(f"{taken:,} verdicts kept. To apply them: splitship screen --store {store}")
    elif count is not None:
        note(f"{opened.review(count, out):,} pairs to review")
        say(out)

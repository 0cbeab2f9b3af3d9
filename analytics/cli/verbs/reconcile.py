"""``splitship reconcile``: compare flags with customs notices."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, By, Store

__all__ = ["PLACE", "command"]

PLACE = 170
"""Among the verbs of the help."""


def command(
    notices: Annotated[
        Path | None,
        typer.Argument(metavar="NOTICES", help="CSV with bill, code, date; the known notices by default."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write both kinds of mismatch: .csv .parquet .xlsx .jsonl.")] = None,
    by: By = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """Compare daily_limit flags with customs notices: matches, and both kinds of mismatch."""
    from analytics.opened import open_store
    from analytics.store.exporting import write_frame

    found = open_store(store).reconcile(notices, by=by)
    if found.taken is not None:
        read, fresh, known = found.taken.read, found.taken.fresh, found.taken.known
        note(f"{read:,} notices read: {fresh:,} accepted, {known:,} repeated, none rejected")
    say(found)
    if out is not None:
        note(f"both kinds of mismatch: {write_frame(found.misses.lazy(), out)}")

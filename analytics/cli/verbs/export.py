"""``splitship export``: write a table of the store to a file."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.narration import say
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 60
"""Among the verbs of the help."""


def command(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="Name of a table, such as flags.")],
    store: Store = DEFAULT_STORE,
    out: Annotated[
        str | None, typer.Option(help="File or URL: .csv .parquet .xlsx .jsonl; CSV to standard output by default.")
    ] = None,
) -> None:
    """Write a published table to a file or to standard output."""
    from analytics.ingest.sources.remote import shown
    from analytics.opened import open_store
    from analytics.store.exporting import export as take_out

    written = take_out(open_store(store), table, out)
    if written is not None:
        say(shown(written))

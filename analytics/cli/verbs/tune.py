"""``splitship tune``: the below-the-line test of a typology."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, By, Store
from analytics.errors import UsageError

__all__ = ["PLACE", "command"]

PLACE = 160
"""Among the verbs of the help."""


def command(
    typology: Annotated[str | None, typer.Option(help="Typology to test, such as inferred_order_split.")] = None,
    count: Annotated[int | None, typer.Option("--next", metavar="N", min=1, help="Draw N candidates.")] = None,
    out: Annotated[Path, typer.Option(help="The sheet to write.")] = Path("splitship-sample.xlsx"),
    filled: Annotated[Path | None, typer.Option("--in", metavar="FILE", help="Read a completed sheet.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the draw; kept with the sample.")] = None,
    confidence: Annotated[float, typer.Option(help="Confidence level of the bound, between 0 and 1.")] = 0.95,
    by: By = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """Run a below-the-line test: draw a sample, read its verdicts, or show the bounds of the missed share."""
    from analytics.opened import open_store

    if count is not None and filled is not None:
        raise UsageError("two options were given. --next N draws a sample, --in FILE reads a sheet.")
    opened = open_store(store)
    if count is None:
        found = opened.tune(filled, confidence=confidence, by=by)
        if found.sample_id is not None:
            note(f"sample {found.sample_id}: {found.taken:,} verdicts kept")
        say(found)
        return
    if typology is None:
        raise UsageError("a typology is needed: --typology inferred_order_split, structuring or daily_limit.")
    sample = opened.sample(typology, count, out, seed=seed, by=by)
    note(f"sample {sample.sample_id}: {sample.drawn:,} candidates below the line of {typology}, scores hidden")
    say(sample.file)

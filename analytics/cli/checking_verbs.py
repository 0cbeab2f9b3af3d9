"""Verbs that check the findings against people and against customs: tune, reconcile."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.narration import note, say
from analytics.errors import UsageError

__all__ = ["reconcile", "tune"]

_Store = Annotated[Path, typer.Option("--store", help="Folder of the store.")]
_By = Annotated[str | None, typer.Option(metavar="WHO", help="Who does it; the user's name by default.")]
_DEFAULT_STORE = Path("splitship-store")


def tune(
    typology: Annotated[str | None, typer.Option(help="Whose line: such as inferred_order_split.")] = None,
    count: Annotated[int | None, typer.Option("--next", metavar="N", min=1, help="Draw N candidates below it.")] = None,
    out: Annotated[Path, typer.Option(help="The sheet to write.")] = Path("splitship-sample.xlsx"),
    filled: Annotated[Path | None, typer.Option("--in", metavar="FILE", help="Take back a filled-in sheet.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the draw; kept with the sample.")] = None,
    confidence: Annotated[float, typer.Option(help="Of the bound, between 0 and 1.")] = 0.95,
    by: _By = None,
    store: _Store = _DEFAULT_STORE,
) -> None:
    """Sample below a typology's line, judge blind, and bound what is missed; without options tell all bounds."""
    from analytics.cli.tuning_text import bound_lines
    from analytics.opened import open_store
    from analytics.tuning import bounds, draw_sample, take_sample

    if not 0 < confidence < 1:
        raise UsageError(f"--confidence {confidence} is no confidence. Give a number between 0 and 1, such as 0.95.")
    if count is not None and filled is not None:
        raise UsageError("say one thing: --next N draws a sample, --in FILE takes one back.")
    opened = open_store(store)
    if count is not None:
        if typology is None:
            raise UsageError("say whose line: --typology inferred_order_split, structuring or daily_limit.")
        sample, drawn = draw_sample(opened, typology, count, out, seed=seed, by=by)
        note(f"sample {sample}: {drawn:,} candidates below the line of {typology}, scores hidden")
        say(out)
        return
    if filled is not None:
        sample, taken = take_sample(opened, filled, by)
        note(f"sample {sample}: {taken:,} verdicts kept")
    say("\n".join(bound_lines(bounds(opened.table("tunings").collect(), confidence))))


def reconcile(
    notices: Annotated[
        Path | None, typer.Argument(metavar="[NOTICES]", help="CSV with bill, code, date; else those known.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write both kinds of miss: .csv .parquet .xlsx .jsonl.")] = None,
    by: _By = None,
    store: _Store = _DEFAULT_STORE,
) -> None:
    """Hold daily_limit flags against notices of customs: what both saw, and both kinds of miss."""
    from analytics.cli.notice_text import reconciliation_lines
    from analytics.opened import open_store
    from analytics.reconciliation import reconcile as hold_against
    from analytics.reconciliation import take_notices
    from analytics.store.exporting import write_frame

    opened = open_store(store)
    if notices is not None:
        taken = take_notices(opened, notices, by)
        note(f"{taken.read:,} notices read: {taken.fresh:,} accepted, {taken.known:,} repeated, none rejected")
    found = hold_against(opened)
    if found is None:
        raise UsageError("no notice was handed in yet. Name a file: splitship reconcile NOTICES.csv")
    say("\n".join(reconciliation_lines(found)))
    if out is not None:
        note(f"both kinds of miss: {write_frame(found.misses.lazy(), out)}")

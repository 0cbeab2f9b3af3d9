"""``splitship reconcile``: compare flags with customs notices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, By, Store
from analytics.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from analytics.reconciliation import Reconciliation

__all__ = ["PLACE", "command"]

PLACE = 170
"""Among the verbs of the help."""
_WIDTH = 14


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
    from analytics.reconciliation import reconcile as hold_against
    from analytics.reconciliation import take_notices
    from analytics.store.exporting import write_frame

    opened = open_store(store)
    if notices is not None:
        taken = take_notices(opened, notices, by)
        note(f"{taken.read:,} notices read: {taken.fresh:,} accepted, {taken.known:,} repeated, none rejected")
    found = hold_against(opened)
    if found is None:
        raise UsageError("no notices are known. Name a file: splitship reconcile NOTICES.csv")
    say("\n".join(_reconciliation_lines(found)))
    if out is not None:
        note(f"both kinds of mismatch: {write_frame(found.misses.lazy(), out)}")


def _reconciliation_lines(found: Reconciliation) -> list[str]:
    """Show the matches and both kinds of mismatch."""
    rows = (("flagged by us", found.both, found.ours_only), ("not flagged", found.theirs_only, found.neither))
    return [
        "Shipments that claimed the exemption, by daily_limit flags and by notices:",
        "",
        f"{'':<{_WIDTH}}{'noticed':>{_WIDTH}}{'not noticed':>{_WIDTH}}",
        *(f"{name:<{_WIDTH}}{told:>{_WIDTH},}{untold:>{_WIDTH},}" for name, told, untold in rows),
        "",
        f"{found.notices:,} notices; {found.unknown_bills:,} bills among them are not in the data",
        *(_code(row) for row in found.codes.iter_rows(named=True)),
        "",
        *_reasons("noticed and not flagged", found.missed_by_us),
        *_reasons("flagged and not noticed", found.missed_by_them),
    ]


def _code(row: dict[str, object]) -> str:
    meaning = row["meaning"] or "not in ref_ace_notice_codes; a folder under --rules may add it"
    outside = f"; {row['out_of_use']:,} outside the days of its use as far as known" if row["out_of_use"] else ""
    stage = f" ({row['effect']}, {row['confidence']})" if row["effect"] else ""
    return f"    {row['code']:<6} {row['notices']:>7,}  {meaning}{stage}{outside}"


def _reasons(title: str, missed: pl.DataFrame) -> list[str]:
    import polars as pl

    plain = missed.with_columns(pl.col("why").str.replace(r": [0-9.]+ of [0-9.]+ [A-Z]+ that day", ""))
    counts = plain["why"].value_counts(sort=True).sort("count", "why", descending=[True, False])
    return [f"{title}: {missed.height:,}", *(f"    {count:>7,}  {why}" for why, count in counts.iter_rows())]

"""What flags and notices say of each other, in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from analytics.reconciliation.comparing import Reconciliation

__all__ = ["reconciliation_lines"]

_WIDTH = 14


def reconciliation_lines(found: Reconciliation) -> list[str]:
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
    plain = missed.with_columns(pl.col("why").str.replace(r": [0-9.]+ of [0-9.]+ [A-Z]+ that day", ""))
    counts = plain["why"].value_counts(sort=True).sort("count", "why", descending=[True, False])
    return [f"{title}: {missed.height:,}", *(f"    {count:>7,}  {why}" for why, count in counts.iter_rows())]

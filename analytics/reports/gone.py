"""A flag that a run no longer raised, out of what the store remembers of its runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from analytics.store import Store
from analytics.store.settings import differences
from analytics.wording.gone import GoneFlag, Turn

__all__ = ["gone_flag"]


def gone_flag(store: Store, flag_id: str) -> GoneFlag | None:
    """Return what is on record of a flag that is gone; None where no run dropped one of that id.

    Parameters
    ----------
    store : Store
        As screened last; the flag is not among its flags.
    flag_id : str
        Any id.
    """
    changes = store.table("run_changes").filter(pl.col("flag_id") == flag_id).collect()
    order = {run.run_id: place for place, run in enumerate(store.state.runs)}
    rows = sorted(changes.iter_rows(named=True), key=lambda row: (order[row["run_id"]], row["cause"]))
    if not rows or rows[-1]["change"] != "gone":
        return None
    last = rows[-1]
    turns = [
        Turn(
            row["run_id"],
            _day(store, order[row["run_id"]]),
            row["change"],
            row["cause"],
            row["usd_change"] or Decimal(0),
        )
        for row in rows
    ]
    details = list(_details(store, order[last["run_id"]], last["cause"]))
    return GoneFlag(flag_id, last["typology"], last["strength"], last["window_end"], turns, details)


def _day(store: Store, place: int) -> date:
    return datetime.fromisoformat(store.state.runs[place].finished_at).date()


def _details(store: Store, place: int, cause: str) -> Iterator[str]:
    """Yield what changed between a run and the one before it, as far as it is about the cause."""
    if not place:
        return
    before, now = store.state.runs[place - 1], store.state.runs[place]
    if cause in {"rules", "settings", "program"}:
        for row in differences(before, now).iter_rows(named=True):
            yield f"  {row['setting']}: {row['before']} before, {row['now']} since"
    if cause == "judgements":
        said = store.table("judgements").filter(
            pl.col("judged_at") > before.finished_at, pl.col("judged_at") <= now.finished_at
        )
        for row in said.sort("judged_at").collect().iter_rows(named=True):
            pair = f"{row['alias_id_l']} and {row['alias_id_r']}"
            yield f"  {pair}: {row['verdict']}, by {row['judged_by']}, {row['judged_at']}"

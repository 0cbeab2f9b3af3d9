"""The rows of law that a disclosure rests on, each with its citation and the confidence in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analytics.errors import UnknownTable
from analytics.exposure.dated import in_force, of_regime
from analytics.store import Store

__all__ = ["Law", "law_of"]

_RATES = ("ref_duty_layers", "ref_hts_rates")

_TABLES = (
    "ref_interest_rates", "ref_deadlines", "ref_clocks", "ref_penalties", "ref_claim_penalties", "ref_entry_types",
    "ref_limits", "ref_fees",
)  # fmt: skip


@dataclass(frozen=True)
class Law:
    """Reference tables as the store holds them, of one regime.

    Attributes
    ----------
    tables : dict of str to polars.DataFrame
        By name; a table that an earlier version did not know is missing.
    confidence : dict of str to str
        By the citation of a rate of duty.
    """

    tables: dict[str, pl.DataFrame]
    confidence: dict[str, str]

    def rows(self, name: str, on: date | None = None, **wanted: Any) -> list[dict[str, Any]]:
        """Return the rows of a table that hold on a day, or the newest stretch of each where none is given."""
        if name not in self.tables:
            return []
        found = self.tables[name].filter(*(pl.col(column) == value for column, value in wanted.items()))
        dated = found.filter(pl.col("valid_to").is_null()) if on is None else found.filter(in_force(pl.lit(on)))
        return dated.rows(named=True)

    def within(self, deadline: str, on: date | None) -> int | None:
        """Return how many days a deadline of ``ref_deadlines`` gives; None where the tables do not say."""
        found = self.rows("ref_deadlines", on, deadline=deadline)
        return found[0]["within_days"] if found else None


def law_of(store: Store, regime: str) -> Law:
    """Read the law that a disclosure rests on."""
    tables = {name: _of(frame, regime) for name in _TABLES if (frame := _table(store, name)) is not None}
    cited = [store.table(name).select("source", "confidence").unique().collect() for name in _RATES]
    return Law(tables, dict(pl.concat(cited).sort("source", "confidence").iter_rows()))


def _of(frame: pl.DataFrame, regime: str) -> pl.DataFrame:
    return of_regime(frame, regime) if "regime" in frame.columns else frame


def _table(store: Store, name: str) -> pl.DataFrame | None:
    try:
        return store.table(name).collect()
    except UnknownTable:
        return None

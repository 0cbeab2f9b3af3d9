"""What may be owed as sheets of the workbook: the totals, then the tables that they are made of."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.reports.sections.owed.measures import Owed

__all__ = ["MEANINGS", "sheets_of"]

MEANINGS = {"flags_not_computable": "Flags with a part that cannot be computed: the figures are of the rest"}
"""What the columns of the sheets mean that are in no published table."""
_MONEY = pl.Decimal(18, 2)
_TOTALS: dict[str, Any] = {
    "component": pl.String,
    "floor_usd": _MONEY,
    "base_usd": _MONEY,
    "ceiling_usd": _MONEY,
    "flags_not_computable": pl.Int64,
}


def sheets_of(owed: Owed) -> dict[str, pl.DataFrame]:
    """Return the totals by component, each shipment counted once, and the rows behind them."""
    rows = [
        (name, value.floor, value.base, value.ceiling, owed.unknown[name]) for name, value in owed.components.items()
    ]
    return {"owed_totals": pl.DataFrame(rows, schema=_TOTALS, orient="row"), **owed.sheets}

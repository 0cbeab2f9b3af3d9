"""Plants informal entries whose importer of record is the shipper abroad, and as many of importers at home."""

from __future__ import annotations

from datetime import date

import polars as pl

from analytics.traffic.injector import SOLD, Injector
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_ORDERED = date(2026, 6, 3)  # executive order Strengthening Customs Enforcement
_ENTERED = (pl.col("entry") == "11") & (pl.col("order") >= 0) & (pl.col("date") >= _ORDERED)
_EACH = 2


def _importers_abroad(injector: Injector, schemes: int) -> None:
    """Two informal entries of a seller and week in the shipper's name; as often in the name of the consignee."""
    groups = injector.groups(["seller", "week"], _EACH, _ENTERED & SOLD)
    for number, group in zip(range(2 * schemes), groups, strict=False):
        is_scheme = number % 2 == 0
        chosen = group[:_EACH].tolist()
        for row in chosen:
            seller = injector.cell("seller_name", row)
            importer = seller if is_scheme else injector.cell("consignee_name", row)
            injector.put(row, importer_name=importer, shipper_name=seller)
        if is_scheme:
            injector.true("foreign_importer_informal", injector.rows.select("seller", "week").row(chosen[0]), chosen)


SCHEME = Scheme(injected=(Injected(_importers_abroad, 4),))
"""What is planted, and what is true of any shipments."""

"""Plants goods claimed free by their origin and sent from China, while China's were free and while they were not."""

from __future__ import annotations

from datetime import date

import polars as pl

from analytics.traffic.injector import Injector
from analytics.traffic.law import CHINA
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_SWITCH, _END = date(2025, 5, 2), date(2025, 8, 29)
_IS_CHINA = pl.col("origin").is_in(CHINA)


def _origins_that_do_not_fit(injector: Injector, schemes: int) -> None:
    """Goods claimed free by their origin and sent from China while China's were not; as often while they were."""
    exempt = ~_IS_CHINA & pl.col("claimed") & pl.col("limit").is_not_null() & (pl.col("seller") >= 0)
    periods = (pl.col("date").is_between(_SWITCH, _END, closed="left"), pl.col("date") < _SWITCH)
    for is_scheme, period in zip((True, False), periods, strict=True):
        for _, row in zip(range(schemes), injector.singles(exempt & period), strict=False):
            injector.put(row, shipper_country="CN", export_country="CN")
            if is_scheme:
                injector.true("origin_mismatch", injector.rows.select("seller", "week", "origin").row(row), [row])


SCHEME = Scheme(injected=(Injected(_origins_that_do_not_fit, 4, place=130),))
"""What is planted, and what is true of any shipments."""

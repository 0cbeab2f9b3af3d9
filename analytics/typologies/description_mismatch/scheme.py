"""Plants goods that are described as goods of another chapter."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import EXEMPT, SOLD, Injector
from analytics.traffic.lists import read_table
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]


def _other_descriptions(injector: Injector, schemes: int) -> None:
    """Goods described as goods of another chapter."""
    goods = read_table("goods.csv").select("hts_code", "description").rows()
    written = injector.manifest["hts_code"].is_not_null()
    for _, row in zip(range(schemes), injector.singles(EXEMPT & SOLD & pl.lit(written)), strict=False):
        code = str(injector.cell("hts_code", row))
        other = [said for number, said in goods if number[:2] != code[:2]]
        injector.put(row, description=injector.draw(other))
        injector.true("description_mismatch", row, [row])


SCHEME = Scheme(injected=(Injected(_other_descriptions, 5, place=90),))
"""What is planted, and what is true of any shipments."""

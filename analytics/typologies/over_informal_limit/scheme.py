"""Plants informal entries over their limit by customs value, and entries over it by the retail value alone."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import Injector, money
from analytics.traffic.law import each
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_ENTERED = pl.col("entry") == "11"
_INFORMAL_CENTS = 250_000


def _entries_over_their_limit(injector: Injector, schemes: int) -> None:
    """Informal entries over their limit by customs value; as often over it by the retail value alone."""
    rows = injector.rng.permutation(injector.free(_ENTERED)).tolist()
    for number, row in zip(range(2 * schemes), rows, strict=False):
        retail = _INFORMAL_CENTS + int(injector.rng.integers(100, 200_000))
        customs = retail if number % 2 == 0 else _INFORMAL_CENTS
        injector.put(row, declared_value=money(retail), customs_value=money(customs))
        injector.fact(row, cents=retail, deliberate=number % 2 == 0)


def _true_by_law(rows: pl.DataFrame) -> list[pl.DataFrame]:
    return [each(rows.filter(pl.col("customs") > pl.col("informal")))]


SCHEME = Scheme(
    injected=(Injected(_entries_over_their_limit, 4, place=20, stream=1),),
    true_by_law=_true_by_law,
)
"""What is planted, and what is true of any shipments."""

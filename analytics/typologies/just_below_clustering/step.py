"""The step that looks for crowds just below a limit, by seller, filer, carrier and route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.statistics.chance import adjusted
from analytics.statistics.crowds import Crowd, measure_crowd

__all__ = ["steps", "units_tested"]

_AMOUNTS = "int_amounts__of_units"
_KEY = ("unit_kind", "unit", "limit_currency", "limit_amount")
_TESTS = {
    "unit_kind": pl.String, "unit": pl.String, "limit_currency": pl.String, "limit_amount": pl.Decimal(18, 2),
    "method": pl.String, "statistic": pl.Float64, "p_value": pl.Float64, "elsewhere": pl.Int64,
    "elsewhere_share": pl.Float64, "excess": pl.Float64, "excess_low": pl.Float64, "excess_high": pl.Float64,
    "heaped_share": pl.Float64, "once_statistic": pl.Float64, "shipments": pl.Int64, "near_shipments": pl.Int64,
    "at_limit": pl.Int64, "q_value": pl.Float64, "tests": pl.Int64,
}  # fmt: skip
_COUNTED_LATER = ("q_value", "tests")


def steps() -> list[Step]:
    """Return the step that writes ``clustering_tests``."""
    return [
        Step(
            name="clustering_tests",
            grain=_KEY,
            reads=(_AMOUNTS,),
            params=("around_limit_share", "near_limit_share", "score_digits"),
            build=_build,
            description="One party or route under one limit, and whether amounts crowd just below it.",
        )
    ]


def _build(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    bandwidth, band = (float(str(params[name])) for name in ("around_limit_share", "near_limit_share"))
    tested = units_tested(engine.frame(_AMOUNTS), bandwidth=bandwidth, band=band)
    digits = int(str(params["score_digits"]))
    engine.write("clustering_tests", tested.with_columns(pl.col(pl.Float64).round(digits)).sort(*_KEY))


def units_tested(amounts: pl.DataFrame, *, bandwidth: float, band: float) -> pl.DataFrame:
    """Test each party and route.

    Parameters
    ----------
    amounts : polars.DataFrame
        ``int_amounts__of_units``.
    bandwidth, band : float
        How far amounts count, and how far below the limit is just below, as shares of the limit.

    Returns
    -------
    polars.DataFrame
        Those of which there is enough to tell, with the p-value adjusted for their number. Where every seller (for a
        seller: every buyer) counts each amount once, the statistic is ``once_statistic``.
    """
    schema: dict[str, Any] = {name: kind for name, kind in _TESTS.items() if name not in _COUNTED_LATER}
    tested = pl.DataFrame(list(_rows(amounts, bandwidth, band)), schema=schema, orient="row")
    chances = adjusted(tested["p_value"].to_numpy()) if len(tested) else np.ones(0)
    return tested.with_columns(q_value=chances, tests=pl.lit(len(tested), pl.Int64))


def _rows(amounts: pl.DataFrame, bandwidth: float, band: float) -> Iterator[tuple[object, ...]]:
    counted = amounts.with_columns(cents=(pl.col("amount") * 100).cast(pl.Int64)).sort(*_KEY, "cents")
    for key, of_it in counted.group_by(_KEY, maintain_order=True):
        cents, counts, sources = (of_it[name].to_numpy().astype(np.int64) for name in ("cents", "shipments", "sources"))
        limit = round(float(str(key[3])) * 100)
        crowd = measure_crowd(cents, counts, limit, bandwidth=bandwidth, band=band)
        if crowd is not None:
            once = _once(cents, sources, limit, bandwidth, band)
            around = np.abs(cents - limit) <= bandwidth * limit
            near = (cents <= limit) & (cents > limit * (1 - band))
            found = (int(counts[at].sum()) for at in (around, near, cents == limit))
            yield (*key, *_told(crowd), once, *found)


def _once(
    cents: NDArray[np.int64], sources: NDArray[np.int64], limit: int, bandwidth: float, band: float
) -> float | None:
    if not sources.sum():
        return None
    crowd = measure_crowd(cents[sources > 0], sources[sources > 0], limit, bandwidth=bandwidth, band=band)
    return None if crowd is None else crowd.statistic


def _told(crowd: Crowd) -> tuple[object, ...]:
    return (
        crowd.method, crowd.statistic, crowd.p_value, crowd.elsewhere, crowd.elsewhere_share, crowd.excess,
        crowd.excess_low, crowd.excess_high, crowd.heaped_share,
    )  # fmt: skip

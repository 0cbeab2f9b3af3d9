"""The step that looks for days just under the limit, more of them than others' days around the limit make likely.

An amount near a limit is no verdict: the FFIEC manual (Appendix G, structuring) says of two deposits just under a limit
that they are not by themselves structuring, and that history comes first. So a person's days just under the limit are
held against the same person's days a little further off, below and above, and against how such days are divided with
everybody else. Where the person buys at about that value anyway, days fall on both sides, and there is nothing to tell.
The same goods for the same money count once: they tell a price.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.statistics.chance import ShareLaw, adjusted, fit_shares

__all__ = ["quarters_tested", "structuring_step"]

_DAYS = "int_days__around_the_limit"
_KEY = ("identity_id", "pool", "limit_currency", "quarter_start")
_TESTS = {
    "identity_id": pl.String, "pool": pl.String, "limit_currency": pl.String, "quarter_start": pl.Date,
    "near_days": pl.Int64, "around_days": pl.Int64, "usual_share": pl.Float64, "p_value": pl.Float64,
    "q_value": pl.Float64, "tests": pl.Int64, "one_in": pl.Int64,
}  # fmt: skip


def structuring_step() -> Step:
    """Return the step that writes ``structuring_tests``."""
    return Step(
        name="structuring_tests",
        grain=_KEY,
        reads=(_DAYS,),
        params=("min_near_days", "score_digits"),
        build=_build,
        description="One person and quarter with enough days around the limit to be tested.",
    )


def _build(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    tested = quarters_tested(engine.frame(_DAYS), int(str(params["min_near_days"])))
    digits = int(str(params["score_digits"]))
    engine.write("structuring_tests", tested.with_columns(pl.col(pl.Float64).round(digits)).sort(*_KEY))


def quarters_tested(days: pl.DataFrame, fewest: int) -> pl.DataFrame:
    """Test each person and quarter.

    Parameters
    ----------
    days : polars.DataFrame
        ``int_days__around_the_limit``.
    fewest : int
        Days around the limit that a person must have in the quarter; whoever has fewer is not tested, whichever side
        they fall on, so that the choice says nothing of the result.

    Returns
    -------
    polars.DataFrame
        Days near and around, the share that is usual, p-value, and q-value: the rate of false flags among all that are
        at least as striking; and in how many cases it happens once by chance.
    """
    counted = (
        days.filter(~pl.col("is_repeat"))
        .group_by(_KEY)
        .agg(near_days=pl.col("is_near").sum().cast(pl.Int64), around_days=pl.len().cast(pl.Int64))
        .sort(*_KEY)
    )
    near, around = (counted[name].to_numpy() for name in ("near_days", "around_days"))
    law = fit_shares(near, around) if len(counted) else ShareLaw(0.5, 0.0)
    tested = counted.filter(pl.col("around_days") >= fewest)
    chances = np.ones(0)
    if len(tested):
        chances = law.at_least(tested["near_days"].to_numpy(), tested["around_days"].to_numpy())
    return tested.with_columns(
        usual_share=pl.lit(law.mean),
        p_value=chances,
        q_value=adjusted(chances),
        tests=pl.lit(len(tested), pl.Int64),
        one_in=np.round(1 / np.maximum(chances, 1e-6)).astype(np.int64),
    ).select(pl.col(name).cast(kind) for name, kind in _TESTS.items())

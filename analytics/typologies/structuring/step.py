"""The step that looks for days just under the limit, more of them than the days around the limit make likely.

An amount near a limit is no verdict: the FFIEC manual (Appendix G, structuring) says of two deposits just under a limit
that they are not by themselves structuring, and that history comes first. So a person's days just under the limit are
held against the same person's days a little further off, below and above. Which share is usual is read off the bands
beside the limit (`analytics.statistics.bunching`), so that those who stay under it do not make that usual. The same
goods for the same money count once: they tell a price. Days with lots of a split order tell of that order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.statistics.bunching import NearLaw, learn_near_law
from analytics.statistics.chance import adjusted

__all__ = ["Learned", "learn_laws", "quarters_tested", "steps"]

_DAYS = "int_days__of_no_split_order"
_GROUP = ("pool", "limit_currency")
_KEY = ("identity_id", *_GROUP, "quarter_start")
_TESTS = {
    "identity_id": pl.String, "pool": pl.String, "limit_currency": pl.String, "quarter_start": pl.Date,
    "near_days": pl.Int64, "around_days": pl.Int64, "usual_share": pl.Float64, "spread": pl.Float64,
    "buyers": pl.Int64, "method": pl.String, "p_value": pl.Float64, "q_value": pl.Float64, "tests": pl.Int64,
    "one_in": pl.Int64,
}  # fmt: skip
_SHARES = {"pool": pl.String, "limit_currency": pl.String, "buyers": pl.Int64, "is_learned": pl.Boolean}
_RAREST = 1e-6


@dataclass(frozen=True)
class Learned:
    """What is usual under the limits of one pool and currency.

    Attributes
    ----------
    pool, limit_currency : str
        Whose limits.
    buyers : int
        Persons and quarters with days in the bands beside the one just under the limit.
    law : NearLaw or None
        None where they are too few to learn from.
    """

    pool: str
    limit_currency: str
    buyers: int
    law: NearLaw | None


def steps() -> list[Step]:
    """Return the step that writes ``structuring_tests`` and ``structuring_shares``."""
    return [
        Step(
            name="structuring_tests",
            grain=_KEY,
            reads=(_DAYS,),
            params=("min_band_buyers", "min_near_days", "near_days_share", "score_digits"),
            build=_build,
            also_writes=("structuring_shares",),
            description="One person and quarter with enough days around the limit to be tested.",
        )
    ]


def _build(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    days = engine.frame(_DAYS)
    laws = learn_laws(days, Decimal(str(params["near_days_share"])), int(str(params["min_band_buyers"])))
    tested = quarters_tested(days, laws, int(str(params["min_near_days"])))
    digits = int(str(params["score_digits"]))
    engine.write("structuring_tests", tested.with_columns(pl.col(pl.Float64).round(digits)).sort(*_KEY))
    shares = [(it.pool, it.limit_currency, it.buyers, it.law is not None) for it in laws]
    engine.write("structuring_shares", pl.DataFrame(shares, schema=_SHARES, orient="row"))


def learn_laws(days: pl.DataFrame, width: Decimal, fewest: int) -> list[Learned]:
    """Learn what is usual, by pool and currency of the limit.

    Parameters
    ----------
    days : polars.DataFrame
        ``int_days__of_no_split_order``.
    width : Decimal
        Of a band, as a share of the limit.
    fewest : int
        Persons and quarters in the bands beside the one just under the limit, from which a law is learned.

    Returns
    -------
    list of Learned
        Sorted by pool and currency.
    """
    buyers = (
        days.with_columns(band=_band(width))
        .group_by(*_KEY, "band")
        .agg(days=pl.len().cast(pl.Int64))
        .with_columns(buyer=pl.struct("identity_id", "quarter_start").rank("dense"))
        .sort(*_KEY, "band")
    )
    return list(_laws(buyers, fewest))


def _laws(buyers: pl.DataFrame, fewest: int) -> Iterator[Learned]:
    for (pool, currency), of_it in sorted(buyers.partition_by(*_GROUP, as_dict=True).items()):
        beside = of_it.filter(pl.col("band") != 0)["buyer"].n_unique()
        yield Learned(str(pool), str(currency), beside, learn_near_law(of_it) if beside >= fewest else None)


def _band(width: Decimal) -> pl.Expr:
    """Number the bands by whole cents: 0 ends at the limit, which belongs to it."""
    share, whole = width.as_integer_ratio()
    amount, limit = ((pl.col(name) * 100).cast(pl.Int64) for name in ("counted_amount", "limit_amount"))
    return -((limit - amount) * whole // (limit * share))


def quarters_tested(days: pl.DataFrame, laws: list[Learned], fewest: int) -> pl.DataFrame:
    """Test each person and quarter under a limit of which the usual share is known.

    Parameters
    ----------
    days : polars.DataFrame
        ``int_days__of_no_split_order``.
    laws : list of Learned
        What is usual.
    fewest : int
        Days around the limit that a person must have in the quarter; whoever has fewer is not tested, whichever side
        they fall on, so that the choice says nothing of the result. With fewer days just under the limit the p-value
        is 1: that is never flagged.

    Returns
    -------
    polars.DataFrame
        Days near and around, what is usual, p-value, and q-value: the rate of false flags among all that are at least
        as striking (Benjamini and Hochberg 1995); and in how many cases it happens once by chance.
    """
    counted = (
        days.group_by(_KEY)
        .agg(near_days=pl.col("is_near").sum().cast(pl.Int64), around_days=pl.len().cast(pl.Int64))
        .filter(pl.col("around_days") >= fewest)
        .sort(*_KEY)
    )
    parts = [_tested(counted, learned, law, fewest) for learned in laws if (law := learned.law)]
    tested = pl.concat([pl.DataFrame(schema=_TESTS).select(*_TESTS), *parts], how="diagonal")
    chances = tested["p_value"].to_numpy()
    return tested.with_columns(
        q_value=adjusted(chances),
        tests=pl.lit(len(tested), pl.Int64),
        one_in=np.round(1 / np.maximum(chances, _RAREST)).astype(np.int64),
    ).select(pl.col(name).cast(kind) for name, kind in _TESTS.items())


def _tested(counted: pl.DataFrame, learned: Learned, law: NearLaw, fewest: int) -> pl.DataFrame:
    of_it = counted.filter(pl.col("pool") == learned.pool, pl.col("limit_currency") == learned.limit_currency)
    near, around = (of_it[name].to_numpy() for name in ("near_days", "around_days"))
    return of_it.with_columns(
        usual_share=pl.lit(law.shares.mean),
        spread=pl.lit(law.shares.spread),
        buyers=pl.lit(learned.buyers, pl.Int64),
        method=pl.lit(law.method),
        p_value=np.where(near >= fewest, law.shares.at_least(near, around), 1.0),
    )

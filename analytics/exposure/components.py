"""Floor, headline and ceiling of each component, flag by flag and reading by reading."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.contracts.findings import Exposure
from analytics.exposure.assumptions import assumptions, quoted
from analytics.exposure.dated import in_force, of_regime
from analytics.exposure.fees import consolidated_fees, formal_fee
from analytics.exposure.partial import partial_readings
from analytics.exposure.penalties import floored, most_penalty, with_penalty_floor, with_penalty_terms
from analytics.exposure.refunds import refund_said
from analytics.exposure.settings import Settings
from analytics.exposure.shipments import MEASURES

__all__ = ["components", "dollars", "readings_of_flags"]

_CENT = pl.lit("0.01").cast(pl.Decimal(18, 2))
_TERMS = ("informal_limit", "formal_minimum", "formal_maximum", "formal_rate")
_Figures = tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]


def dollars(cents: pl.Expr) -> pl.Expr:
    """Return whole cents as an amount in dollars."""
    return (cents.cast(pl.Decimal(20, 2)) * _CENT).cast(pl.Decimal(18, 2))


def readings_of_flags(shipments: pl.DataFrame, tables: Mapping[str, pl.DataFrame], settings: Settings) -> pl.DataFrame:
    """Reckon the readings of each flag: duty, fees and their total, at least, in the headline and at most, in cents.

    Parameters
    ----------
    shipments : polars.DataFrame
        As `priced_shipments` gives them.
    tables : mapping
        ``ref_penalties``, ``ref_penalty_floors``, ``ref_refunds`` and ``ref_tolerances``.
    settings : Settings
        The answers of the run.

    Returns
    -------
    polars.DataFrame
        One row per flag and reading.
    """
    by_order = partial_readings(shipments.filter(pl.col("has_order_readings"), pl.col("limit").is_not_null()), MEASURES)
    joined = pl.concat([_whole(shipments), by_order], how="diagonal").join(_facts(shipments), on="flag_id")
    priced = joined.with_columns(**_duty(), **_fees(settings))
    summed = priced.with_columns(
        (pl.col(f"duty_{end}") + pl.col(f"fees_{end}")).alias(f"total_{end}") for end in ("floor", "base", "ceiling")
    )
    with_terms = with_penalty_terms(summed, tables["ref_penalties"], settings)
    with_floor = with_penalty_floor(with_terms, tables["ref_penalty_floors"], settings)
    return _with_tolerance(with_floor, of_regime(tables["ref_tolerances"], settings.regime)).with_columns(
        disclosure_said=_disclosed(settings),
        refund_said=pl.lit(refund_said(tables["ref_refunds"], settings.regime), pl.String()),
    )


def _whole(shipments: pl.DataFrame) -> pl.DataFrame:
    """Add up every shipment of each flag: all lose the exemption, or all lots have to be entered as one."""
    summed = shipments.group_by("flag_id").agg(pl.col("reading").first(), pl.col(MEASURES).sum())
    ends = [pl.col(measure).alias(f"{measure}_{end}") for measure in MEASURES for end in ("least", "most")]
    return summed.select("flag_id", "reading", *ends, is_whole=pl.lit(value=True))


def _facts(shipments: pl.DataFrame) -> pl.DataFrame:
    """Say of each flag what is the same under every reading."""
    unknown = ("is_duty_unknown", "is_origin_unknown", "is_fee_unknown", "is_interest_unknown")
    facts = shipments.group_by("flag_id").agg(
        pl.col("typology", "lost", *_TERMS).first(),
        pl.col(unknown).any(),
        last_day=pl.col("arrival_date").max(),
        has_mail=pl.col("is_mail").any(),
        fee_min=pl.col("fee").min(),
        fee_max=pl.col("fee").max(),
        drivers=pl.col("drivers").list.explode(keep_nulls=False).unique().sort(),
        unread=pl.col("unread").list.explode(keep_nulls=False).unique().sort(),
    )
    return facts.join(consolidated_fees(shipments), on="flag_id")


def _duty() -> dict[str, pl.Expr]:
    is_lost = pl.col("lost") == "exemption"
    taken = {"floor": "duty_floor_least", "base": "duty_base_most", "ceiling": "duty_ceiling_most"}
    return {f"duty_{end}": pl.when(is_lost).then(pl.col(column)).otherwise(0) for end, column in taken.items()}


def _fees(settings: Settings) -> dict[str, pl.Expr]:
    """Reckon the fees, where the shipments lost are entered one by one, together, or on an express operator's bills."""
    is_informal = (pl.col("customs_most") <= pl.col("informal_limit")).fill_null(value=True)
    one_entry = (
        pl.when(is_informal).then("fee_max").otherwise(formal_fee(pl.col("customs_most")).fill_null(pl.col("fee_max")))
    )
    by_order = pl.when("has_mail").then("fee_most").otherwise(one_entry)
    together = pl.when("is_whole").then("fee_consolidated").otherwise(by_order)
    least_together = pl.when("is_whole").then("fee_consolidated").otherwise("fee_min")
    more = (formal_fee(pl.col("customs_most")) - pl.col("fee_most")).clip(0).fill_null(0)
    by_loss = {
        "floor": pl.min_horizontal("fee_cheap_least", least_together),
        "base": together if settings.is_consolidated else pl.col("fee_most"),
        "ceiling": pl.max_horizontal("fee_most", together),
    }
    is_exemption, is_informal_entry = pl.col("lost") == "exemption", pl.col("lost") == "informal_entry"
    return {
        f"fees_{end}": pl.when(is_exemption).then(fee).when(is_informal_entry).then(more).otherwise(0)
        for end, fee in by_loss.items()
    }


def _with_tolerance(readings: pl.DataFrame, tolerances: pl.DataFrame) -> pl.DataFrame:
    """Say where the headline is so small that customs may disregard it; it is reported all the same."""
    said = pl.Series(
        "tolerance_said",
        [quoted(f"{row['effect']}: {row['amount_usd']} USD ({row['source']}).") for row in tolerances.rows(named=True)],
        dtype=pl.String(),
    )
    days = readings.select("last_day").unique()
    held = days.join(tolerances.with_columns(said), how="cross").filter(in_force(pl.col("last_day")))
    one = held.sort("provision").unique("last_day", keep="first")
    joined = readings.join(one.select("last_day", "amount_usd", "tolerance_said"), on="last_day", how="left")
    is_small = (dollars(pl.col("total_base")) < pl.col("amount_usd")) & (pl.col("total_base") > 0)
    return joined.with_columns(is_small=is_small.fill_null(value=False))


def _disclosed(settings: Settings) -> pl.Expr:
    if settings.interest_until is None:
        return pl.lit(quoted("Interest is left out, for no day is given up to which it runs: interest_until."))
    with_it = quoted(f"With interest up to {settings.interest_until}, at the rates of ref_interest_rates.")
    without = quoted("The rates of ref_interest_rates do not cover every day up to then; interest is left out.")
    return pl.when("is_interest_unknown").then(pl.lit(without)).otherwise(pl.lit(with_it))


def components(readings: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return the rows of ``exposure``."""
    is_lost = readings.filter(pl.col("lost").is_in(["exemption", "informal_entry"]))
    parts = [_component(readings, "value", _value(), settings)]
    parts += [_component(is_lost, name, figures, settings) for name, figures in _owed().items()]
    has_penalty = is_lost.filter("has_penalty")
    parts.append(_component(has_penalty, "penalty", _penalty(), settings))
    has_floor = has_penalty.filter(pl.col("floor_said").is_not_null())
    parts.append(_component(has_floor, "penalty_floor", _penalty_floor(), settings))
    return Exposure.validate(pl.concat(parts), cast=True).sort("flag_id", "component", "reading")


def _value() -> _Figures:
    is_lost = pl.col("lost").is_in(["exemption", "informal_entry"])
    least, most = (pl.when(is_lost).then(pl.col(f"value_{end}")).otherwise(0) for end in ("least", "most"))
    return least, most, pl.col("value_most"), pl.lit(value=False)


def _owed() -> dict[str, _Figures]:
    no_duty = pl.col("is_duty_unknown") & (pl.col("lost") == "exemption")
    no_fee = pl.col("is_fee_unknown")
    unknown = {"duty": no_duty, "fees": no_fee, "total": no_duty | no_fee}
    ends = ("floor", "base", "ceiling")
    figures = {name: (*(pl.col(f"{name}_{end}") for end in ends), is_unknown) for name, is_unknown in unknown.items()}
    interest = [f"interest_{end}" for end in ("floor_least", "base_most", "ceiling_most")]
    grown = (pl.col(f"total_{end}") + pl.col(column) for end, column in zip(ends, interest, strict=True))
    disclosure = (*grown, unknown["total"] | pl.col("is_interest_unknown"))
    return {**figures, "disclosure": disclosure}  # type: ignore[dict-item]


def _penalty() -> _Figures:
    base, ceiling = (
        most_penalty(pl.col(f"total_{end}"), pl.col("customs_most"), pl.col("value_most"))
        for end in ("base", "ceiling")
    )
    no_duty = pl.col("is_duty_unknown") & (pl.col("lost") == "exemption")
    return pl.lit(0), base, pl.max_horizontal(base, ceiling), no_duty | pl.col("is_fee_unknown")


def _penalty_floor() -> _Figures:
    """What the floor leaves of the penalty: of a first offender, and at most all of it, of a repeat offender."""
    _, base, ceiling, is_unknown = _penalty()
    first = floored(base, "share_of_assessed")
    return first, first, floored(ceiling, "share_if_repeated"), is_unknown


def _component(readings: pl.DataFrame, name: str, figures: _Figures, settings: Settings) -> pl.DataFrame:
    floor, base, ceiling, is_unknown = figures
    return readings.select(
        "flag_id",
        component=pl.lit(name),
        reading="reading",
        floor_usd=dollars(floor),
        base_usd=dollars(base),
        ceiling_usd=dollars(ceiling),
        is_unknown=is_unknown,
        assumptions=assumptions(name, settings),
    )

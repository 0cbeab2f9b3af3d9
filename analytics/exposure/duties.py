"""What goods owe, duty by duty, in whole cents: at least, in the headline, at most, and why it is not certain.

Duty by value is taken on whole dollars, fifty cents up, and each duty is brought to the cent, half a cent up (19 CFR
159.3). Nothing is set against anything: an overpayment elsewhere lowers no figure here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from analytics.exposure.layers import CASE, cases_of, layers_of_cases, waived
from analytics.exposure.rates import general_rates
from analytics.exposure.settings import Settings

__all__ = ["REFERENCES", "DutyTables", "duties_of_lines", "duties_of_shipments"]

REFERENCES = ("ref_hts_rates", "ref_duty_layers", "ref_duty_layer_goods", "ref_preferences")
_RATE_UNIT = 10**8
_DOLLAR = 100
_GENERAL = "GENERAL"
_RATE = pl.Decimal(18, 8)


@dataclass(frozen=True)
class DutyTables:
    """The reference tables that duties are reckoned from."""

    hts_rates: pl.DataFrame
    layers: pl.DataFrame
    goods: pl.DataFrame
    preferences: pl.DataFrame

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> DutyTables:
        """Take them from reference tables by name."""
        return cls(*(tables[name] for name in REFERENCES))


def duties_of_lines(lines: pl.DataFrame, tables: DutyTables, settings: Settings) -> pl.DataFrame:
    """Reckon every duty of every line.

    Parameters
    ----------
    lines : polars.DataFrame
        shipment_uid, arrival_date, origin_country, mode, hts_code, customs_value_usd; one row a line.
    tables : DutyTables
        What the law was.
    settings : Settings
        Which contested duties are counted.

    Returns
    -------
    polars.DataFrame
        One row per line and duty: the columns of ``lines``, ``layer``, ``driver`` (why it is not certain), rates,
        ``floor``, ``base``, ``ceiling``, ``widest`` in cents, ``is_unknown``, ``source``, ``note``, ``rate_text``.
    """
    numbered = lines.with_row_index("line").with_columns(
        hts_line=pl.col("hts_code").str.extract("^([0-9]{10}|[0-9]{8})"), dollars=_whole_dollars("customs_value_usd")
    )
    cases = cases_of(numbered)
    duties = numbered.join(cases, on=CASE, nulls_equal=True).join(_duties_of_cases(cases, tables, settings), on="case")
    most, least = (_cents(rate) for rate in ("rate_most", "rate_least"))
    reckoned = duties.with_columns(widest=most.fill_null(0), least=least.fill_null(0))
    return reckoned.with_columns(**_figures(settings)).sort("line", "layer", "driver")


def _whole_dollars(amount: str) -> pl.Expr:
    return ((pl.col(amount) * _DOLLAR).cast(pl.Int64) + _DOLLAR // 2) // _DOLLAR


def _cents(rate: str) -> pl.Expr:
    unit = _RATE_UNIT // _DOLLAR
    return (pl.col("dollars") * (pl.col(rate) * _RATE_UNIT).cast(pl.Int64) + unit // 2) // unit


def _duties_of_cases(cases: pl.DataFrame, tables: DutyTables, settings: Settings) -> pl.DataFrame:
    """Return one row per case and duty, the general one among them, with its rates and why it is not certain."""
    general = general_rates(cases, tables.hts_rates)
    layers = layers_of_cases(cases, tables.layers, tables.goods, tables.preferences, settings.regime)
    instead = (
        layers.filter("stands_for_all")
        .group_by("case")
        .agg(is_replaced=pl.lit(value=True), is_replaced_in_base=pl.col("switch").is_in(settings.counted).any())
    )
    waivable = _general_waivable(cases, tables.preferences, settings.regime)
    rows = pl.concat([_general_rows(general, waivable), _layer_rows(layers, general)])
    replaced = (pl.col("is_replaced", "is_replaced_in_base").fill_null(value=False)) & ~pl.col("stands_for_all")
    return rows.join(instead, on="case", how="left").with_columns(replaced).with_columns(driver=_driver())


def _general_rows(general: pl.DataFrame, waivable: pl.DataFrame) -> pl.DataFrame:
    return general.join(waivable, on="case", how="left").select(
        "case",
        layer=pl.lit(_GENERAL),
        rate_least="general_rate",
        rate_most="general_rate",
        is_rate_unknown=pl.col("general_rate").is_null(),
        default_in_exposure=pl.lit("yes"),
        switch=pl.lit(None, dtype=pl.String()),
        may_not_apply=pl.lit(value=False),
        stands_for_all=pl.lit(value=False),
        is_waivable=pl.col("is_waivable").fill_null(value=False),
        is_other_schedule=pl.col("general_rate").is_not_null() & ~pl.col("is_in_force"),
        is_carried="is_carried",
        goods_list=pl.lit(None, dtype=pl.String()),
        source=pl.col("source").fill_null("no rate is known of the tariff line"),
        note=pl.lit(None, dtype=pl.String()),
        rate_text="rate_text",
    )


def _general_waivable(cases: pl.DataFrame, preferences: pl.DataFrame, regime: str) -> pl.DataFrame:
    return waived(cases, preferences, regime).filter(pl.col("layer") == _GENERAL).drop("layer")


def _layer_rows(layers: pl.DataFrame, general: pl.DataFrame) -> pl.DataFrame:
    """Bring a duty that tops the general rate up to a least total to what it adds."""
    known = layers.join(general.select("case", "general_rate"), on="case", how="left")
    tops_up = pl.col("rate_kind") == "minimum_total"
    rates = {
        rate: pl.when(tops_up).then((pl.col(rate) - pl.col("general_rate")).clip(0)).otherwise(pl.col(rate)).cast(_RATE)
        for rate in ("rate_least", "rate_most")
    }
    is_unknown = pl.col("is_rate_unknown") | (tops_up & pl.col("general_rate").is_null())
    return known.with_columns(**rates, is_rate_unknown=is_unknown).select(
        "case", "layer", "rate_least", "rate_most", "is_rate_unknown", "default_in_exposure", "switch",
        "may_not_apply", "stands_for_all", "is_waivable", is_other_schedule=pl.lit(value=False),
        is_carried=pl.lit(value=False),
        goods_list="goods_list", source="source", note="note", rate_text=pl.lit(None, dtype=pl.String()),
    )  # fmt: skip


def _driver() -> pl.Expr:
    """Name the first reason for which a duty is not certain."""
    is_list_open = pl.col("rate_least") != pl.col("rate_most")
    return pl.coalesce(
        pl.when(pl.col("default_in_exposure") != "yes").then("switch"),
        pl.when(pl.col("is_replaced")).then(pl.lit("postal_method")),
        pl.when(pl.col("is_rate_unknown")).then(pl.lit("rate_unknown")),
        pl.when(is_list_open).then(pl.lit("goods_list")),
        pl.when(pl.col("may_not_apply")).then(pl.lit("may_not_apply")),
        pl.when(pl.col("is_waivable")).then(pl.lit("preference")),
        pl.when(pl.col("is_other_schedule")).then(pl.lit("other_schedule")),
        pl.when(pl.col("is_carried")).then(pl.lit("carried_rate")),
        pl.lit("certain"),
    )


def _figures(settings: Settings) -> dict[str, pl.Expr]:
    """Say what floor, headline and ceiling hold of each duty.

    The floor holds what is certain, and of what may be on several lists the least. The headline does without what is
    void, without what a duty in place of all others stands for, and of several lists takes the least; the ceiling
    holds all but what is void. A switch brings back what is contested.
    """
    default, is_counted = pl.col("default_in_exposure"), pl.col("switch").is_in(settings.counted)
    is_void, is_contested = default == "no", default == "flagged"
    is_left_out = (is_void | is_contested) & ~is_counted
    unsure = pl.col("may_not_apply", "is_waivable", "is_other_schedule", "is_replaced", "is_rate_unknown")
    in_floor = (default == "yes") & ~pl.any_horizontal(unsure)
    in_base = ~is_left_out & ~pl.col("is_replaced_in_base")
    in_ceiling = ~(is_void & ~is_counted)
    return {
        "floor": pl.when(in_floor).then("least").otherwise(0),
        "base": pl.when(in_base).then("least").otherwise(0),
        "ceiling": pl.when(in_ceiling).then("widest").otherwise(0),
        "is_unknown": in_ceiling & (pl.col("is_rate_unknown") | (pl.col("driver") == "goods_list")),
    }


def duties_of_shipments(duties: pl.DataFrame) -> pl.DataFrame:
    """Add up the duties of each shipment.

    Returns
    -------
    polars.DataFrame
        shipment_uid, duty_floor, duty_base, duty_ceiling in cents, is_duty_unknown, ``drivers``: why it is not certain,
        each reason once, sorted, and ``unread``: the duties beside the general one that could not be computed.
    """
    return duties.group_by("shipment_uid").agg(
        duty_floor=pl.col("floor").sum(),
        duty_base=pl.col("base").sum(),
        duty_ceiling=pl.col("ceiling").sum(),
        is_duty_unknown=pl.col("is_unknown").any() | pl.col("origin_country").is_null().any(),
        is_origin_unknown=pl.col("origin_country").is_null().any(),
        drivers=pl.col("driver").unique().sort(),
        unread=pl.col("layer").filter("is_unknown", pl.col("layer") != _GENERAL).unique().sort(),
    )

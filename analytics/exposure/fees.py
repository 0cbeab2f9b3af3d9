"""The merchandise processing fee: of one entry each, of one entry for a day, or of an express operator's bills.

All amounts are whole cents. 19 CFR 24.23 has a fee for each informal entry, a share of the value between a least and a
most for a formal one, a fee for each bill of an express operator, and one for dutiable mail.
"""

from __future__ import annotations

import polars as pl

from analytics.exposure.dated import held_by, in_force, of_regime

__all__ = ["consolidated_fees", "fees_of_pieces", "formal_fee"]

_DOLLAR = 100
_AMOUNTS = {
    "fee_informal": "mpf_informal_automated",
    "fee_bill": "express_per_bill",
    "fee_mail": "dutiable_mail",
    "formal_minimum": "mpf_formal_minimum",
    "formal_maximum": "mpf_formal_maximum",
}
_RATES = {"formal_rate": "mpf_formal_rate", "harbour_rate": "hmf_rate"}
_MAIL = "mail"


def fees_of_pieces(
    shipments: pl.DataFrame, fees: pl.DataFrame, limits: pl.DataFrame, preferences: pl.DataFrame, regime: str
) -> pl.DataFrame:
    """Give each shipment the fee of an entry of its own, the least it may be, and what a formal entry would cost.

    Parameters
    ----------
    shipments : polars.DataFrame
        With arrival_date, mode and origin_country.
    fees, limits, preferences : polars.DataFrame
        ``ref_fees``, ``ref_limits``, ``ref_preferences``.
    regime : str
        Whose law.

    Returns
    -------
    polars.DataFrame
        The shipments with ``fee``, ``fee_cheap`` (cents; 0 where unknown), ``is_fee_unknown``, ``is_fee_waivable``,
        ``informal_limit``, ``formal_minimum``, ``formal_maximum`` (cents), ``formal_rate`` and ``harbour_rate``.
    """
    days = shipments.select("arrival_date").unique()
    dated = _of_day(days, fees).join(_informal_limit(days, of_regime(limits, regime)), on="arrival_date", how="left")
    held = shipments.join(dated, on="arrival_date", how="left", maintain_order="left")
    waivable = _waivable(held, of_regime(preferences, regime))
    is_mail = pl.col("mode").fill_null("") == _MAIL
    own = pl.when(is_mail).then("fee_mail").otherwise("fee_informal")
    least = pl.when(is_mail).then("fee_mail").otherwise(pl.min_horizontal("fee_informal", "fee_bill"))
    priced = held.join(waivable, on="origin_country", how="left", maintain_order="left").with_columns(
        pl.col("is_fee_waivable").fill_null(value=False)
    )
    return priced.with_columns(
        fee=own.fill_null(0),
        fee_cheap=pl.when("is_fee_waivable").then(0).otherwise(least).fill_null(0),
        is_fee_unknown=own.is_null(),
        is_mail=is_mail,
    )


def _of_day(days: pl.DataFrame, fees: pl.DataFrame) -> pl.DataFrame:
    held = days.join(fees, how="cross").filter(in_force(pl.col("arrival_date")))
    amount = {
        name: pl.col("amount").filter(pl.col("fee") == fee).first() for name, fee in {**_AMOUNTS, **_RATES}.items()
    }
    wide = held.group_by("arrival_date").agg(**amount)
    return days.join(wide, on="arrival_date", how="left").with_columns(
        (pl.col(name) * _DOLLAR).cast(pl.Int64) for name in _AMOUNTS
    )


def _informal_limit(days: pl.DataFrame, limits: pl.DataFrame) -> pl.DataFrame:
    informal = limits.filter(pl.col("provision") == "informal_entry", pl.col("limit_amount").is_not_null())
    held = days.join(informal, how="cross").filter(in_force(pl.col("arrival_date")))
    return held.group_by("arrival_date").agg(informal_limit=(pl.col("limit_amount").min() * _DOLLAR).cast(pl.Int64))


def _waivable(shipments: pl.DataFrame, preferences: pl.DataFrame) -> pl.DataFrame:
    """Return the origins from which goods may owe no fee under an agreement in force on some of the days."""
    sparing = preferences.filter("is_fee_waived")
    pairs = held_by(sparing["origin_scope"], shipments["origin_country"].drop_nulls())
    origins = pairs.select(origin_country="value").unique()
    return origins.with_columns(is_fee_waivable=pl.lit(value=True))


def formal_fee(customs: pl.Expr) -> pl.Expr:
    """Reckon the fee of one formal entry of goods worth some cents, brought to the cent."""
    ad_valorem = (customs.cast(pl.Decimal(20, 0)) * pl.col("formal_rate")).round(0).cast(pl.Int64)
    return ad_valorem.clip(pl.col("formal_minimum"), pl.col("formal_maximum"))


def consolidated_fees(shipments: pl.DataFrame) -> pl.DataFrame:
    """Reckon the fee of each flag where the shipments of a day are on one entry, formal if they are worth too much.

    Mail is entered shipment by shipment in any case.

    Parameters
    ----------
    shipments : polars.DataFrame
        As `fees_of_pieces` gives them, with flag_id and ``customs`` in cents.

    Returns
    -------
    polars.DataFrame
        ``flag_id`` and ``fee_consolidated`` in cents.
    """
    return _by_day(shipments).group_by("flag_id").agg(fee_consolidated=pl.col("fee").sum())


def _by_day(shipments: pl.DataFrame) -> pl.DataFrame:
    terms = ("informal_limit", "formal_rate", "formal_minimum", "formal_maximum")
    summed = shipments.group_by("flag_id", "arrival_date", "is_mail").agg(
        pl.col("customs").sum(), pl.col(terms).first(), each=pl.col("fee").sum(), one=pl.col("fee").max()
    )
    is_informal = (pl.col("customs") <= pl.col("informal_limit")).fill_null(value=True)
    one = pl.when(is_informal).then("one").otherwise(formal_fee(pl.col("customs")).fill_null(pl.col("one")))
    return summed.with_columns(fee=pl.when("is_mail").then("each").otherwise(one))

"""What each shipment of a flag is worth and may owe, and its place on the manifest. In whole cents."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.exposure.dated import of_regime
from analytics.exposure.fees import fees_of_pieces
from analytics.exposure.interest import interest_factors
from analytics.exposure.settings import Settings

__all__ = ["MEASURES", "priced_shipments"]

MEASURES = (
    "value", "customs", "duty_floor", "duty_base", "duty_ceiling", "fee", "fee_cheap",
    "interest_floor", "interest_base", "interest_ceiling",
)  # fmt: skip
_DOLLAR = 100
_SHARE_UNIT = 10**12
_DUTY = {"duty_floor": 0, "duty_base": 0, "duty_ceiling": 0}


def priced_shipments(
    shipments: pl.DataFrame, owed: pl.DataFrame, tables: Mapping[str, pl.DataFrame], settings: Settings
) -> pl.DataFrame:
    """Put value, duty, fee and interest beside each shipment of each flag, and its place on the manifest.

    Parameters
    ----------
    shipments : polars.DataFrame
        ``int_shipments__of_flags``.
    owed : polars.DataFrame
        Duties by shipment, as `duties_of_shipments` adds them up.
    tables : mapping
        ``ref_fees``, ``ref_limits``, ``ref_preferences``, ``ref_interest_rates``.
    settings : Settings
        The answers of the run.

    Returns
    -------
    polars.DataFrame
        One row per flag and shipment, with every column of `MEASURES`.
    """
    in_cents = shipments.with_columns(
        value=_cents("value_usd"),
        customs=_cents("customs_value_usd"),
        amount=_cents("amount"),
        limit=_cents("limit_amount") - int(settings.is_limit_over),  # then a cent less is the most that fits
        place=_place(),
    )
    priced = fees_of_pieces(
        in_cents, tables["ref_fees"], tables["ref_limits"], tables["ref_preferences"], settings.regime
    )
    with_duty = priced.join(owed, on="shipment_uid", how="left", maintain_order="left").with_columns(
        *(pl.col(name).fill_null(nothing) for name, nothing in _DUTY.items()),
        pl.col("is_duty_unknown").fill_null(value=True),
        pl.col("is_origin_unknown").fill_null(value=False),
        pl.col("drivers", "unread").fill_null([]),
    )
    rates = of_regime(tables["ref_interest_rates"], settings.regime)
    factors = interest_factors(shipments["arrival_date"], rates, settings.interest_until)
    return _with_interest(with_duty.join(factors, on="arrival_date", how="left", maintain_order="left"))


def _cents(amount: str) -> pl.Expr:
    return (pl.col(amount) * _DOLLAR).cast(pl.Int64)


def _with_interest(shipments: pl.DataFrame) -> pl.DataFrame:
    """Reckon the interest on duty and fee of each shipment, half a cent up; nought where no rate is given."""
    losses = {
        "interest_floor": pl.col("duty_floor") + pl.col("fee_cheap"),
        "interest_base": pl.col("duty_base") + pl.col("fee"),
        "interest_ceiling": pl.col("duty_ceiling") + pl.col("fee"),
    }
    share = pl.col("interest_share").cast(pl.Decimal(38, 0))
    half = pl.lit(_SHARE_UNIT // 2).cast(pl.Decimal(38, 0))
    unit = pl.lit(_SHARE_UNIT).cast(pl.Decimal(38, 0))
    grown = {
        name: ((loss.cast(pl.Decimal(38, 0)) * share + half) // unit).cast(pl.Int64).fill_null(0)
        for name, loss in losses.items()
    }
    return shipments.with_columns(**grown, is_interest_unknown=pl.col("interest_share").is_null())


def _place() -> pl.Expr:
    """Place of a shipment on the manifest; null for all shipments of a flag where that of one is not known."""
    by_number = (
        pl.col("sequence_no", "conveyance_id").is_not_null().all().over("flag_id"),
        (pl.col("conveyance_id").n_unique() == 1).over("flag_id"),
        ~pl.col("sequence_no").is_duplicated().any().over("flag_id"),
    )
    by_time = (
        pl.col("declared_at").is_not_null().all().over("flag_id"),
        ~pl.col("declared_at").is_duplicated().any().over("flag_id"),
    )
    return (
        pl.when(*by_number)
        .then(pl.col("sequence_no").rank("ordinal").over("flag_id"))
        .when(*by_time)
        .then(pl.col("declared_at").rank("ordinal").over("flag_id"))
        .cast(pl.Int64)
    )

"""What each piece of a flag is worth, and what duty and fees it owes once it loses the exemption. In whole cents."""

from __future__ import annotations

import polars as pl

__all__ = ["duties", "fees", "priced_pieces"]

_RATE_UNIT = 10**8
_DOLLAR = 100


def priced_pieces(
    pieces: pl.DataFrame, lines: pl.DataFrame, hts_rates: pl.DataFrame, fee_rates: pl.DataFrame
) -> pl.DataFrame:
    """Put value, duty and fee beside each piece of each flag, and its place on the manifest.

    Parameters
    ----------
    pieces, lines : polars.DataFrame
        ``int_pieces__of_flags`` and ``int_lines__of_flags``.
    hts_rates, fee_rates : polars.DataFrame
        ``ref_hts_rates`` and ``ref_fees``.

    Returns
    -------
    polars.DataFrame
        One row per flag and piece.
    """
    in_cents = pieces.with_columns(
        value=_cents("value_usd"),
        customs=_cents("customs_value_usd"),
        amount=_cents("amount"),
        limit=_cents("limit_amount"),
        place=_place(),
    )
    owed = duties(lines, hts_rates)
    return fees(in_cents, fee_rates).join(owed, on="shipment_uid", how="left", maintain_order="left")


def _cents(amount: str) -> pl.Expr:
    return (pl.col(amount) * _DOLLAR).cast(pl.Int64)


def _place() -> pl.Expr:
    """Place of a piece on the manifest; null for all pieces of a flag where that of one is not known."""
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


def duties(lines: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Reckon the general duty of each shipment, line by line, where the value alone decides it.

    Duty is taken on whole dollars, fifty cents up. A rate that is only known of another day's schedule is used for the
    headline and leaves the floor at nothing.

    Parameters
    ----------
    lines : polars.DataFrame
        shipment_uid, hts_code, arrival_date, customs_value_usd.
    rates : polars.DataFrame
        ``ref_hts_rates``.

    Returns
    -------
    polars.DataFrame
        shipment_uid, duty_floor, duty_base, is_duty_unknown, is_other_schedule.
    """
    dated = _with_rate(lines, rates)
    dollars = (_cents("customs_value_usd") + _DOLLAR // 2) // _DOLLAR
    rate = (pl.col("ad_valorem_rate") * _RATE_UNIT).cast(pl.Int64)
    unit = _RATE_UNIT // _DOLLAR
    reckoned = dated.with_columns(duty=(dollars * rate + unit // 2) // unit)
    return reckoned.group_by("shipment_uid").agg(
        duty_floor=pl.col("duty").filter(pl.col("is_in_force")).sum(),
        duty_base=pl.col("duty").sum(),
        is_duty_unknown=pl.col("duty").is_null().any(),
        is_other_schedule=(pl.col("duty").is_not_null() & ~pl.col("is_in_force")).any(),
    )


def _with_rate(lines: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Give each line the rate of its day, else the nearest that is known of its tariff line."""
    keyed = lines.with_row_index("line").with_columns(hts8=pl.col("hts_code").str.slice(0, 8))
    begun = pl.col("valid_from") <= pl.col("arrival_date")
    not_ended = pl.col("valid_to").is_null() | (pl.col("arrival_date") < pl.col("valid_to"))
    joined = keyed.join(rates.drop("source", "confidence"), on="hts8", how="left").with_columns(
        is_in_force=(begun & not_ended).fill_null(False)
    )
    return joined.sort("line", "is_in_force", "valid_from").unique("line", keep="last", maintain_order=True)


def fees(pieces: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Give each piece the fee of an entry of its own on its day, and what a formal entry would cost.

    Parameters
    ----------
    pieces : polars.DataFrame
        With arrival_date and mode.
    rates : polars.DataFrame
        ``ref_fees``.

    Returns
    -------
    polars.DataFrame
        The pieces with fee, formal_minimum, formal_maximum (cents) and formal_rate; null where none is known.
    """
    days = pieces.select("arrival_date").unique().join(rates, how="cross")
    begun = pl.col("valid_from") <= pl.col("arrival_date")
    held = days.filter(begun, pl.col("valid_to").is_null() | (pl.col("arrival_date") < pl.col("valid_to")))
    names = ["mpf_informal_automated", "dutiable_mail", "mpf_formal_minimum", "mpf_formal_maximum", "mpf_formal_rate"]
    wide = held.group_by("arrival_date").agg(
        pl.col("amount").filter(pl.col("fee") == name).first().alias(name) for name in names
    )
    own = pl.when(pl.col("mode") == "mail").then("dutiable_mail").otherwise("mpf_informal_automated")
    return pieces.join(wide, on="arrival_date", how="left", maintain_order="left").with_columns(
        fee=(own * _DOLLAR).cast(pl.Int64).fill_null(0),
        is_fee_unknown=own.is_null(),
        formal_minimum=_cents("mpf_formal_minimum"),
        formal_maximum=_cents("mpf_formal_maximum"),
        formal_rate=pl.col("mpf_formal_rate"),
    )

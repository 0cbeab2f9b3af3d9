"""Every comparison key of a party, beside what was written."""

from __future__ import annotations

import polars as pl

from analytics.contracts.fields import compared_by
from analytics.parties.addresses import address_keys
from analytics.parties.contacts import email_keys, phone_keys
from analytics.parties.names import name_keys

__all__ = ["UNKNOWN", "WRITTEN", "party_keys"]

WRITTEN = tuple(name for name in compared_by() if name not in compared_by("account"))
"""The columns that keys are made of; a missing one counts as empty."""


UNKNOWN = "unknown"
"""The class of a party whose name may be a firm's or a person's."""


def party_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Make the comparison keys of parties.

    Parameters
    ----------
    frame : DataFrame
        Any of the ``consignee_*`` columns, and ``alias_id`` if there is one.

    Returns
    -------
    DataFrame
        One row per row of `frame`, in order: ``alias_id`` (where given), ``party_class`` and the keys of
        `name_keys`, `address_keys`, `phone_keys` and `email_keys`. Too little to compare is null.
    """
    written = frame.select(
        pl.col(name).cast(pl.String) if name in frame.columns else pl.lit(None, pl.String).alias(name)
        for name in WRITTEN
    )
    if not frame.height:
        return party_keys(frame.clear(1)).clear()
    if written.height != frame.height:
        written = pl.DataFrame({name: pl.repeat(None, frame.height, dtype=pl.String, eager=True) for name in WRITTEN})
    names = name_keys(written["consignee_name"])
    addresses = address_keys(written)
    contacts = [phone_keys(written["consignee_phone"]), email_keys(written["consignee_email"])]
    keys = pl.concat([frame.select(pl.col("^alias_id$")), names, addresses, *contacts], how="horizontal")
    keys = keys.with_columns(unit=pl.coalesce("unit", "name_code"), party_class=_party_class(frame))
    return keys.select(
        pl.col("^alias_id$"),
        "party_class",
        pl.exclude("alias_id", "party_class", "is_placeholder", "is_firm", "is_person"),
    )


def _party_class(frame: pl.DataFrame) -> pl.Expr:
    """What kind of party: a nameless one with an account or tax number is an account, without one it is nobody."""
    numbers = [name for name in ("consignee_id", "consignee_tax_id", "consignee_tax_id_hash") if name in frame.columns]
    has_number = pl.any_horizontal(_is_filled(frame[name]) for name in numbers) if numbers else pl.lit(value=False)
    nameless = pl.when(has_number).then(pl.lit("account")).otherwise(pl.lit("placeholder"))
    named = pl.when("is_firm").then(pl.lit("firm")).when("is_person").then(pl.lit("person")).otherwise(pl.lit(UNKNOWN))
    return pl.when("is_placeholder").then(nameless).otherwise(named)


def _is_filled(cells: pl.Series) -> pl.Series:
    return (cells.cast(pl.String).str.strip_chars() != "").fill_null(value=False)

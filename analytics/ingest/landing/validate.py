"""The contract of a row: every way to break it has a code, and a row may break several.

A mark is a boolean column ``column|reason``. Messages say what is wrong and what to do, and show no value of the row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import polars as pl

from analytics.ingest.landing.fx import Rates
from analytics.ingest.tables import DAMAGE
from analytics.ingest.words.canonical import MONEY

__all__ = ["MESSAGES", "Judgement", "bounded", "judge", "reason_json"]

MESSAGES = {
    "ragged_row": "The line has more or fewer cells than the headings. Correct its delimiters or quotes.",
    "stray_quote": "A quote opens or closes in the middle of a cell. Double it, and put the whole cell in quotes.",
    "json_broken": "The line is not a JSON object. Write one object on each line.",
    "json_duplicate_key": "A JSON object has the same key twice. Write each key once.",
    "json_too_deep": "The JSON is nested too deeply for a record. Write the values of a shipment at a higher level.",
    "shipment_id_missing": "The shipment number is missing. Add it, or set a template for it in the mapping.",
    "key_altered": "A spreadsheet shortened the shipment number (as 7.74512E+11). Export the column as text.",
    "key_placeholder": "The shipment number is a placeholder such as N/A or PENDING. Write the number, or map "
    "{file}:{row} to shipment_id.",
    "id_altered": "A spreadsheet shortened the number (as 7.74512E+11). Export the column as text.",
    "number_unreadable": "The number cannot be read, or it is negative where only counts make sense. Correct it.",
    "record_action_unknown": "The record action is unknown. Use add, replace or cancel.",
    "date_missing": "The arrival, estimated arrival and release dates are all missing. Add one of them.",
    "date_unreadable": "The date differs from the format of its column. Correct it, or set date_format in a mapping.",
    "date_impossible": "The date or time does not exist in the date order of its column. Correct it.",
    "consignee_blank": "The consignee is missing. Add name and address, or an account number.",
    "consignee_name_missing": "The consignee has an address but no name. Add the name, or an account number.",
    "consignee_address_missing": "The consignee has a name but no address. Add the address, or an account number.",
    "value_missing": "The declared value is missing. Add it.",
    "value_unreadable": "The amount cannot be read, or its decimal mark is not that of its column. Correct it.",
    "value_out_of_range": "The amount is a billion US dollars or more, or 100 billion of its currency. Correct it.",
    "number_out_of_range": "The number is 100 million or more. Correct it.",
    "negative_value": "The amount is negative. Remove refunds and canceled orders, or correct the amount.",
    "currency_unknown": "The currency is not an ISO 4217 code. Correct it.",
    "currency_unclear": "Several currencies share this mark. Name the currency in a column or in the mapping.",
    "currency_contradicts": "Heading, currency column and mark name different currencies. Correct one of them.",
    "currency_without_rate": "The currency has no exchange rate on that day. Add one to ref_fx_rates.",
    "country_unknown": "The country is unknown. Use its ISO 3166 alpha-2 code.",
    "mode_unknown": "The mode of transport is unknown. Use air, truck, rail, ocean or mail.",
    "boolean_unreadable": "The answer is neither yes nor no. Use one of them.",
    "hts_unreadable": "The tariff number does not have 4, 6, 8 or 10 digits. Correct it.",
    "hts_nowhere": "No tariff has such a number: it has no chapter 00 or 77, and no heading of one digit. Correct it.",
    "hts_several": "The cell holds several tariff numbers. Give one, or one line of the shipment for each.",
}
"""Reason code to what a person is told."""

_DAMAGES = ("ragged_row", "stray_quote", "json_broken", "json_duplicate_key", "json_too_deep")
_DECIDING = {"shipment_id", "line_no", "declared_value", "currency", "consignee_name", "consignee_address"}
"""Columns that a row stands or falls with, beside its day; what cannot be read in any other is null and listed."""
_DAYS = {
    "arrival_date": "arrival",
    "estimated_arrival_date": "estimated_arrival",
    "released_at": "release",
}
"""Columns that may hold the day of arrival, and what ``date_basis`` says where they do."""
_NO_DAY = "arrival_date|date_missing"
_FOR_CANCEL = {
    "shipment_id|shipment_id_missing",
    "shipment_id|key_altered",
    "shipment_id|key_placeholder",
    "line_no|number_unreadable",
}


@dataclass(frozen=True)
class Judgement:
    """What became of the rows of a batch.

    Attributes
    ----------
    reasons : Series
        A JSON list of {column, reason, message}; null where the row is sound.
    unread : list of str
        The marks of optional cells of which some could not be read.
    """

    reasons: pl.Series
    unread: list[str]


@cache
def reason_json(column: str, reason: str, message: str | None = None) -> str:
    """Return one reason as JSON text."""
    content = {"column": column, "reason": reason, "message": message or MESSAGES[reason]}
    return json.dumps(content, ensure_ascii=False)


def bounded(values: pl.DataFrame, rates: Rates) -> pl.DataFrame:
    """Return converted rows in which amounts that are too large at the rate of their currency have a mark.

    Parameters
    ----------
    values : DataFrame
        As `convert` returned them.
    rates : Rates
        What currencies are worth.
    """
    return values.with_columns(
        (pl.col(mark) | rates.beyond(values["currency"], values[column])).alias(mark)
        for column in MONEY
        for mark in (f"{column}|value_out_of_range",)
    )


def judge(values: pl.DataFrame, rates: Rates) -> Judgement:
    """Tell why rows are rejected, by the marks of the conversion and those of the row as a whole; and what is unread.

    Parameters
    ----------
    values : DataFrame
        As `convert` returned them.
    rates : Rates
        Which currencies have a rate on which day.
    """
    lacking = rates.missing(values.select("currency", pl.col("arrival_date").alias("day")))
    whole = values.with_columns(**_of_the_row(), **{"currency|currency_without_rate": lacking})
    names = sorted(name for name in whole.columns if "|" in name)
    found = whole.select(pl.col(names).any()).row(0, named=True)
    names = [name for name in names if found[name]]
    deciding = [name for name in names if _column(name) in _DECIDING | {*_DAYS}]
    damaged = pl.col(DAMAGE).is_not_null()
    cancels = pl.col("record_action") == "cancel"
    unread = [name for name in names if _column(name) not in _DECIDING and name in values.columns]
    told = sorted({*deciding, *unread})
    if not told and not values[DAMAGE].count():
        return Judgement(pl.repeat(None, values.height, dtype=pl.String, eager=True).alias("reasons"), unread)
    marks = whole.select(
        *(_applies(name, cancels.fill_null(value=False), damaged).alias(name) for name in told),
        *((pl.col(DAMAGE) == damage).fill_null(value=False).alias(f"line|{damage}") for damage in _DAMAGES),
    )
    rejecting = [name for name in marks.columns if name in deciding or name not in told]
    return Judgement(marks.select(_reasons(marks.columns, rejecting)).to_series(), unread)


def _column(mark: str) -> str:
    return mark.split("|", maxsplit=1)[0]


def _applies(name: str, cancels: pl.Expr, damaged: pl.Expr) -> pl.Expr:
    """Tell whether a mark counts: a cancel row needs only its key, a damaged row has no cells to break anything."""
    broken = pl.col(name).fill_null(value=False) & ~damaged
    basis = _DAYS.get(_column(name))
    if basis is not None and name != _NO_DAY:
        broken = broken & (pl.col("date_basis") == basis).fill_null(value=False)
    return broken if name in _FOR_CANCEL else broken & ~cancels


def _of_the_row() -> dict[str, pl.Expr]:
    name, address = _is_filled("consignee_name"), _is_filled("consignee_address") | _is_filled("consignee_address2")
    no_account = pl.col("consignee_id").is_null()
    return {
        "shipment_id|shipment_id_missing": pl.col("shipment_id").is_null(),
        _NO_DAY: pl.col("date_basis").is_null(),
        "declared_value|value_missing": pl.col("declared_value").is_null()
        & ~pl.any_horizontal(f"declared_value|{reason}" for reason in ("value_unreadable", "value_out_of_range")),
        "consignee_name|consignee_blank": no_account & ~name & ~address,
        "consignee_name|consignee_name_missing": no_account & ~name & address,
        "consignee_address|consignee_address_missing": no_account & name & ~address,
    }


def _is_filled(column: str) -> pl.Expr:
    """Tell whether a text holds a letter or a digit; a lone dash fills nothing."""
    return pl.col(column).str.contains(r"[\p{L}\p{N}]").fill_null(value=False)


def _reasons(names: list[str], rejecting: list[str]) -> pl.Expr:
    """Name all that is wrong with a row, where some of it rejects the row."""
    parts = [pl.when(pl.col(name)).then(pl.lit(reason_json(*name.split("|")))) for name in sorted(names)]
    listed = pl.concat_str(parts, separator=", ", ignore_nulls=True)
    return pl.when(pl.any_horizontal(rejecting)).then(pl.format("[{}]", listed)).alias("reasons")

"""Numbers that name several things at once, so none: they lost digits in a spreadsheet, or are placeholders.

A spreadsheet shows a long number as ``7.74512E+11`` and keeps 15 digits of it; what is saved from there cannot be
brought back. A placeholder such as ``PENDING`` stands for every shipment without a number yet: two of them to one
consignee on one day would become the lines of one shipment, and their split would be gone.
"""

from __future__ import annotations

import polars as pl

from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.values.shortcuts import are_longer, none_matches
from analytics.ingest.words.wordlists import codes

__all__ = ["SCIENTIFIC", "altered_ids", "without_altered_tax_ids"]

SCIENTIFIC = r"^[+-]?\d(?:[.,]\d+[eE][+-]?|[eE]\+)\d{1,3}$"
"""A number in scientific notation; ``12E4`` and ``5E10`` may be ids and are none."""

_DIGITS_LOST = r"^\d{15}0{5,}$"
_OPTIONAL = ("order_id", "consignee_id", "consignee_phone", "house_bill", "master_bill", "entry_number", "seller_id")


def altered_ids(text: pl.DataFrame, plan: ColumnPlan) -> dict[str, pl.Expr]:
    """Return the ids of a batch without those that lost digits, and marks ``column|reason`` of what is wrong with them.

    Parameters
    ----------
    text : DataFrame
        One text column per column of the input contract.
    plan : ColumnPlan
        Which columns the input has.
    """
    values: dict[str, pl.Expr] = {}
    if not none_matches(text["shipment_id"], SCIENTIFIC, _DIGITS_LOST):
        values["shipment_id|key_altered"] = _is_altered("shipment_id")
    if not are_longer(text["shipment_id"], max(map(len, _placeholders()))):
        values["shipment_id|key_placeholder"] = _is_placeholder("shipment_id")
    for column in _OPTIONAL:
        if column in plan.uses and not none_matches(text[column], SCIENTIFIC, _DIGITS_LOST):
            is_altered = _is_altered(column)
            values[column] = pl.when(~is_altered).then(pl.col(column))
            values[f"{column}|id_altered"] = is_altered
    return values


def without_altered_tax_ids(found: pl.DataFrame, plan: ColumnPlan) -> tuple[pl.DataFrame, int]:
    """Return a batch without tax ids that lost digits, and how many there were: their hashes would join strangers.

    Parameters
    ----------
    found : DataFrame
        Cells as text.
    plan : ColumnPlan
        Which headings hold tax ids.
    """
    names = [f"c{at}" for at in sorted(plan.tax_ids)]
    altered = {name: found[name].str.contains(SCIENTIFIC).fill_null(value=False) for name in names}
    count = sum(int(marks.sum()) for marks in altered.values())
    if not count:
        return found, 0
    kept = [pl.when(pl.lit(marks)).then(None).otherwise(pl.col(name)).alias(name) for name, marks in altered.items()]
    return found.with_columns(kept), count


def _is_altered(column: str) -> pl.Expr:
    text = pl.col(column).str
    return (text.contains(SCIENTIFIC) | text.contains(_DIGITS_LOST)).fill_null(value=False)


def _is_placeholder(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().is_in(_placeholders()).fill_null(value=False)


def _placeholders() -> list[str]:
    return [*codes("nothing"), *codes("no_number")]

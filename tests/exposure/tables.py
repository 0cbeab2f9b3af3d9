"""Reference tables and lines to reckon on."""

import functools
from datetime import date
from decimal import Decimal

import polars as pl

from analytics.rulebook import load_references

__all__ = ["DAY", "line", "lines", "reference", "tables"]

DAY = date(2025, 1, 15)
_LINE = {
    "landed_id": pl.String(),
    "shipment_uid": pl.String(),
    "arrival_date": pl.Date(),
    "origin_country": pl.String(),
    "mode": pl.String(),
    "hts_code": pl.String(),
    "customs_value_usd": pl.Decimal(18, 2),
}


@functools.cache
def tables():
    """The shipped reference tables."""
    return load_references().tables


def reference(name, *rows):
    """A reference table of some rows; columns that are left out are null."""
    schema = tables()[name].schema
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema)


def line(value="400.00", hts="6110303053", day=DAY, origin="CN", mode="air", shipment="s1"):
    """One line of a shipment."""
    return {
        "landed_id": "",
        "shipment_uid": shipment,
        "arrival_date": day,
        "origin_country": origin,
        "mode": mode,
        "hts_code": hts,
        "customs_value_usd": Decimal(value),
    }


def lines(*rows):
    """Lines as the models leave them."""
    numbered = [{**row, "landed_id": f"l{number}"} for number, row in enumerate(rows)]
    return pl.DataFrame(numbered, schema=_LINE)

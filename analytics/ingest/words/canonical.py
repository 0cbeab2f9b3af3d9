"""The columns a shipment file may have, by the kind of value in them: questions to `analytics.contracts.fields`."""

from __future__ import annotations

from analytics.contracts.fields import FIELDS, of_kind

__all__ = ["BOOLEANS", "CODES", "COLUMNS", "COUNTRIES", "INTEGERS", "MONEY", "NUMBERS", "TAX_IDS", "TIMES"]

TIMES = of_kind("time")
MONEY = of_kind("money")
NUMBERS = of_kind("money", "number")
INTEGERS = of_kind("integer")
BOOLEANS = of_kind("boolean")
COUNTRIES = of_kind("country")
CODES = of_kind("code")
TAX_IDS = of_kind("tax_id")
COLUMNS = tuple(field.name for field in FIELDS)
"""Every column of the input."""

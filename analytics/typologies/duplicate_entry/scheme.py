"""Plants packages under two entry numbers or at two values, and packages under one number in two rows."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import ENTERED, Injector, money
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_HAS_ENTRY = pl.col("entry").is_in(["86", "11"]) & (pl.col("filer") != "")
_COPIED = (
    "consignee_name", "consignee_address", "consignee_address2", "consignee_city", "consignee_state",
    "consignee_postal_code", "consignee_phone", "consignee_email", "consignee_tax_id", "consignee_id", "house_bill",
    "description", "hts_code", "product_id", "declared_value", "customs_value", "quantity", "weight_kg",
)  # fmt: skip


def _duplicate_entries(injector: Injector, schemes: int) -> None:
    """One package under two entry numbers; and, as often, under one number in two rows."""
    for number, pair in zip(range(2 * schemes), injector.groups(["date", "carrier_code"], 2, _HAS_ENTRY), strict=False):
        first, again = pair[:2].tolist()
        injector.put(again, **{name: injector.cell(name, first) for name in _COPIED})
        if number % 2:
            injector.put(again, entry_number=injector.cell("entry_number", first))
        else:
            injector.true("duplicate_entry", first, [first, again])
        injector.put(first)
        injector.fact(again, person=injector.facts["person"][first], cents=injector.facts["cents"][first])


def _entered_lower(injector: Injector, schemes: int) -> None:
    """One package entered again at half the value; as often corrected under its number."""
    rows = ENTERED & (pl.col("filer") != "")
    for number, pair in zip(range(2 * schemes), injector.groups(["date", "carrier_code"], 2, rows), strict=False):
        first, again = pair[:2].tolist()
        cents = int(injector.facts["cents"][first]) // 2
        lower = {
            **{name: injector.cell(name, first) for name in _COPIED},
            "declared_value": money(cents),
            "customs_value": None,
        }
        injector.put(again, **lower)
        injector.fact(again, person=injector.facts["person"][first], cents=cents)
        injector.put(first, customs_value=None)
        if number % 2:
            injector.put(again, entry_number=injector.cell("entry_number", first))
        else:
            injector.true("duplicate_entry", first, [first, again])


SCHEME = Scheme(injected=(Injected(_duplicate_entries, 4, place=120), Injected(_entered_lower, 2)))
"""What is planted, and what is true of any shipments."""

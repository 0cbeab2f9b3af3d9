"""Where schemes about consignees are injected, and the places that are made for them."""

from __future__ import annotations

import polars as pl

from analytics.traffic.injector import Injector
from analytics.traffic.lists import read_table, read_words

__all__ = ["FREE", "NO_CONTACT", "new_place"]

FREE = pl.col("claimed") & pl.col("entry").is_in(["86", "321"]) & pl.col("limit").is_not_null()
"""Claims by air or land of an exemption that was on offer."""

NO_CONTACT = dict.fromkeys(("consignee_phone", "consignee_email", "consignee_tax_id", "consignee_id"))
"""What is taken out where the consignee becomes another one."""


def new_place(injector: Injector) -> dict[str, str | None]:
    """An address of its own, in a real town."""
    towns = read_table("places.csv")
    town = towns.row(int(injector.rng.integers(0, len(towns))), named=True)
    number = int(injector.rng.integers(1, 9_000))
    return {
        "consignee_address": f"{number} {injector.draw(read_words('patterns.toml')['streets'])}",
        "consignee_address2": None,
        "consignee_city": town["city"],
        "consignee_state": town["state"],
        "consignee_postal_code": town["postal_code"],
        **NO_CONTACT,
    }

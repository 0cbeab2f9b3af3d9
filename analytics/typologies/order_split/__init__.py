"""Lots of one order, each within the limit and over it together."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Order in lots",
    noun=("order in lots", "orders in lots"),
    color="#dd9a36",
    for_counsel="Are these lots of one order, sent apart to secure the exemption or to avoid a law?",
)
"""How it is called and drawn."""

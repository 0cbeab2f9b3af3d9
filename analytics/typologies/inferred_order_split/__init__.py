"""Lots of one order whose number is not known, over the limit together."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Order in lots, inferred",
    noun=("likely order in lots", "likely orders in lots"),
    question="Are these lots of one order?",
    color="#c9b458",
    for_counsel="Were these lots sold under one order or contract, and were they sent apart to secure the exemption?",
)
"""How it is called and drawn."""

"""Goods declared at far less than their usual price."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Undervaluation",
    for_counsel="Was the declared value the price at which the goods were sold?",
)
"""How it is called and drawn."""

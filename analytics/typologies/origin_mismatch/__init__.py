"""Goods that come from another country than the one they are declared to be of."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Origin mismatch",
    for_counsel="Is the declared origin the country where the goods were made?",
)
"""How it is called and drawn."""

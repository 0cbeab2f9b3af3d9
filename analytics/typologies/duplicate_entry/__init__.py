"""One package entered more than once."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Duplicate entry",
    for_counsel="Was one shipment entered more than once, and which entry is right?",
)
"""How it is called and drawn."""

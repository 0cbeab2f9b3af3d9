"""A description whose words belong to another tariff chapter."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Description mismatch",
    for_counsel="Do the description and the tariff number name the goods that were shipped?",
)
"""How it is called and drawn."""

"""A description whose words belong to another tariff chapter."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(title="Description mismatch")
"""How it is called and drawn."""

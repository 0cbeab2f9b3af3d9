"""Goods that come from another country than the one they are declared to be of."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(title="Origin mismatch")
"""How it is called and drawn."""

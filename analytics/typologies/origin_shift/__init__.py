"""Goods whose origin changes when that pays."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(title="Origin shift")
"""How it is called and drawn."""

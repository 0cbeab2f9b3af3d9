"""Entries filed after their deadline."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(title="Late filing")
"""How it is called and drawn."""

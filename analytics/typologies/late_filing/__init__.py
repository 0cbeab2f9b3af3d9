"""Entries filed after their deadline."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Late filing",
    for_counsel="When was the declaration filed, and was that in time?",
)
"""How it is called and drawn."""

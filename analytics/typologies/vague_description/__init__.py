"""Descriptions that do not tell what the goods are."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Vague description",
    for_counsel="Was the description specific enough to tell what the goods were?",
)
"""How it is called and drawn."""

"""Informal entries of one order or conveyance that are over their limit together."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Informal entry split",
    noun=("group of informal entries over the limit together", "groups of informal entries over the limit together"),
    color="#8a3a5b",
    for_counsel="Should these goods have been entered together, formally, and was dividing them allowed?",
)
"""How it is called and drawn."""

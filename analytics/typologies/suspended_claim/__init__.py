"""A claim of an exemption that was not on offer."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Suspended claim",
    noun=("exemption claim", "exemption claims"),
    color="#8fbcd4",
    for_counsel="Was the exemption claimed on a day on which none was available to such goods?",
)
"""How it is called and drawn."""

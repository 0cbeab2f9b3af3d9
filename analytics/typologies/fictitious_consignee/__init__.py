"""A consignee that is nobody."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Fictitious consignee",
    for_counsel="Does the named consignee exist, and did it receive the goods?",
)
"""How it is called and drawn."""

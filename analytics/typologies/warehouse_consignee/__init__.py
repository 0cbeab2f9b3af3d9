"""Unsold goods for a warehouse, over the limit of the warehouse's day."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Warehouse consignee",
    noun=("claim for a warehouse as consignee", "claims for a warehouse as consignee"),
    color="#4c8c6b",
    for_counsel="Were the goods unsold on arrival, so that the warehouse or the owner is the person?",
)
"""How it is called and drawn."""

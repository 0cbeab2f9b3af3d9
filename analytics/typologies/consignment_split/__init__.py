"""Parts of one consignment or sender that are each within the limit and over it together."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Consignment split",
    noun=("consignment in parts", "consignments in parts"),
    color="#3f8f9b",
    for_counsel="Are these packages one consignment that should have been entered together?",
)
"""How it is called and drawn."""

"""An informal entry of goods worth more than its limit."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Over the informal limit",
    noun=("informal entry over the limit", "informal entries over the limit"),
    for_counsel="Should this entry have been formal?",
)
"""How it is called and drawn."""

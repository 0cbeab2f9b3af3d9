"""Many names at one address: a reason to ask who the person is."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Address hub",
    for_counsel="Who takes delivery at this address, and for whom were these packages imported?",
)
"""How it is called and drawn."""

"""More amounts just below a limit than the amounts around it make likely."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Just below clustering",
    for_counsel="Why do so many declared values lie just below the limit: prices, or the limit?",
)
"""How it is called and drawn."""

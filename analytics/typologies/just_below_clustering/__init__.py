"""More amounts just below a limit than the amounts around it make likely."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(title="Just below clustering")
"""How it is called and drawn."""

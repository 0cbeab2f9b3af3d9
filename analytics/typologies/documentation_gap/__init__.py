"""Claims and entries that lack a paper."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(title="Missing papers")
"""How it is called and drawn."""

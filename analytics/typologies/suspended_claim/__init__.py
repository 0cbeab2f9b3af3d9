"""A claim of an exemption that was not on offer."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(title="Suspended claim", color="#8fbcd4")
"""How it is called and drawn."""

"""A consignee that is nobody."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(title="Fictitious consignee")
"""How it is called and drawn."""

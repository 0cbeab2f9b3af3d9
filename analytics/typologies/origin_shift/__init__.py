"""Goods whose origin changes when that pays."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Origin shift",
    for_counsel="Did the origin of these goods change, or what was declared of it?",
)
"""How it is called and drawn."""

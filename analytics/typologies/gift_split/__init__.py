"""Gifts of one sender to one person that are over the gift limit together, and gifts that a seller sends."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Gift split",
    noun=("gift total over the gift limit", "gift totals over the gift limit"),
    color="#a8673f",
    for_counsel="Did one person send these gifts to one person in parts, which together are over the limit?",
)
"""How it is called and drawn."""

"""A person's days just under the limit, more of them than the days around it make likely."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Structuring",
    question="Do these days look arranged to stay under the limit?",
    for_counsel="Why do these packages stay under the limit day after day: one order in parts, or separate purchases?",
)
"""How it is called and drawn."""

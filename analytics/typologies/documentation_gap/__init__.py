"""Claims and entries that lack a paper."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Missing papers",
    for_counsel="Where are the papers that the records lack, and were they kept as the rules ask?",
)
"""How it is called and drawn."""

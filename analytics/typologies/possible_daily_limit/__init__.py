"""Days that pass a limit only if identities held apart are one: who may be one, and how likely it is."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Possible daily limit",
    for_counsel="Are these consignees one person, and did that person import more than the limit on that day?",
)
"""How it is called and drawn."""

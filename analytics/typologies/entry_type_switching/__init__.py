"""A seller whose goods were entered and are now claimed as exempt."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Switch to claiming",
    for_counsel="Why did goods that had been entered begin to be claimed under an exemption?",
)
"""How it is called and drawn."""

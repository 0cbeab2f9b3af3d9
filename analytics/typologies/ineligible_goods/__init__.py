"""Goods that cannot have the exemption, claimed all the same."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Ineligible goods",
    noun=("claim on goods that are kept out", "claims on goods that are kept out"),
    color="#6b6ea8",
    for_counsel="Were these goods outside the exemption whatever their value?",
)
"""How it is called and drawn."""

"""Informal entries whose importer of record is outside the United States."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Importer abroad, entered informally",
    noun=("informal entry of an importer abroad", "informal entries of importers abroad"),
    question="Is the importer of record abroad?",
    for_counsel="Was the importer of record abroad, and may it enter informally under the rule in force on that day?",
)
"""How it is called and drawn."""

"""A carrier, broker or forwarder in place of the buyer."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Nominal consignee",
    for_counsel="Who was the ultimate consignee behind the named party?",
)
"""How it is called and drawn."""

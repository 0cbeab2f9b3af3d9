"""One person's shipments of a day, each within the limit and over it together."""

from __future__ import annotations

from analytics.typologies.typology import Typology

__all__ = ["TYPOLOGY"]

TYPOLOGY = Typology(
    title="Daily limit",
    noun=("same-day total over the exemption limit", "same-day totals over the exemption limit"),
    question="Did one person get more than the limit that day, all told?",
    color="#1f4e79",
    for_counsel="Did one person import these packages on one day, so that no exemption was due to some or all of them?",
)
"""How it is called and drawn."""

"""Invented shipments with known truth, to measure what the screening finds and misses.

Shares no code and no word list with the rooms it is used to measure.
"""

from __future__ import annotations

from analytics.synth.generator import SynthSummary, synthesize

__all__ = ["SynthSummary", "synthesize"]

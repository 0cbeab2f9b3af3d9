"""Turns measures and codes into sentences: figures in words, lists, and what is said of every flag alike.

What is said of the flags of one typology stands in ``analytics/typologies/NAME/evidence.py``.
"""

from __future__ import annotations

from analytics.wording.evidence import EVIDENCE_COLUMNS, Evidence, Sentence, rows_of
from analytics.wording.figures import counted, money, percent, rounded, share, without_zeros

__all__ = [
    "EVIDENCE_COLUMNS",
    "Evidence",
    "Sentence",
    "counted",
    "money",
    "percent",
    "rounded",
    "rows_of",
    "share",
    "without_zeros",
]

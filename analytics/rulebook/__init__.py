"""The law as data: dated reference tables, loaded, proved and asked."""

from __future__ import annotations

from analytics.rulebook.ages import ages, past_the_tables
from analytics.rulebook.application import applied
from analytics.rulebook.lookup import rules, timeline
from analytics.rulebook.references import References, known_regimes, load_references

__all__ = [
    "References",
    "ages",
    "applied",
    "known_regimes",
    "load_references",
    "past_the_tables",
    "rules",
    "timeline",
]

"""The law as data: dated reference tables, loaded, proved and asked."""

from __future__ import annotations

from analytics.rulebook.application import applied
from analytics.rulebook.lookup import rules, timeline
from analytics.rulebook.references import References, known_regimes, load_references

__all__ = ["References", "applied", "known_regimes", "load_references", "rules", "timeline"]

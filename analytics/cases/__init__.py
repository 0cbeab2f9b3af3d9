"""Investigations: cases on flags, each an append-only chain of events in a database beside the store."""

from __future__ import annotations

from analytics.cases.ledger import Ledger, adopt_ledger, open_ledger
from analytics.cases.states import DISMISSAL_REASONS, OUTCOMES, STATES, Case

__all__ = ["DISMISSAL_REASONS", "OUTCOMES", "STATES", "Case", "Ledger", "adopt_ledger", "open_ledger"]

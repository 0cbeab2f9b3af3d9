"""Our flags against the notices of customs: what both saw, and both kinds of miss."""

from __future__ import annotations

from analytics.reconciliation.comparing import Reconciliation, reconcile, reconcile_with
from analytics.reconciliation.notices import take_notices

__all__ = ["Reconciliation", "reconcile", "reconcile_with", "take_notices"]

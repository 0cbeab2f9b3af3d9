"""``splitship cases next``: take the first case that nobody has."""

from __future__ import annotations

from analytics.cli.case_options import As, Json, Url, ledger_of, tell
from analytics.cli.narration import note
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 40
"""Among the verbs of the help."""


def command(store: Store = DEFAULT_STORE, url: Url = None, by: As = None, as_json: Json = False) -> None:
    """Assign yourself the first unassigned case of the queue."""
    from analytics.cases.queue import waiting

    ledger = ledger_of(store, url, by)
    taken = ledger.take(waiting(ledger.store, ledger))
    if taken is None:
        note("no case is left to take: every open case is assigned, snoozed or in second review")
        return
    tell(taken, as_json)

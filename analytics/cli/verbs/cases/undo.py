"""``splitship cases undo``: undo your own last event."""

from __future__ import annotations

from analytics.cli.case_options import As, Id, Json, Url, Why, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 190
"""Among the verbs of the help."""


def command(
    case_id: Id, text: Why, store: Store = DEFAULT_STORE, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Reverse your own last event on a case; both events stay in the log."""
    tell(ledger_of(store, url, by).undo(case_id, text), as_json)

"""``splitship cases undo``: undo your own last event."""

from __future__ import annotations

from analytics.cli.case_options import DEFAULT, As, Id, Json, Store, Url, Why, ledger_of, tell

__all__ = ["PLACE", "command"]

PLACE = 190
"""Among the verbs of the help."""


def command(
    case_id: Id, text: Why, store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Reverse your own last event on a case; both events stay in the log."""
    tell(ledger_of(store, url, by).undo(case_id, text), as_json)

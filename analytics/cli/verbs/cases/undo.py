"""``splitship cases undo``: undo your own last event."""

from __future__ import annotations

from analytics.cli.case_options import DEFAULT, As, Id, Json, Store, Url, Why, ledger_of, tell

__all__ = ["PLACE", "command"]

PLACE = 190
"""Among the verbs of the help."""


def command(
    case_id: Id, text: Why, store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Undo your own last event on a case; the event stays, and another records the undo."""
    tell(ledger_of(store, url, by).undo(case_id, text), as_json)

"""``splitship cases confirm``: agree as the second person."""

from __future__ import annotations

from analytics.cli.case_options import DEFAULT, As, Id, Json, Note, Settings, Store, Url, ledger_of, tell

__all__ = ["PLACE", "command"]

PLACE = 130
"""Among the verbs of the help."""


def command(
    case_id: Id,
    text: Note = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """Confirm a decision as second reviewer."""
    tell(ledger_of(store, url, by, settings).confirm(case_id, note=text), as_json)

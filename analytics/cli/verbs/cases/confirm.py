"""``splitship cases confirm``: agree as the second person."""

from __future__ import annotations

from analytics.cli.case_options import As, Id, Json, Note, Settings, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 130
"""Among the verbs of the help."""


def command(
    case_id: Id,
    text: Note = None,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """Confirm a decision as second reviewer."""
    tell(ledger_of(store, url, by, settings).confirm(case_id, note=text), as_json)

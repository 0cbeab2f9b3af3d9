"""``splitship cases send-back``: disagree as the second person."""

from __future__ import annotations

from analytics.cli.case_options import As, Id, Json, Url, Why, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 140
"""Among the verbs of the help."""


def command(
    case_id: Id, text: Why, store: Store = DEFAULT_STORE, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Send a decision back as second reviewer."""
    tell(ledger_of(store, url, by).send_back(case_id, note=text), as_json)

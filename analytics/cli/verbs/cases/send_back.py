"""``splitship cases send-back``: disagree as the second person."""

from __future__ import annotations

from analytics.cli.case_options import DEFAULT, As, Id, Json, Store, Url, Why, ledger_of, tell

__all__ = ["PLACE", "command"]

PLACE = 140
"""Among the verbs of the help."""


def command(
    case_id: Id, text: Why, store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Disagree with a decision as the second person."""
    tell(ledger_of(store, url, by).send_back(case_id, note=text), as_json)

"""``splitship cases reopen``: open a closed case again."""

from __future__ import annotations

from analytics.cli.case_options import As, Id, Json, Url, Why, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 180
"""Among the verbs of the help."""


def command(
    case_id: Id, text: Why, store: Store = DEFAULT_STORE, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Open a closed case again."""
    tell(ledger_of(store, url, by).reopen(case_id, text), as_json)

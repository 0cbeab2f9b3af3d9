"""``splitship cases resume``: go on."""

from __future__ import annotations

from analytics.cli.case_options import As, Id, Json, Note, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 80
"""Among the verbs of the help."""


def command(
    case_id: Id, text: Note = None, store: Store = DEFAULT_STORE, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Continue a waiting or snoozed case."""
    tell(ledger_of(store, url, by).resume(case_id, note=text), as_json)

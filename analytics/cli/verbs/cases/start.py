"""``splitship cases start``: begin to investigate."""

from __future__ import annotations

from analytics.cli.case_options import As, Id, Json, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 60
"""Among the verbs of the help."""


def command(case_id: Id, store: Store = DEFAULT_STORE, url: Url = None, by: As = None, as_json: Json = False) -> None:
    """Begin the investigation of a case."""
    tell(ledger_of(store, url, by).start(case_id), as_json)

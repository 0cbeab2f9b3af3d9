"""``splitship cases note``: add a note."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.case_options import As, Id, Json, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 90
"""Among the verbs of the help."""


def command(
    case_id: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Text of the note.")],
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Add a note."""
    tell(ledger_of(store, url, by).note(case_id, text), as_json)

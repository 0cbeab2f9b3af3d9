"""``splitship cases assign``: give a case to somebody."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.case_options import As, Id, Json, Note, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 50
"""Among the verbs of the help."""


def command(
    case_id: Id,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Assignee; nobody removes the assignment.")],
    text: Note = None,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Assign a case."""
    tell(ledger_of(store, url, by).assign(case_id, None if name == "nobody" else name, note=text), as_json)

"""``splitship cases wait``: wait for what somebody has to send."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.case_options import As, Id, Json, Url, Why, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 70
"""Among the verbs of the help."""


def command(
    case_id: Id,
    text: Why,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="Day by which the information is due.")
    ] = None,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Mark a case as awaiting information from others."""
    tell(ledger_of(store, url, by).wait(case_id, due_on=day_of(due, "--due"), note=text), as_json)

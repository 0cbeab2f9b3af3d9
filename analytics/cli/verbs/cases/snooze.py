"""``splitship cases snooze``: let a case sleep until a day."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.case_options import As, Id, Json, Url, Why, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 110
"""Among the verbs of the help."""


def command(
    case_id: Id,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Day on which the case returns.")],
    text: Why,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Hide a case from the queue until a day."""
    day = day_of(until, "--until")
    assert day is not None
    tell(ledger_of(store, url, by).snooze(case_id, day, text), as_json)

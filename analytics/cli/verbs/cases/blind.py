"""``splitship cases blind``: judge a case without its outcome."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.case_options import As, Id, Json, Url, ledger_of, tell
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 150
"""Among the verbs of the help."""


def command(
    case_id: Id,
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="The outcome that you would choose.")],
    reason: Annotated[str | None, typer.Option(help="The reason, in a few words.")] = None,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Record a blind review of a sampled case, without showing its outcome."""
    tell(ledger_of(store, url, by).blind(case_id, outcome, reason), as_json)

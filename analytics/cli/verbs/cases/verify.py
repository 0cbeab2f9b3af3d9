"""``splitship cases verify``: prove the history."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.case_options import As, Json, Url, ledger_of
from analytics.cli.narration import say, say_json
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 210
"""Among the verbs of the help."""


def command(
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Accept the cases of another store, or a restored older copy.")
    ] = False,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Prove that the history of all cases is unchanged. Exit code 1 if it is not."""
    from analytics.cases import adopt_ledger
    from analytics.opened import open_store

    if adopt:
        adopt_ledger(open_store(store), url, by=by)
    ledger = ledger_of(store, url, by)
    found = ledger.verify()
    if as_json:
        say_json(found.as_json())
    else:
        say(
            "\n".join(found.problems) or f"{found.head.events:,} events, each as it was written; head {found.head.hash}"
        )
    if not found.is_whole:
        raise typer.Exit(1)

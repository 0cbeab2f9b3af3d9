"""``splitship refit``: refit the model to verdicts."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, Store
from analytics.errors import UsageError

__all__ = ["PLACE", "command"]

PLACE = 150
"""Among the verbs of the help."""


def command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the result and keep nothing.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Withdraw the current refit.")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Your name; your user name by default.")] = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """Refit the model to verdicts; adopt it only if it predicts held-out verdicts better."""
    from analytics.opened import open_store

    if dry_run and withdraw:
        raise UsageError("--dry-run and --withdraw were both given. Give one of them.")
    opened = open_store(store)
    apply = f"To apply it: splitship screen --store {store}"
    if withdraw:
        note(f"withdrawn: {opened.withdraw_refit(by=by)}. {apply}")
        return
    found = opened.refit(dry_run=dry_run, by=by)
    say(found)
    if found.is_adopted:
        note(apply)

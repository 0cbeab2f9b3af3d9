"""``splitship explain``: the evidence for a flag, an identity or a pair of aliases."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.narration import say
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 70
"""Among the verbs of the help."""


def command(
    subject: Annotated[str, typer.Argument(metavar="ID", help="A flag_id, identity_id or alias_id.")],
    other: Annotated[
        str | None, typer.Argument(metavar="OTHER", help="A second alias_id: why the two match, or not.")
    ] = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """Explain a flag, an identity, an alias or a pair of aliases: evidence and counter-evidence."""
    from analytics.opened import open_store

    say(str(open_store(store).explain(subject, other)))

"""``splitship judge``: record a verdict on two aliases."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.narration import note
from analytics.cli.options import DEFAULT_STORE, Store
from analytics.errors import UsageError

__all__ = ["PLACE", "command"]

PLACE = 130
"""Among the verbs of the help."""


def command(
    one: Annotated[str, typer.Argument(metavar="A", help="An alias_id, or an identity_id.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another alias_id or identity_id.")],
    same: Annotated[bool, typer.Option("--same", help="Both aliases are one consignee.")] = False,
    different: Annotated[bool, typer.Option("--different", help="They are two consignees.")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="Undecided; withdraws earlier verdicts.")] = False,
    text: Annotated[str | None, typer.Option("--note", help="The reason.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Reviewer; your user name by default.")] = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """Record whether two aliases are one consignee; overrides the model from the next screening on."""
    from analytics.opened import open_store

    said = [name for name, given in (("same", same), ("different", different), ("unsure", unsure)) if given]
    if len(said) != 1:
        raise UsageError(f"{len(said)} verdicts given. Give one of --same, --different, --unsure.")
    left, right = open_store(store).judge(one, other, said[0], by=by, note=text)
    note(f"kept: {left} and {right}: {said[0]}. To apply it: splitship screen --store {store}")

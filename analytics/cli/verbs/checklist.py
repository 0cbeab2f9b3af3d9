"""``splitship checklist``: a program or seller against every condition of the exemption."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.narration import say
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 50
"""Among the verbs of the help."""


def command(
    store: Store = DEFAULT_STORE,
    seller: Annotated[str | None, typer.Option(help="One seller, by id or name.")] = None,
    program: Annotated[str | None, typer.Option(metavar="TYPE", help="One program, by entry type such as 86.")] = None,
    filer: Annotated[str | None, typer.Option(metavar="CODE", help="One filer.")] = None,
    marketplace: Annotated[str | None, typer.Option(help="One marketplace.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First arrival day.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last arrival day.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write, .html or .xlsx; the terminal by default.")] = None,
) -> None:
    """Review a program or seller against every condition of the Section 321 exemption."""
    from analytics.opened import open_store

    days = day_of(start, "--from"), day_of(end, "--to")
    found = open_store(store).checklist(
        seller=seller, program=program, filer=filer, marketplace=marketplace, start=days[0], end=days[1]
    )
    say(found if out is None else found.write(out))

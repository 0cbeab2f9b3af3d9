"""``splitship disclosure``: the elements of a prior disclosure, with the loss entry by entry."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.narration import say
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 55
"""Among the verbs of the help."""
_CASE = re.compile(r"C\d+")


def command(
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="Flags or cases.")] = None,
    store: Store = DEFAULT_STORE,
    flag: Annotated[list[str] | None, typer.Option(metavar="ID", help="A flag; may repeat.")] = None,
    case: Annotated[list[str] | None, typer.Option(metavar="ID", help="The flags of a case; may repeat.")] = None,
    typology: Annotated[list[str] | None, typer.Option(metavar="NAME", help="One typology; may repeat.")] = None,
    seller: Annotated[list[str] | None, typer.Option(help="One seller, by id or name; may repeat.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")] = None,
    discloser: Annotated[str | None, typer.Option(metavar="NAME", help="Who discloses.")] = None,
    role: Annotated[
        str | None, typer.Option(help="importer, broker, carrier, marketplace or consignee; blank by default.")
    ] = None,
    disclosed: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Day of disclosure; none by default.")
    ] = None,
    interest_to: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day up to and without which interest runs.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder, or one file: .pdf, .docx, .xlsx; by default figures are printed.")
    ] = None,
) -> None:
    """Gather the elements of a prior disclosure (19 CFR 162.74) for counsel, with the loss entry by entry."""
    from analytics.cases.packet.disclosure import Selection, Terms
    from analytics.opened import open_store

    named = ids or []
    asked = Selection(
        flags=(*(flag or ()), *(name for name in named if not _CASE.fullmatch(name))),
        cases=(*(case or ()), *filter(_CASE.fullmatch, named)),
        typologies=tuple(typology or ()),
        sellers=tuple(seller or ()),
        start=day_of(start, "--from"),
        end=day_of(end, "--to"),
    )
    terms = Terms(discloser, role, day_of(disclosed, "--date"), day_of(interest_to, "--interest-to"))
    found = open_store(store).prior_disclosure(selection=asked, terms=terms)
    say(str(found) if out is None else "\n".join(map(str, found.write(out))))

"""``splitship report``: write the weekly risk report."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.narration import say
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 40
"""Among the verbs of the help."""


def command(
    store: Store = DEFAULT_STORE,
    week: Annotated[
        str | None, typer.Option(help="ISO week such as 2025-W11; the last week with data by default.")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, instead of a week.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")] = None,
    out: Annotated[
        str, typer.Option(help="File or URL to write: .html, .pdf, .xlsx or .json.")
    ] = "splitship-report.html",
    privileged: Annotated[
        bool, typer.Option("--privileged", help="Mark it as prepared at the request of counsel.")
    ] = False,
    masked: Annotated[
        bool, typer.Option("--masked", help="Pseudonyms for all parties, no addresses, the same figures.")
    ] = False,
) -> None:
    """Write the weekly risk report and print its path."""
    from analytics.cases.lookup import case_book, url_in_use
    from analytics.ingest.sources.remote import shown, written_to
    from analytics.opened import open_store
    from analytics.reports import report as write_report

    opened, days = open_store(store), (day_of(start, "--from"), day_of(end, "--to"))
    book = case_book(opened, url_in_use())
    with written_to(out) as file:
        write_report(
            opened, week=week, start=days[0], end=days[1], out=file, book=book,
            is_privileged=privileged, is_masked=masked,
        )  # fmt: skip
    say(shown(out))

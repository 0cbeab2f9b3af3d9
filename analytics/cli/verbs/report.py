"""``splitship report``: write the weekly risk report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.narration import say
from analytics.cli.options import DEFAULT_STORE, Store
from analytics.errors import UsageError

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
    mail_ready: Annotated[
        Path | None,
        typer.Option("--mail-ready", metavar="DIR", help="Write all forms and a manifest there; masked by default."),
    ] = None,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="With --mail-ready: the open edition.")] = False,
) -> None:
    """Write the weekly risk report and print its path."""
    from analytics.cases.lookup import case_book, url_in_use
    from analytics.ingest.sources.remote import shown, written_to
    from analytics.opened import open_store
    from analytics.reports import report as write_report

    if unmasked and (masked or mail_ready is None):
        raise UsageError("--unmasked is for --mail-ready, and not beside --masked. Leave it out.")
    opened, days = open_store(store), (day_of(start, "--from"), day_of(end, "--to"))
    book = case_book(opened, url_in_use())
    if mail_ready is not None:
        from analytics.reports.mailing import mail_ready as write_all

        say(write_all(
            opened, mail_ready, week=week, start=days[0], end=days[1], book=book,
            is_privileged=privileged, is_masked=not unmasked,
        ))  # fmt: skip
        return
    with written_to(out) as file:
        write_report(
            opened, week=week, start=days[0], end=days[1], out=file, book=book,
            is_privileged=privileged, is_masked=masked,
        )  # fmt: skip
    say(shown(out))

"""``splitship cases list``: the queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.case_options import Json, Settings, Url, ledger_of
from analytics.cli.narration import note, say, say_json
from analytics.cli.options import DEFAULT_STORE, Store
from analytics.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PLACE", "command"]

PLACE = 10
"""Among the verbs of the help."""


def command(
    state: Annotated[str | None, typer.Option(help="Only cases in this state, such as investigating.")] = None,
    assignee: Annotated[
        str | None, typer.Option(help="Only cases of this assignee; nobody for unassigned cases.")
    ] = None,
    typology: Annotated[str | None, typer.Option(help="Only cases with such a flag.")] = None,
    due: Annotated[bool, typer.Option("--due", help="Only cases that are due.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Closed cases instead of open ones.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Open and closed cases.")] = False,
    drawn: Annotated[bool, typer.Option("--blind", help="Only cases that await blind review.")] = False,
    sort: Annotated[str, typer.Option(help="Column to sort by, highest first.")] = "priority",
    limit: Annotated[int, typer.Option(min=1, max=500, help="Number of cases at most.")] = 50,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """List cases by value at issue times certainty times age, highest first."""
    import polars as pl

    from analytics.cases.queue import NOBODY, queue
    from analytics.cases.states import STATES
    from analytics.cli.case_text import queue_lines, queue_rows

    wanted = state.replace(" ", "_") if state else None
    if wanted is not None and wanted not in STATES:
        raise UsageError(f"state {state!r} is none. Write one of: {', '.join(STATES)}.")
    ledger = ledger_of(store, url, None, settings)
    page = queue(
        ledger.store,
        _Some(ledger.cases().filter(pl.col("case_id").is_in(ledger.waiting_for_blind_review()))) if drawn else ledger,
        state=wanted,
        assignee=NOBODY if assignee == "nobody" else assignee,
        typology=typology,
        is_due=True if due else None,
        is_open=None if every or drawn or wanted else not closed,
        sort=sort,
        size=limit,
        today=ledger.today,
    )
    if as_json:
        say_json(queue_rows(page))
        return
    say("\n".join(queue_lines(page)))
    if page.total > page.rows.height:
        note(f"{page.rows.height:,} of {page.total:,} cases. --limit shows more.")


@dataclass(frozen=True)
class _Some:
    """Some of the cases of a ledger, for the queue."""

    rows: pl.DataFrame

    def cases(self) -> pl.DataFrame:
        return self.rows

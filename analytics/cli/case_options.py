"""What the verbs on cases share: their options, the ledger they open, and how they tell of a case."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.cli.narration import say, say_json

if TYPE_CHECKING:
    from analytics.cases import Case, Ledger

__all__ = ["As", "Id", "Json", "Note", "Settings", "Url", "Why", "ledger_of", "tell"]

Url = Annotated[
    str | None,
    typer.Option(
        "--cases",
        metavar="URL",
        envvar="SPLITSHIP_CASES",
        help="postgresql://… of a team; SQLite in the store by default.",
    ),
]
As = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Acting user; the login name by default.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="A case, such as C000012.")]
Note = Annotated[str | None, typer.Option("--note", help="The reason, in a few words.")]
Why = Annotated[str, typer.Option("--note", help="The reason, in a few words.")]
Settings = Annotated[
    Path | None, typer.Option("--settings", help="TOML: automatic cases, second review; else cases/settings.toml.")
]


def ledger_of(store: Path, url: str | None, by: str | None, settings: Path | None = None) -> Ledger:
    """Open the cases of a store for somebody."""
    from analytics.cases import open_ledger
    from analytics.opened import open_store

    return open_ledger(open_store(store), url, by=by, settings=settings)


def tell(case: Case, as_json: bool) -> None:
    """Print a case: its number, state, outcome, who has it and how many flags stand."""
    if as_json:
        say_json(_plain(case))
        return
    from analytics.reports.wording import counted

    who = case.assignee or "nobody"
    outcome = f"  {case.outcome}" if case.outcome else ""
    say(f"{case.case_id}  {case.state.replace('_', ' ')}{outcome}  {who}  {counted(len(case.flag_ids), 'flag')}")


def _plain(case: Case) -> dict[str, Any]:
    from analytics.cli.case_text import masked_subject

    return {
        name: str(value) if name in {"due_on", "snoozed_until"} and value else value
        for name, value in masked_subject(asdict(case)).items()
    }

"""``splitship cases show``: all that a case rests on."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.case_options import As, Id, Json, Url, ledger_of
from analytics.cli.narration import say, say_json
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 20
"""Among the verbs of the help."""


def command(
    case_id: Id,
    names: Annotated[
        bool, typer.Option("--names", help="Show names and addresses; this is recorded as an event.")
    ] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Hide outcome and decisions, for a blind review.")] = False,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Show the basis of a case, names masked."""
    from analytics.cases.dossier import dossier, without_outcome
    from analytics.cli.case_text import case_lines, case_rows

    ledger = ledger_of(store, url, by)
    found = dossier(ledger.store, ledger, case_id, masked=not names)
    found = without_outcome(found) if blind else found
    if names:
        ledger.viewed(case_id, "names on the command line")
    say_json(case_rows(found)) if as_json else say("\n".join(case_lines(found)))

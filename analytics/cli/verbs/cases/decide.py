"""``splitship cases decide``: decide a case."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.case_options import As, Id, Json, Note, Settings, Url, ledger_of, tell
from analytics.cli.narration import note
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 120
"""Among the verbs of the help."""


def command(
    case_id: Id,
    outcome: Annotated[
        str,
        typer.Argument(metavar="OUTCOME", help="dismissed, corrected_forward, referred_to_counsel, disclosure_filed."),
    ],
    reason: Annotated[str | None, typer.Option(help="Of a dismissal: different_parties, separate_orders, …")] = None,
    evidence: Annotated[str | None, typer.Option(help="Of a dismissal: the evidence for the reason.")] = None,
    scope: Annotated[
        str, typer.Option(help="flags, pair:ALIAS,ALIAS, address:ALIAS or seller:SELLER,TYPOLOGY.")
    ] = "flags",
    expires: Annotated[str | None, typer.Option(metavar="DATE", help="Day on which the dismissal expires.")] = None,
    text: Note = None,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """Decide a case; above a set value a second reviewer must confirm."""
    ledger = ledger_of(store, url, by, settings)
    day = day_of(expires, "--expires")
    asked = {"reason": reason, "evidence": evidence, "scope": scope, "expires_on": day, "note": text}
    decided = ledger.decide(case_id, outcome, **asked)  # type: ignore[arg-type]  # each of its own type
    tell(decided, as_json)
    if decided.state == "second_review":
        note(f"a second person has to agree: splitship cases confirm {case_id} --as NAME, or send-back")

"""What people do with a case: a verb each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.case_options import DEFAULT, As, Id, Json, Note, Settings, Store, Url, Why, ledger_of, tell
from analytics.cli.narration import note as narrate

__all__ = [
    "assign",
    "attach",
    "blind",
    "confirm",
    "decide",
    "exclude",
    "include",
    "note",
    "reopen",
    "resume",
    "send_back",
    "snooze",
    "start",
    "undo",
    "wait",
]


def assign(
    case_id: Id,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who works on it; nobody takes it away.")],
    text: Note = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Give a case to somebody."""
    tell(ledger_of(store, url, by).assign(case_id, None if name == "nobody" else name, note=text), as_json)


def start(case_id: Id, store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False) -> None:
    """Begin to investigate."""
    tell(ledger_of(store, url, by).start(case_id), as_json)


def wait(
    case_id: Id,
    text: Why,
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="By when it should be here.")] = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Wait for what somebody else has to send."""
    tell(ledger_of(store, url, by).wait(case_id, due_on=day_of(due, "--due"), note=text), as_json)


def resume(
    case_id: Id, text: Note = None, store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Go on with a case that waited or slept."""
    tell(ledger_of(store, url, by).resume(case_id, note=text), as_json)


def note(
    case_id: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to remember.")],
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Add a note."""
    tell(ledger_of(store, url, by).note(case_id, text), as_json)


def attach(
    case_id: Id,
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A document.")],
    text: Note = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Attach a document; it is kept under its SHA-256."""
    tell(ledger_of(store, url, by).attach(case_id, file, text), as_json)


def snooze(
    case_id: Id,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Day on which the case comes back.")],
    text: Why,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Let a case sleep until a day."""
    day = day_of(until, "--until")
    assert day is not None
    tell(ledger_of(store, url, by).snooze(case_id, day, text), as_json)


def decide(
    case_id: Id,
    outcome: Annotated[
        str,
        typer.Argument(metavar="OUTCOME", help="dismissed, corrected_forward, referred_to_counsel, disclosure_filed."),
    ],
    reason: Annotated[str | None, typer.Option(help="Of a dismissal: different_parties, separate_orders, …")] = None,
    evidence: Annotated[str | None, typer.Option(help="Of a dismissal: what shows the reason.")] = None,
    scope: Annotated[
        str, typer.Option(help="flags, pair:ALIAS,ALIAS, address:ALIAS or seller:SELLER,TYPOLOGY.")
    ] = "flags",
    expires: Annotated[str | None, typer.Option(metavar="DATE", help="Day on which it no longer holds.")] = None,
    text: Note = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """Decide a case; above a value a second person has to confirm."""
    ledger = ledger_of(store, url, by, settings)
    day = day_of(expires, "--expires")
    asked = {"reason": reason, "evidence": evidence, "scope": scope, "expires_on": day, "note": text}
    decided = ledger.decide(case_id, outcome, **asked)  # type: ignore[arg-type]  # each of its own type
    tell(decided, as_json)
    if decided.state == "second_review":
        narrate(f"a second person has to agree: splitship cases confirm {case_id} --as NAME, or send-back")


def confirm(
    case_id: Id,
    text: Note = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """Agree with a decision as the second person."""
    tell(ledger_of(store, url, by, settings).confirm(case_id, note=text), as_json)


def send_back(
    case_id: Id, text: Why, store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Disagree with a decision as the second person."""
    tell(ledger_of(store, url, by).send_back(case_id, note=text), as_json)


def blind(
    case_id: Id,
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="What you would have decided.")],
    reason: Annotated[str | None, typer.Option(help="Why, in a few words.")] = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Judge a case that was drawn for blind review, without its outcome."""
    tell(ledger_of(store, url, by).blind(case_id, outcome, reason), as_json)


def exclude(
    case_id: Id,
    shipment: Annotated[str, typer.Argument(metavar="SHIPMENT", help="A shipment_uid, as show lists them.")],
    reason: Annotated[str, typer.Option(help="Why, in a few words.")],
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Set a shipment of a case aside."""
    tell(ledger_of(store, url, by).exclude(case_id, shipment, reason), as_json)


def include(
    case_id: Id,
    shipment: Annotated[str, typer.Argument(metavar="SHIPMENT", help="A shipment_uid that was set aside.")],
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Take a shipment that was set aside back in."""
    tell(ledger_of(store, url, by).include(case_id, shipment), as_json)


def reopen(
    case_id: Id, text: Why, store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False
) -> None:
    """Open a closed case again."""
    tell(ledger_of(store, url, by).reopen(case_id, text), as_json)


def undo(case_id: Id, text: Why, store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False) -> None:
    """Undo your own last event on a case; the event stays, and another records the undo."""
    tell(ledger_of(store, url, by).undo(case_id, text), as_json)

"""``splitship cases``: the queue, one case, and every verb on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli import case_acts
from analytics.cli.case_options import DEFAULT, As, Id, Json, Note, Settings, Store, Url, ledger_of, tell
from analytics.cli.narration import note as narrate
from analytics.cli.narration import say, say_json
from analytics.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["list_cases", "next_case", "open_case", "packet", "register", "show", "stats", "verify"]

_HELP = "Investigate: cases on flags, who has them, and what is decided of them."


def register(app: typer.Typer) -> None:
    """Hang the verbs on the command, as ``splitship cases list`` and so on."""
    group = typer.Typer(help=_HELP, no_args_is_help=True, rich_markup_mode=None)
    for name, verb in _VERBS.items():
        group.command(name)(verb)
    app.add_typer(group, name="cases")


@dataclass(frozen=True)
class _Some:
    """Some of the cases of a ledger, for the queue."""

    rows: pl.DataFrame

    def cases(self) -> pl.DataFrame:
        return self.rows


def list_cases(
    state: Annotated[str | None, typer.Option(help="Only cases in this state, such as investigating.")] = None,
    assignee: Annotated[str | None, typer.Option(help="Only cases of this person; nobody for those without.")] = None,
    typology: Annotated[str | None, typer.Option(help="Only cases with such a flag.")] = None,
    due: Annotated[bool, typer.Option("--due", help="Only cases whose day has come.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Closed cases instead of open ones.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Open and closed cases.")] = False,
    drawn: Annotated[bool, typer.Option("--blind", help="Only cases that wait for a blind review.")] = False,
    sort: Annotated[str, typer.Option(help="Column to sort by, the greatest first.")] = "priority",
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many at most.")] = 50,
    store: Store = DEFAULT,
    url: Url = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """List cases: value at issue times certainty times age, the greatest first."""
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
        narrate(f"{page.rows.height:,} of {page.total:,} cases. --limit shows more.")


def show(
    case_id: Id,
    names: Annotated[
        bool, typer.Option("--names", help="Names and addresses as written; the look is an event.")
    ] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Without outcome and decisions, for a blind review.")] = False,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Show all that a case rests on, names masked."""
    from analytics.cases.dossier import dossier, without_outcome
    from analytics.cli.case_text import case_lines, case_rows

    ledger = ledger_of(store, url, by)
    found = dossier(ledger.store, ledger, case_id, masked=not names)
    found = without_outcome(found) if blind else found
    if names:
        ledger.viewed(case_id, "names on the command line")
    say_json(case_rows(found)) if as_json else say("\n".join(case_lines(found)))


def open_case(
    subject: Annotated[str, typer.Argument(metavar="FLAG", help="A flag_id, identity_id, or seller:S100558.")],
    text: Note = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Open a case on a flag, an identity, an order, a seller or a filer; where one is open, that one."""
    tell(ledger_of(store, url, by).open(subject, note=text), as_json)


def next_case(store: Store = DEFAULT, url: Url = None, by: As = None, as_json: Json = False) -> None:
    """Take the first case of the queue that nobody has."""
    from analytics.cases.queue import waiting

    ledger = ledger_of(store, url, by)
    taken = ledger.take(waiting(ledger.store, ledger))
    if taken is None:
        narrate("no case is left to take: every open case is assigned, snoozed or in second review")
        return
    tell(taken, as_json)


def packet(
    case_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="The case to write.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write, .zip.")] = None,
    masked: Annotated[bool, typer.Option("--masked", help="Pseudonyms in place of names and addresses.")] = False,
    proven: Annotated[Path | None, typer.Option("--verify", metavar="FILE", help="Replay a packet.")] = None,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
) -> None:
    """Write the packet that counsel files, or replay one to the same numbers. Exit code 1 where it differs."""
    from analytics.cases.packet import verify_packet, write_packet

    if (case_id is None) == (proven is None):
        raise UsageError("say which way: ID with --out FILE.zip writes a packet, --verify FILE.zip replays one.")
    ledger = ledger_of(store, url, by)
    if proven is not None:
        found = verify_packet(proven, ledger.store, ledger)
        say("\n".join(found.sentences))
        if not found.is_whole:
            raise typer.Exit(1)
    elif case_id is not None:
        written = out or Path(f"packet-{case_id}.zip")
        if not masked:
            ledger.viewed(case_id, "packet with names")
        write_packet(ledger.store, ledger, case_id, written, masked=masked)
        say(written)


def verify(
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Accept the cases of another store, or a restored older copy.")
    ] = False,
    store: Store = DEFAULT,
    url: Url = None,
    by: As = None,
    as_json: Json = False,
) -> None:
    """Prove that the history of all cases is as it was written. Exit code 1 where it is not."""
    from analytics.cases import adopt_ledger
    from analytics.opened import open_store

    if adopt:
        adopt_ledger(open_store(store), url, by=by)
    ledger = ledger_of(store, url, by)
    found = ledger.verify()
    if as_json:
        say_json(found.as_json())
    else:
        say(
            "\n".join(found.problems) or f"{found.head.events:,} events, each as it was written; head {found.head.hash}"
        )
    if not found.is_whole:
        raise typer.Exit(1)


def stats(store: Store = DEFAULT, url: Url = None, as_json: Json = False) -> None:
    """Tell how the team does: cases by state, age, outcome; how often two people agree; what each typology is worth."""
    from analytics.cli.case_text import stats_lines

    found = ledger_of(store, url, None).stats()
    say_json(asdict(found)) if as_json else say("\n".join(stats_lines(found)))


_VERBS: dict[str, Callable[..., None]] = {
    "list": list_cases,
    "show": show,
    "open": open_case,
    "next": next_case,
    "assign": case_acts.assign,
    "start": case_acts.start,
    "wait": case_acts.wait,
    "resume": case_acts.resume,
    "note": case_acts.note,
    "attach": case_acts.attach,
    "snooze": case_acts.snooze,
    "decide": case_acts.decide,
    "confirm": case_acts.confirm,
    "send-back": case_acts.send_back,
    "blind": case_acts.blind,
    "exclude": case_acts.exclude,
    "include": case_acts.include,
    "reopen": case_acts.reopen,
    "undo": case_acts.undo,
    "packet": packet,
    "verify": verify,
    "stats": stats,
}

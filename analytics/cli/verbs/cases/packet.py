"""``splitship cases packet``: write the packet, or replay one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.case_options import As, Url, ledger_of
from analytics.cli.narration import say
from analytics.cli.options import DEFAULT_STORE, Store
from analytics.errors import UsageError

__all__ = ["PLACE", "command"]

PLACE = 200
"""Among the verbs of the help."""


def command(
    case_id: Annotated[str | None, typer.Argument(metavar="ID", help="The case to write.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write, .zip.")] = None,
    masked: Annotated[bool, typer.Option("--masked", help="Pseudonyms in place of names and addresses.")] = False,
    proven: Annotated[
        Path | None, typer.Option("--verify", metavar="FILE", help="Rebuild a packet and compare it.")
    ] = None,
    store: Store = DEFAULT_STORE,
    url: Url = None,
    by: As = None,
) -> None:
    """Write the packet that counsel files, or rebuild one and compare. Exit code 1 if it differs."""
    from analytics.cases.packet import verify_packet, write_packet

    if (case_id is None) == (proven is None):
        raise UsageError(
            "one of two options is needed. ID with --out FILE.zip writes a packet, --verify FILE.zip replays one."
        )
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

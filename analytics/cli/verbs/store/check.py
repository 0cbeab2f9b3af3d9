"""``splitship store check``: every file against what the store recorded of it."""

from __future__ import annotations

import shlex

import typer

from analytics.cli.fault_text import fault_lines
from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, Store

__all__ = ["PLACE", "command"]

PLACE = 10
"""Among the verbs of the help."""


def command(store: Store = DEFAULT_STORE) -> None:
    """Compare every file with its recorded digest, size and rows. Exit code 1 if one differs."""
    from analytics.store import check as faults_of

    faults = faults_of(store)
    if not faults:
        note(f"{store}: every file is as it was written")
        return
    say("\n".join(fault_lines(faults)))
    note(f"{store}: {len(faults):,} problems. To repair: splitship store repair --store {shlex.quote(str(store))}")
    raise typer.Exit(1)

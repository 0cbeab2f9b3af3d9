"""``splitship store repair``: make again what can be, and say what cannot."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from analytics.cli.fault_text import fault_lines
from analytics.cli.narration import note, say
from analytics.cli.options import DEFAULT_STORE, Store

if TYPE_CHECKING:
    from analytics.store import Repair

__all__ = ["PLACE", "command"]

PLACE = 20
"""Among the verbs of the help."""


def command(store: Store = DEFAULT_STORE) -> None:
    """Rebuild the files that can be rebuilt and list the rest. Exit code 1 if any remain."""
    from analytics.store import repair as repair_files

    found = repair_files(store)
    if found.faults:
        say("\n".join(fault_lines(found.faults)))
    for sentence in found.done:
        note(sentence)
    remaining = [*_remaining(found, store)]
    if found.has_to_publish and not remaining:
        _republish(store)
        note("the published tables were made again with the settings of the last run")
    note("\n".join(remaining) if remaining else f"{store}: every file is as it was written")
    if remaining:
        raise typer.Exit(1)


def _republish(store: Path) -> None:
    from analytics.screening import republish

    republish(store)


def _remaining(found: Repair, store: Path) -> list[str]:
    """Say what is left to do."""
    lines = [
        f"not repairable: {file}. Restore it from a backup, or screen into a new --store" for file in found.restore
    ]
    if found.screen_again:
        lines.append("to do: screen these files again, all in one call and unchanged, with your own options:")
        files = " ".join(map(shlex.quote, found.screen_again))
        lines.append(f"  splitship screen {files} --store {shlex.quote(str(store))}")
    return lines

"""The verbs that look after a store: is it whole, and what can be done where it is not."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.narration import note, say
from analytics.showing import one_line

if TYPE_CHECKING:
    from analytics.store import Fault, Repair

__all__ = ["check", "register", "repair"]

_Store = Annotated[Path, typer.Option("--store", help="Folder of the store.")]
_DEFAULT_STORE = Path("splitship-store")
_HEADINGS = ("file", "problem", "expected", "found")


def register(app: typer.Typer) -> None:
    """Hang the verbs on the command, as ``splitship store check`` and ``splitship store repair``."""
    group = typer.Typer(help="Check a store file by file, or repair it.", no_args_is_help=True, rich_markup_mode=None)
    for verb in (check, repair):
        group.command()(verb)
    app.add_typer(group, name="store")


def check(store: _Store = _DEFAULT_STORE) -> None:
    """Compare every file with the digest, size and rows that the store recorded. Exit code 1 where one differs."""
    from analytics.store import check as faults_of

    faults = faults_of(store)
    if not faults:
        note(f"{store}: every file is as it was written")
        return
    say("\n".join(_table(faults)))
    note(f"{store}: {len(faults):,} problems. To repair: splitship store repair --store {shlex.quote(str(store))}")
    raise typer.Exit(1)


def repair(store: _Store = _DEFAULT_STORE) -> None:
    """Repair what can be made again, and say what cannot. Exit code 1 where something is left to do."""
    from analytics.store import repair as repair_files

    found = repair_files(store)
    if found.faults:
        say("\n".join(_table(found.faults)))
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


def _table(faults: list[Fault]) -> list[str]:
    rows = [_HEADINGS, *((one_line(fault.file), fault.problem, fault.expected, fault.found) for fault in faults)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]

"""``splitship weekly``: screen what is new in a folder, and write the last week that is over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.narration import note, say, told
from analytics.cli.options import Config, Mappings, Rules, Template, with_template

if TYPE_CHECKING:
    from analytics.weekly import WeekRun

__all__ = ["PLACE", "command"]

PLACE = 45
"""Among the verbs of the help."""


def command(
    inbox: Annotated[
        str, typer.Option("--inbox", metavar="DIR", help="Folder in which new files are put; it is only read.")
    ],
    store: Annotated[
        str, typer.Option("--store", metavar="DIR", help="Folder of the store; made where there is none.")
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", help="Folder of the weeks: the report goes to OUT/2026-W47.")
    ],
    mapping: Mappings = None,
    template: Template = None,
    week: Annotated[
        str | None, typer.Option(help="ISO week to write; the last one that is over and has data by default.")
    ] = None,
    masked: Annotated[bool, typer.Option("--masked", help="Write the masked edition alone.")] = False,
    privileged: Annotated[
        bool, typer.Option("--privileged", help="Mark the report as prepared at the request of counsel.")
    ] = False,
    rules_dir: Rules = None,
    config: Config = None,
    regime: Annotated[
        str | None, typer.Option(help="Law to apply; that of the store by default, us in the first run.")
    ] = None,
    memory: Annotated[str | None, typer.Option(help="Memory limit of the engine, such as 8GB.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Number of threads at most.")] = None,
    keep: Annotated[
        bool | None, typer.Option("--keep/--no-keep", help="Keep intermediate tables: later runs recompute less.")
    ] = None,
) -> None:
    """Screen what is new in a folder, write the week's report, and end with one line for a mail or a monitor."""
    from analytics.weekly import run_week

    with told(sys.stderr is not None and sys.stderr.isatty()) as teller:
        done = run_week(
            inbox, store, out,
            mappings=with_template(mapping, template), week=week, is_masked=masked, is_privileged=privileged,
            rules=rules_dir, config=config, regime=regime, memory=memory, threads=threads, keep=keep, progress=teller,
        )  # fmt: skip
    _narrate(done)
    say(done.line)
    raise typer.Exit(done.exit_code)


def _narrate(done: WeekRun) -> None:
    """Say on standard error what was read, and what each file that is held up asks for."""
    for item in done.read:
        counts = f"{item.accepted:,} accepted, {item.rejected:,} rejected, {item.repeated:,} repeated"
        note(f"{item.path}: {item.read:,} rows, {counts}")
    for name in done.unfinished:
        note(f"{name}: still being written; left for the next run")
    for held in done.held:
        note(f"held up: {held.why}")
    if done.cases:
        note(done.cases)
    if done.printed is not None and done.printed.kept is not None:
        note(f"the figures of {done.week} changed; the report as printed before is kept: {done.printed.kept}")

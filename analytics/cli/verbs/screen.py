"""``splitship screen``: read shipments, raise flags, keep the tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.narration import note, say_json, told
from analytics.cli.options import DEFAULT_STORE, Mappings, Rules, Store, Template, with_template

if TYPE_CHECKING:
    from analytics.opened import Run

__all__ = ["PLACE", "command"]

PLACE = 10
"""Among the verbs of the help."""
_Resolve = Annotated[str | None, typer.Option(help="Consignees to compare: all, hot (candidate pruning) or auto.")]
_Keep = Annotated[
    bool | None,
    typer.Option("--keep/--no-keep", help="Keep intermediate tables, so later runs recompute only affected rows."),
]
_Progress = Annotated[
    bool, typer.Option("--progress/--no-progress", help="Show progress and estimated time remaining.")
]


def command(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT", help="Files, folders, globs, URLs; the stored rows by default."),
    ] = None,
    store: Store = DEFAULT_STORE,
    mapping: Mappings = None,
    template: Template = None,
    rules_dir: Rules = None,
    config: Annotated[Path | None, typer.Option("--config", help="TOML with [scenario] and [parameters].")] = None,
    regime: Annotated[str, typer.Option(help="Law to apply: us, eu, uk, ca, au, jp, kr, nz.")] = "us",
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First arrival day.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last arrival day.")] = None,
    engine: Annotated[str, typer.Option(help="Engine of the SQL: duckdb or spark.")] = "duckdb",
    resolve: _Resolve = None,
    memory: Annotated[str | None, typer.Option(help="Memory limit of the engine, such as 8GB.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Number of threads at most.")] = None,
    keep: _Keep = None,
    progress: _Progress = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run record on standard output.")] = False,
) -> None:
    """Screen shipments, show the flags and write all tables to the store."""
    from analytics.cli.summary import mapping_lines, summary_lines
    from analytics.screening import screen as run_screening

    with told(progress) as teller:
        run = run_screening(
            inputs or [],
            store,
            mappings=with_template(mapping, template),
            rules=rules_dir,
            config=config,
            regime=regime,
            start=day_of(start, "--from"),
            end=day_of(end, "--to"),
            engine=engine,  # type: ignore[arg-type]  # checked there, with a message of its own
            resolve=resolve,  # type: ignore[arg-type]
            memory=memory,
            threads=threads,
            keep=keep,
            progress=teller,
            understood=lambda inputs: note("\n".join(mapping_lines(inputs))),
        )
    note()
    note("\n".join(summary_lines(run)) if run.changed else f"nothing new: the store is as run {run.run_id} left it")
    _follow(run)
    if as_json:
        say_json(run.last_run.as_row())


def _follow(run: Run) -> None:
    """Bring the cases of a store up to the run, where it has any; the run stands whatever becomes of that."""
    from analytics.cases.lookup import has_cases, url_in_use

    if has_cases(run, url_in_use()):
        from analytics.cases.catching_up import caught_up

        note(caught_up(run, url_in_use()))

"""``splitship model``: how a table is made: its grain, what it reads, who reads it, its SQL, its first rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.narration import note, say, told
from analytics.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from analytics.contracts.steps import Step
    from analytics.pipeline.lineage import Lineage

__all__ = ["PLACE", "command"]

PLACE = 180
"""Among the verbs of the help."""

_WIDTH = 100
_MOST_BESIDE = 7
"""Columns that fit beside each other."""


def command(
    name: Annotated[str | None, typer.Argument(help="A table; lists all tables by default.")] = None,
    store: Annotated[Path | None, typer.Option("--store", help="Run the model on this store and show rows.")] = None,
    rows: Annotated[int, typer.Option(min=1, help="With --store: number of rows.")] = 10,
    sql: Annotated[bool, typer.Option("--sql", help="Print only the SQL of the model.")] = False,
) -> None:
    """Show how a table is made: its grain, its inputs and its readers."""
    from analytics.pipeline.lineage import Lineage
    from analytics.screening import registered_steps

    lineage = Lineage.of(registered_steps())
    if name is None:
        if store is not None or sql:
            raise UsageError("--store and --sql are about one model. Name it: splitship model NAME")
        say("\n".join(_listed(lineage)))
        return
    step = lineage.step(name)
    if sql:
        say(_sql(step))
        return
    say("\n".join(_described(lineage, step)))
    if store is not None:
        _show_rows(store, name, rows)


def _listed(lineage: Lineage) -> Iterator[str]:
    """Give each room a heading and each of its tables a line."""
    rooms: dict[str, list[Step]] = {}
    for step in {step.name: step for step in lineage.makers.values()}.values():
        rooms.setdefault(_place(step)[0], []).append(step)
    for place, steps in sorted(rooms.items()):
        yield f"{place}/" if place.startswith("sql") else place
        yield from (f"  {step.name}: {step.description}" for step in sorted(steps, key=lambda step: step.name))
        yield ""
    yield f"{sum(map(len, rooms.values()))} models. One of them: splitship model NAME"


def _described(lineage: Lineage, step: Step) -> Iterator[str]:
    room, file = _place(step)
    yield step.name
    yield from _wrapped("", step.description)
    yield f"made by    {room}/{file}" if file else f"made by    {room} (Python)"
    yield from _wrapped("grain      ", ", ".join(step.grain) or "none: a log")
    yield from _wrapped("reads      ", ", ".join(sorted(step.reads)) or "nothing")
    readers = sorted({reader for table in step.writes for reader in lineage.readers.get(table, ())} - {step.name})
    yield from _wrapped("read by    ", ", ".join(readers) or "no other model; it is published or checked")
    if step.params:
        yield from _wrapped("parameters ", ", ".join(step.params))
    if step.also_writes:
        yield from _wrapped("also makes ", ", ".join(step.also_writes))
    if step.by:
        yield from _wrapped("partition  ", f"{', '.join(step.by)}: an incremental run makes only those it touches")
    yield f"rests on   {len(lineage.upstream(step.name)) - 1} other models"


def _wrapped(label: str, text: str) -> Iterator[str]:
    import textwrap

    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=label, subsequent_indent=" " * len(label), break_long_words=False
    ) or [label]


def _place(step: Step) -> tuple[str, str]:
    """Return the room of a step and the file in it, which is empty for a step in Python."""
    from analytics.contracts.paths import sql_folder
    from analytics.engines.models import load_models

    found = load_models().get(step.name)
    if found is None:
        builds = getattr(step.build, "func", step.build)
        return str(builds.__module__), ""
    place = found.path.relative_to(sql_folder())
    return f"sql/{place.parent.as_posix()}", place.name


def _sql(step: Step) -> str:
    from analytics.engines.models import load_models

    found = load_models().get(step.name)
    if found is None:
        raise UsageError(f"{step.name} is made in Python by {_place(step)[0]}; it has no SQL. Leave out --sql.")
    return found.sql.rstrip("\n")


def _show_rows(store: Path, name: str, rows: int) -> None:
    from analytics.opened import open_store

    with told(True) as progress:
        shown = open_store(store).peek(name, rows, progress=progress)
    note(f"{shown.rows.height:,} of {shown.count:,} rows, made by {shown.steps} steps; the store is as it was.")
    say("\n".join(_rows(shown.rows)))


def _rows(frame: pl.DataFrame) -> Iterator[str]:
    """Give a narrow table a line for each row, and a wide one a line for each value."""
    import polars as pl

    if frame.width <= _MOST_BESIDE:
        shown = frame.cast(pl.String).fill_null("")
        widths = [max(map(len, [name, *shown[name]])) for name in shown.columns]
        for values in [tuple(shown.columns), *shown.iter_rows()]:
            yield "  ".join(value.ljust(width) for value, width in zip(values, widths, strict=True)).rstrip()
        return
    for row in frame.iter_rows(named=True):
        yield ""
        yield from (f"{name:<32} {'' if value is None else value}".rstrip() for name, value in row.items())

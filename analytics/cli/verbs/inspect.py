"""``splitship inspect``: the field assigned to each column of a file, and the open questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.narration import note, say
from analytics.cli.options import Mappings, Template, with_template
from analytics.errors import UsageError
from analytics.showing import one_line

if TYPE_CHECKING:
    from analytics.ingest.inspecting import ColumnLook, InputLook

__all__ = ["PLACE", "command"]

PLACE = 20
"""Among the verbs of the help."""
_MOST_OF_HEADING, _MOST_OF_EXAMPLE = 36, 24


def command(
    inputs: Annotated[list[str], typer.Argument(metavar="FILE", help="Files, folders, globs, URLs.")],
    mapping: Mappings = None,
    template: Template = None,
    write: Annotated[
        Path | None, typer.Option(help="Mapping file to write, with choices for ambiguous columns.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")] = False,
) -> None:
    """Show the field assigned to each column and the open questions; screen and store nothing."""
    from analytics.ingest.inspecting import inspect as look_at
    from analytics.ingest.mapping_file import mapping_text

    if write and write.exists() and not overwrite:
        raise UsageError(f"{write}: the file exists. Name another, or add --overwrite to replace it.")
    looks = look_at(inputs, mappings=with_template(mapping, template))
    say("\n\n".join("\n".join(_look_lines(look)) for look in looks))
    if write:
        replaced = write.exists()
        write.write_text(mapping_text(looks), encoding="utf-8")
        open_ones = sum(len(look.questions) for look in looks)
        asked = f"; {open_ones} to choose in it" if open_ones else ""
        note(f"{write}: {'replaced' if replaced else 'written'}{asked}. Use it with --map {write}")


def _look_lines(look: InputLook) -> list[str]:
    """Say what would be understood of an input.

    Parameters
    ----------
    look : InputLook
        As `analytics.ingest.inspecting.inspect` found it.
    """
    if look.problem:
        return [look.problem]
    if look.is_left_out:
        return [f"{look.name}: {text}" for text in look.notes]
    return [_title(look), *_table(look), *_made(look), *_unclear(look), *(f"note: {text}" for text in look.notes)]


def _title(look: InputLook) -> str:
    if not look.format:
        return f"{look.name}:"
    rows = f"{look.rows:,} rows" if look.is_whole else f"the first {look.rows:,} rows"
    damaged = f", {look.damaged:,} of them damaged (they would be rejected)" if look.damaged else ""
    used = sum(1 for column in look.columns if column.columns)
    return f"{look.name}: {look.format}, {rows} looked at{damaged}; {used} of {len(look.columns)} headings used"


def _table(look: InputLook) -> Iterator[str]:
    """Give one line a heading: its letter, its name, the columns taken from it, examples."""
    from rich.cells import cell_len

    headings = [one_line(column.heading or "(no heading)", _MOST_OF_HEADING) for column in look.columns]
    targets = [_target(column) for column in look.columns]
    wide, broad = max(map(cell_len, headings), default=0), max(map(len, targets), default=0)
    for column, heading, target in zip(look.columns, headings, targets, strict=True):
        shown = " · ".join(one_line(text, _MOST_OF_EXAMPLE) for text in column.examples)
        values = "(tax ids are not shown)" if column.is_tax_id else shown or "(empty)"
        yield f"  {column.letter:<3} {heading}{' ' * (wide - cell_len(heading))}  {target:<{broad}}  {values}"


def _target(column: ColumnLook) -> str:
    return f"-> {', '.join(column.columns)}" if column.columns else "not used"


def _made(look: InputLook) -> Iterator[str]:
    for column, written in look.made.items():
        yield f"  {column} = {one_line(written)}"


def _unclear(look: InputLook) -> Iterator[str]:
    if not look.questions:
        yield "Nothing is unclear: it can be screened as it is." if look.format else ""
        return
    yield f"{len(look.questions)} unclear:"
    for question in look.questions:
        yield f"- {one_line(question.text)}."
        yield from (f"    {'or ' if at else ''}{choice}" for at, choice in enumerate(question.choices))

"""Verbs that look at files before they are screened: inspect, templates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.narration import note, say
from analytics.errors import UsageError

__all__ = ["inspect", "templates", "with_template"]

_MAPPING = Annotated[list[Path] | None, typer.Option("--map", help="TOML: which heading is which column.")]
TEMPLATE = Annotated[str | None, typer.Option(help="Known export that the files are of: see splitship templates.")]
"""The option that names a known export."""


def with_template(mapping: list[Path] | None, template: str | None) -> list[str | Path]:
    """Return mapping files with a known export underneath them.

    Parameters
    ----------
    mapping : list of Path or None
        From ``--map``.
    template : str or None
        From ``--template``.
    """
    from analytics.ingest.mapping import TEMPLATE as BEGINS
    from analytics.ingest.templates import template_named

    named = [f"{BEGINS}{template_named(template).name}"] if template else []
    return [*named, *(mapping or [])]


def inspect(
    inputs: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, globs, URLs.")],
    mapping: _MAPPING = None,
    template: TEMPLATE = None,
    write: Annotated[Path | None, typer.Option(help="Mapping file to write, with choices for what is unclear.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file where it is there already.")] = False,
) -> None:
    """Show what each column of a file is taken for, and what is unclear; nothing is screened or stored."""
    from analytics.cli.inspect_text import look_lines
    from analytics.ingest.inspecting import inspect as look_at
    from analytics.ingest.mapping_file import mapping_text

    if write and write.exists() and not overwrite:
        raise UsageError(f"{write}: the file is there already. Name another, or add --overwrite to replace it.")
    looks = look_at(inputs, mappings=with_template(mapping, template))
    say("\n\n".join("\n".join(look_lines(look)) for look in looks))
    if write:
        replaced = write.exists()
        write.write_text(mapping_text(looks), encoding="utf-8")
        open_ones = sum(len(look.questions) for look in looks)
        asked = f"; {open_ones} to choose in it" if open_ones else ""
        note(f"{write}: {'replaced' if replaced else 'written'}{asked}. Use it with --map {write}")


def templates() -> None:
    """List the known exports that --template names, how their headings are known, and what each needs."""
    from analytics.ingest.templates import CONFIDENCES
    from analytics.ingest.templates import templates as known

    name_width, width = max(len(template.name) for template in known()), max(map(len, CONFIDENCES))
    for template in known():
        named = f"{template.name:<{name_width}}  {template.confidence:<{width}}"
        say(f"{named}  {template.title}: {template.about}")
        say(f"{'':<{len(named)}}  Headings: {template.headings_from}.")

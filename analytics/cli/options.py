"""Options that several verbs have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["DEFAULT_STORE", "By", "Config", "Mappings", "Rules", "Store", "Template", "with_template"]

Store = Annotated[Path, typer.Option("--store", help="Folder of the store.")]
DEFAULT_STORE = Path("splitship-store")
By = Annotated[str | None, typer.Option(metavar="NAME", help="Your name; your user name by default.")]
Config = Annotated[Path | None, typer.Option("--config", help="TOML with [scenario]: your legal positions.")]
Rules = Annotated[Path | None, typer.Option("--rules", help="Folder of your own reference tables.")]
Mappings = Annotated[
    list[Path] | None, typer.Option("--map", metavar="FILE", help="TOML that assigns headings to columns; may repeat.")
]
Template = Annotated[str | None, typer.Option(help="Known export of the files: see splitship templates.")]


def with_template(mapping: list[Path] | None, template: str | None) -> list[str | Path]:
    """Return mapping files with a known export underneath them.

    Parameters
    ----------
    mapping : list of Path or None
        From ``--map``.
    template : str or None
        From ``--template``.
    """
    from analytics.ingest.mapping.settings import TEMPLATE as BEGINS
    from analytics.ingest.mapping.templates import template_named

    named = [f"{BEGINS}{template_named(template).name}"] if template else []
    return [*named, *(mapping or [])]

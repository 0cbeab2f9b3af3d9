"""Writes docs/intake.md from the tables in docs/intake; `make docs` runs it, a test compares page and tests."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

__all__ = ["Kind", "kinds", "page"]

_DOCS = Path(__file__).resolve().parent
_OPENING = """# Intake: every kind of file and fault

`make docs` writes this page from the tables in `docs/intake`. Do not edit it. Each row names a kind of file or fault,
the action of splitship, and the test that proves it. Three rules apply to all rows:

- Nothing is lost: read = accepted + rejected + repeated, for every file.
- Every decision is recorded: the summary and the run record list all that was restored, assumed or left out.
- An ambiguity that would change a result is asked (exit code 2). The message names a setting that resolves it
  ([the mapping language](mapping.md)).
"""
_GROUPS = {
    "format": "File formats",
    "heading": "Headings and columns",
    "key": "Keys, lines and versions",
    "cell": "Cells and values",
    "mapping": "The mapping language",
    "template": "Templates of known exports",
    "fault": "Hostile and broken input",
    "store": "The store and the process",
    "privacy": "Privacy",
}


class Kind(NamedTuple):
    """One row of the page.

    Attributes
    ----------
    group : str
        Key of its section.
    kind : str
        The kind of file or fault.
    done : str
        What is done with it.
    test : str
        ``path::name`` of the test that proves it, from the top of the repository.
    """

    group: str
    kind: str
    done: str
    test: str


def kinds() -> list[Kind]:
    """Return every row of every table, in the order of the page."""
    rows = []
    for path in sorted((_DOCS / "intake").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [
                Kind(row["group"], row["kind"], row["what_is_done"], row["test"])
                for row in csv.DictReader(file, strict=True)
            ]
    order = list(_GROUPS)
    return sorted(rows, key=lambda row: (order.index(row.group), row.kind.casefold(), row.test))


def page() -> str:
    """Return the page as Markdown."""
    sections = [_section(group, list(rows)) for group, rows in groupby(kinds(), key=lambda row: row.group)]
    return "\n".join([_OPENING, *sections])


def _section(group: str, rows: list[Kind]) -> str:
    lines = [f"## {_GROUPS[group]}", "", "| kind | action | test |", "|---|---|---|"]
    lines += [f"| {_cell(_capital(row.kind))} | {_cell(row.done)} | {_link(row.test)} |" for row in rows]
    return "\n".join([*lines, ""])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cell(text: str) -> str:
    return text.strip().replace("|", r"\|").replace("\n", " ")


def _link(test: str) -> str:
    path, _, name = test.partition("::")
    return f"[`{name}`](../{path})"


if __name__ == "__main__":
    (_DOCS / "intake.md").write_text(page(), encoding="utf-8")

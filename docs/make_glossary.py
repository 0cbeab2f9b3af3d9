"""Writes docs/glossary.md and the index of decisions; `make docs` runs it, tests keep both true."""

from __future__ import annotations

import csv
import re
from pathlib import Path

__all__ = ["decision_index", "glossary", "terms"]

_HERE = Path(__file__).resolve().parent
_SOURCE = _HERE / "glossary.csv"
_OPENING = """# Glossary

Written by `make docs` from `docs/glossary.csv`; do not edit. One word for one thing. A word in the third column is
retired: a test keeps it out of new text.

| term | meaning | instead of |
|---|---|---|
"""
_DECISIONS = """# Decisions

Written by `make docs`; do not edit. Each page says what was decided, why, and what was turned down.

| | decision |
|---|---|
"""


def terms() -> list[dict[str, str]]:
    """Return the terms, sorted, each with its meaning and the words it replaces (separated by ``|``)."""
    with _SOURCE.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["term"].lower())


def glossary() -> str:
    """Return the page of terms."""
    rows = [f"| {row['term']} | {row['meaning']} | {row['retired'].replace('|', ', ')} |" for row in terms()]
    return _OPENING + "\n".join([*rows, ""])


def decision_index() -> str:
    """Return the page that lists every decision by its title."""
    rows = []
    for path in sorted((_HERE / "decisions").glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        rows.append(f"| {path.name[:4]} | [{re.sub(r'^[0-9]+[.:]? *', '', title)}]({path.name}) |")
    return _DECISIONS + "\n".join([*rows, ""])


if __name__ == "__main__":
    (_HERE / "glossary.md").write_text(glossary(), encoding="utf-8")
    (_HERE / "decisions" / "README.md").write_text(decision_index(), encoding="utf-8")

"""Where the SQL folder is, and how a path is written where DuckDB would read it as a pattern."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["as_pattern", "sql_folder"]

_PATTERN_MARKS = re.compile(r"[\[*?]")
_PACKAGE = Path(__file__).resolve().parent.parent


def sql_folder() -> Path:
    """Return the folder that holds the models and the reference tables.

    Returns
    -------
    Path
        ``analytics/_sql`` in an installed wheel, ``sql`` at the top of a checkout.
    """
    packed = _PACKAGE / "_sql"
    return packed if packed.is_dir() else _PACKAGE.parent / "sql"


def as_pattern(file: Path) -> str:
    """Return the pattern that a file alone matches: DuckDB reads the paths of files as patterns.

    The path is absolute, since a leading ``~`` would stand for the home folder.
    """
    return _PATTERN_MARKS.sub(lambda mark: f"[{mark[0]}]", str(file.absolute()))

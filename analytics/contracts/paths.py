"""Where the SQL folder is: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["sql_folder"]

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

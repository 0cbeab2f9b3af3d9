"""The SQL that made a table, with its file and hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from analytics.contracts.paths import sql_folder
from analytics.contracts.published import PUBLISHED
from analytics.engines.models import load_models
from analytics.errors import UsageError
from analytics.registered import registered_steps

__all__ = ["TableSql", "sql_of"]

_SHOWN = 12


@dataclass(frozen=True)
class TableSql:
    """How a table is made.

    Attributes
    ----------
    table : str
        The model; ``flags`` is published from ``mart_flags``.
    path : str
        Its file under ``sql/``.
    sha256 : str
        Digest of its text, as it is in this installation.
    text : str
        The statement with its comments, as it stands in the file.
    reads, params : tuple of str
        Tables and parameters that it reads.
    """

    table: str
    path: str
    sha256: str
    text: str
    reads: tuple[str, ...]
    params: tuple[str, ...]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<TableSql of {self.table}: {self.path}, sha256 {self.sha256[:_SHOWN]}; print it>"

    def _repr_markdown_(self) -> str:
        return f"**{self.table}**: `{self.path}`, sha256 `{self.sha256[:_SHOWN]}`\n\n```sql\n{self.text}\n```"


def sql_of(name: str) -> TableSql | None:
    """Return how a table is made; None where nothing is called so.

    Parameters
    ----------
    name : str
        A published table, such as ``flags``, or any model.

    Raises
    ------
    UsageError
        The table is made in Python.
    """
    table = PUBLISHED[name].source if name in PUBLISHED else name
    model = load_models().get(table)
    if model is not None:
        path = f"sql/{model.path.relative_to(sql_folder()).as_posix()}"
        digest = hashlib.sha256(model.sql.encode()).hexdigest()
        return TableSql(table, path, digest, model.sql.rstrip("\n"), tuple(sorted(model.reads)), tuple(model.params))
    for step in registered_steps():
        if table in step.writes:
            made_in = str(getattr(step.build, "func", step.build).__module__)
            raise UsageError(f"{name} is made in Python by {made_in}; it has no SQL. See it: run.table({name!r})")
    return None

"""The functions of ``sql/functions``: what many models say alike, said once.

DuckDB is given each as a macro; for Spark, which has none, a call is written out.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot import exp

from analytics.contracts.paths import sql_folder
from analytics.errors import ContractError

__all__ = ["FOLDER", "Function", "load_functions", "macros", "written_out"]

FOLDER = "functions"
"""Where they stand under ``sql/``; what stands there is no model."""
_TAKES = re.compile(r"^-- takes: (?P<names>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Function:
    """One function of the SQL.

    Attributes
    ----------
    name : str
        As models call it: the stem of its file.
    takes : tuple of str
        Names of what it takes, in their order.
    body : sqlglot.expressions.Expr
        What it gives.
    """

    name: str
    takes: tuple[str, ...]
    body: exp.Expr


@functools.cache
def load_functions() -> dict[str, Function]:
    """Read every function, by name.

    Raises
    ------
    ContractError
        A file does not say what it takes, or gives more than one value.
    """
    return {path.stem: _read(path) for path in sorted((sql_folder() / FOLDER).glob("*.sql"))}


def macros() -> list[str]:
    """Return the statements that tell DuckDB of the functions."""
    return [
        f"create or replace macro {found.name}({', '.join(found.takes)}) as {found.body.sql(dialect='duckdb')}"
        for found in load_functions().values()
    ]


def written_out(tree: exp.Expr) -> exp.Expr:
    """Return a model in which each call of a function is replaced by what the function gives."""
    return tree.transform(lambda node: _given(node) or node)


def _given(node: exp.Expr) -> exp.Expr | None:
    """What a call gives, and none where a node calls no function of ours."""
    found = load_functions().get(str(node.this).lower()) if isinstance(node, exp.Anonymous) else None
    if found is None:
        return None
    if len(node.expressions) != len(found.takes):
        raise ContractError(f"{found.name} takes {', '.join(found.takes)}: a model gives {len(node.expressions)}.")
    handed = dict(zip(found.takes, node.expressions, strict=True))
    given: exp.Expr = found.body.transform(
        lambda part: handed[part.name].copy() if isinstance(part, exp.Column) and part.name in handed else part
    )
    return given


def _read(path: Path) -> Function:
    text = path.read_text(encoding="utf-8")
    takes, select = _TAKES.search(text), sqlglot.parse_one(text, read="duckdb")
    if takes is None or not isinstance(select, exp.Select) or len(select.selects) != 1:
        raise ContractError(f"{path}: a function says '-- takes: name, name' and selects one value. Correct the file.")
    names = tuple(name.strip() for name in takes["names"].split(","))
    return Function(path.stem, names, select.selects[0].unalias())

"""Mutants of the SQL models: another comparison, a condition left out, a threshold one further."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from decimal import Decimal

import sqlglot
from sqlglot import exp

from analytics.contracts.parameters import PARAMETERS
from analytics.contracts.steps import SqlModel
from tests.mutation.mutants import Mutant, numbered

__all__ = ["as_written", "sql_mutants"]

Change = Callable[[exp.Expression], exp.Expression]
_OTHER = {
    exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT, exp.EQ: exp.NEQ, exp.NEQ: exp.EQ,
    exp.NullSafeEQ: exp.NullSafeNEQ, exp.NullSafeNEQ: exp.NullSafeEQ,
}  # fmt: skip
_CLAUSES = (exp.Where, exp.Having, exp.Qualify)
_STRICTER = {exp.LT: exp.Sub, exp.LTE: exp.Sub, exp.GT: exp.Add, exp.GTE: exp.Add}
_LOOSER = {exp.Sub: exp.Add, exp.Add: exp.Sub}
_NO_THRESHOLD = {"id_digits", "score_digits"}
"""How long an id and how fine a score is written."""


@functools.cache
def as_written(model: SqlModel) -> str:
    """Write a model as its mutants are written, with nothing wrong in it."""
    return _written(sqlglot.parse_one(model.sql, read="duckdb"))


@functools.cache
def sql_mutants(model: SqlModel) -> tuple[Mutant, ...]:
    """Make every mutant of a model."""
    return tuple(numbered(model.name, _changed(model)))


def _changed(model: SqlModel) -> Iterator[tuple[str, str, range]]:
    tree = sqlglot.parse_one(model.sql, read="duckdb")
    for place, node in enumerate(tree.walk()):
        for told, change in _changes(node):
            copy = tree.copy()
            found = next(each for at, each in enumerate(copy.walk()) if at == place)
            changed = change(found)
            yield told or f"{_written(node)} -> {_written(changed)}", _written(copy), range(0)


def _written(node: exp.Expression) -> str:
    return node.sql(dialect="duckdb", comments=False)


def _changes(node: exp.Expression) -> Iterator[tuple[str, Change]]:
    """Changes of a node, and what each is called where it is not called by what stands there before and after."""
    if type(node) in _OTHER:
        yield "", _compared_otherwise
    if type(node) in _STRICTER and (_is_bound(node.left) or _is_bound(node.right)):
        yield "", _stricter
    if isinstance(node, exp.And | exp.Or):
        if not isinstance(node.left, type(node)):
            yield f"without {_written(node.left)}", lambda each: _put(each, each.right)
        yield f"without {_written(node.right)}", lambda each: _put(each, each.left)
    if isinstance(node, _CLAUSES) and not isinstance(node.this, exp.And):
        yield f"without {_written(node)}", lambda each: _with(each, "this")
    if isinstance(node, exp.Filter) and not isinstance(node.expression.this, exp.And):
        yield f"without {_written(node)}", lambda each: _put(each, each.this)
    if isinstance(node, exp.Join) and node.args.get("on") and not isinstance(node.args["on"], exp.And):
        yield f"without {_written(node)}", lambda each: _with(each, "on")
    if _is_number_parameter(node) and type(node.parent) not in _STRICTER:
        yield f"{_written(node)} -> {_written(node)} + 1", lambda each: _moved(each, exp.Add)


def _is_bound(node: exp.Expression) -> bool:
    return _is_number_parameter(node) or (isinstance(node, exp.Literal) and not node.is_string)


def _is_number_parameter(node: exp.Expression) -> bool:
    name = str(node.this) if isinstance(node, exp.Placeholder) else None
    return name in PARAMETERS and name not in _NO_THRESHOLD and PARAMETERS[name].kind in (int, Decimal)


def _compared_otherwise(node: exp.Expression) -> exp.Expression:
    return _put(node, _OTHER[type(node)](this=node.this, expression=node.expression))


def _stricter(node: exp.Expression) -> exp.Expression:
    """Move the bound of a comparison by one, to where fewer rows pass; where more pass is the other comparison."""
    step = _STRICTER[type(node)]
    _moved(node.right, step) if _is_bound(node.right) else _moved(node.left, _LOOSER[step])
    return node


def _moved(node: exp.Expression, step: type[exp.Expression]) -> exp.Expression:
    return _put(node, exp.Paren(this=step(this=node.copy(), expression=exp.Literal.number(1))))


def _with(node: exp.Expression, part: str) -> exp.Expression:
    node.set(part, exp.true())
    return node


def _put(node: exp.Expression, other: exp.Expression) -> exp.Expression:
    node.replace(other.copy())
    return other

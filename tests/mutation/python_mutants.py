"""Mutants of Python modules: another comparison, a condition left out, a threshold one further or a tenth higher."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant, numbered

__all__ = ["python_mutants"]

_OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_STRICTER = {ast.Lt: -1, ast.LtE: -1, ast.Gt: 1, ast.GtE: 1}
_A_TENTH = Decimal("1.1")
Change = Callable[[Any], ast.AST]


def python_mutants(path: Path, where: str) -> list[Mutant]:
    """Make every mutant of a module."""
    return list(numbered(where, _changed(ast.parse(path.read_text(encoding="utf-8")))))


def _changed(tree: ast.Module) -> Iterator[tuple[str, str, range]]:
    skipped = {id(node) for top in ast.walk(tree) for part in _annotations(top) for node in ast.walk(part)}
    for place, node in enumerate(ast.walk(tree)):
        for change in () if id(node) in skipped else _changes(node):
            whole = copy.deepcopy(tree)
            found = next(each for at, each in enumerate(ast.walk(whole)) if at == place)
            changed = change(found)
            text = ast.unparse(_Put(found, changed).visit(whole))
            lines = range(node.lineno, node.end_lineno + 1)
            yield f"{ast.unparse(node)} -> {ast.unparse(changed)}", text, lines


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    for part in ("annotation", "returns"):
        if (found := getattr(node, part, None)) is not None:
            yield found


def _changes(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if type(operator) in _OTHER:
                yield lambda each, place=place: _compared_otherwise(each, place)
            if type(operator) in _STRICTER and (_is_number(node.comparators[place]) or _is_number(_left(node, place))):
                yield lambda each, place=place: _stricter(each, place)
    elif isinstance(node, ast.BoolOp):
        for place in range(len(node.values)):
            yield lambda each, place=place: _without(each, place)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        yield from (lambda each: each.right, lambda each: each.left)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Assign) and _is_constant(node):
        yield _higher


def _of_call(node: ast.Call) -> Iterator[Change]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name == "filter" and len(node.args) > 1:
        for place in range(len(node.args)):
            yield lambda each, place=place: _without_argument(each, place)
    if name == "is_between":
        yield _closed_otherwise


def _left(node: ast.Compare, place: int) -> ast.expr:
    return node.comparators[place - 1] if place else node.left


def _is_constant(node: ast.Assign) -> bool:
    name = node.targets[0]
    is_upper = isinstance(name, ast.Name) and name.id.isupper()
    return is_upper and (_is_number(node.value) or _is_decimal(node.value))


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _is_decimal(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "Decimal":
        return False
    return len(node.args) == 1 and isinstance(node.args[0], ast.Constant)


def _compared_otherwise(node: ast.Compare, place: int) -> ast.AST:
    node = copy.deepcopy(node)
    node.ops[place] = _OTHER[type(node.ops[place])]()
    return node


def _stricter(node: ast.Compare, place: int) -> ast.AST:
    """Move the bound of a comparison to where fewer pass; where more pass is the other comparison."""
    node = copy.deepcopy(node)
    step = _STRICTER[type(node.ops[place])]
    bound = node.comparators[place]
    if not _is_number(bound):
        bound, step = _left(node, place), -step
    bound.value = bound.value + step if isinstance(bound.value, int) else bound.value * (1 + step / 10) or step / 10
    return node


def _without(node: ast.BoolOp, place: int) -> ast.AST:
    values = [value for at, value in enumerate(node.values) if at != place]
    return values[0] if len(values) == 1 else ast.BoolOp(node.op, values)


def _without_argument(node: ast.Call, place: int) -> ast.AST:
    node = copy.copy(node)
    node.args = [value for at, value in enumerate(node.args) if at != place]
    return node


def _closed_otherwise(node: ast.Call) -> ast.AST:
    node = copy.copy(node)
    is_said = any(word.arg == "closed" for word in node.keywords)
    others = [word for word in node.keywords if word.arg != "closed"]
    node.keywords = others if is_said else [*others, ast.keyword("closed", ast.Constant("none"))]
    return node


def _higher(node: ast.Assign) -> ast.AST:
    """Set a number by name one higher where it is whole, and a tenth higher where it is not."""
    node = copy.deepcopy(node)
    held = node.value if isinstance(node.value, ast.Constant) else node.value.args[0]
    if isinstance(held.value, int):
        held.value += 1
    else:
        number = Decimal(str(held.value)) * _A_TENTH
        held.value = str(number) if isinstance(held.value, str) else float(number)
    return node


class _Put(ast.NodeTransformer):
    """Puts one node where another stands."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)

"""Rooms stay small enough to read: functions up to 50 lines, modules up to 300 lines of code."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "analytics").rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in MODULES]


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(function):
    """Lines of a function without its docstring, which is for readers and may be long."""
    documented = ast.get_docstring(function) is not None
    docstring = function.body[0].end_lineno - function.body[0].lineno + 1 if documented else 0
    return function.end_lineno - function.lineno + 1 - docstring


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_functions_are_short(path):
    long = [
        f"{node.name} ({body_lines(node)})" for node in functions(ast.parse(path.read_text())) if body_lines(node) > 50
    ]
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_modules_are_small(path):
    code = [line for line in path.read_text().splitlines() if line.strip() and not line.strip().startswith("#")]
    assert len(code) <= 300

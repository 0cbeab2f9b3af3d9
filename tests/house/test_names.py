"""Every public name is documented and listed; every error says what to do."""

import ast
import re
from pathlib import Path

import pytest

import analytics
from analytics import errors

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "analytics").rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in MODULES]
ERRORS = set(errors.__all__)
REMEDY = re.compile(r".{8,}(\. |; |\? |: )|\n|nor ")


def listed(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    return None


def defined(tree):
    kinds = ast.FunctionDef | ast.ClassDef
    return {node.name: node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_public_names_are_listed_and_documented(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), "a module says what it is for"
    names = defined(tree)
    assert set(names) <= (listed(tree) or set()), "a name that is not in __all__ starts with an underscore"
    assert not [name for name, node in names.items() if not ast.get_docstring(node)]


def spoken(node):
    """The text of a message; what is put into it is shown as X."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(spoken(part) for part in node.values)
    return "X"


def raised_messages(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS and node.args:
            yield node.lineno, spoken(node.args[0])


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_error_messages_name_a_remedy(path):
    messages = list(raised_messages(ast.parse(path.read_text())))
    assert not [(line, text) for line, text in messages if text != "X" and not REMEDY.search(text)]


def test_the_tree_of_errors_is_drawn_in_full():
    drawn = [name for name in errors.__all__ if isinstance(getattr(errors, name), type)]
    assert not [name for name in drawn if name not in errors.__doc__]


@pytest.mark.parametrize("name", analytics.__all__)
def test_public_names_of_the_package_load(name):
    assert getattr(analytics, name).__doc__

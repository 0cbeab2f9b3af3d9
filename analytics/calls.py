"""Checks what public calls are handed against the types that they declare: one mechanism for all of them.

A call from a notebook or a script gets a `UsageError` that names the argument, what was given and what is accepted, and
not an error from deep inside. Annotations are read as they are written; nothing is imported to check them.
"""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from os import PathLike
from typing import Any, ParamSpec, TypeVar

from analytics.errors import UsageError
from analytics.showing import one_line

__all__ = ["checked", "checked_methods"]

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=type)

_MOST = 60
_EXACT = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "None": lambda value: value is None,
    "date": lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "Decimal": lambda value: isinstance(value, Decimal),
    "Path": lambda value: isinstance(value, str | PathLike),
}
_SHOWN = {"Path": "a path", "str": "a text", "float": "a number", "int": "a whole number", "bool": "True or False"}


def checked(call: Callable[P, R]) -> Callable[P, R]:
    """Return a call that checks its arguments before it does anything.

    Parameters
    ----------
    call : callable
        With annotated parameters.

    Returns
    -------
    callable
        Raises `UsageError` where an argument is of none of the types that its annotation names.
    """
    signature = inspect.signature(call)
    kinds = {name: _kind(each, call) for name, each in signature.parameters.items() if name != "self"}

    @functools.wraps(call)
    def checking(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            bound = signature.bind(*args, **kwargs).arguments
        except TypeError:
            return call(*args, **kwargs)  # Python names what is missing or too many
        for name, value in bound.items():
            accepted = kinds.get(name)
            if accepted is not None and not _fits(value, accepted):
                raise UsageError(f"{call.__name__}: {name} is {_given(value)}. Give {_offered(accepted)}.")
        return call(*args, **kwargs)

    return checking


def checked_methods(cls: C) -> C:
    """Return a class whose own public methods are `checked`; properties stay as they are.

    Parameters
    ----------
    cls : type
        The class.
    """
    for name, member in list(vars(cls).items()):
        if inspect.isfunction(member) and not name.startswith("_"):
            setattr(cls, name, checked(member))
    return cls


def _kind(parameter: inspect.Parameter, call: Callable[..., Any]) -> ast.expr | None:
    """Return the annotation of a parameter; None where there is nothing to check by. A protocol is met by anything."""
    if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD} or parameter.annotation is parameter.empty:
        return None
    kind = ast.parse(str(parameter.annotation), mode="eval").body
    known = getattr(call, "__globals__", {})
    for part in ast.walk(kind):
        if isinstance(part, ast.Name) and getattr(known.get(part.id), "_is_protocol", False):
            part.id = "object"
    return kind


def _fits(value: Any, kind: ast.expr) -> bool:
    match kind:
        case ast.BinOp(op=ast.BitOr()):
            return _fits(value, kind.left) or _fits(value, kind.right)
        case ast.Constant():
            return value is kind.value
        case ast.Subscript():
            return _fits_within(value, _name(kind.value), kind.slice)
        case _:
            return _is_a(value, _name(kind))


def _fits_within(value: Any, outer: str, inner: ast.expr) -> bool:
    parts = _parts(inner)
    if outer == "Literal":
        return any(
            type(value) is type(part.value) and value == part.value for part in parts if isinstance(part, ast.Constant)
        )
    if outer in {"Sequence", "list"}:
        return _is_a(value, "Sequence") and all(_fits(each, parts[0]) for each in value)
    if outer in {"Mapping", "dict"}:
        return isinstance(value, Mapping) and all(_fits(k, parts[0]) and _fits(v, parts[1]) for k, v in value.items())
    return callable(value) if outer == "Callable" else True


def _is_a(value: Any, name: str) -> bool:
    """Tell whether a value is of a type by its name, or of one that inherits from it."""
    if name in _EXACT:
        return bool(_EXACT[name](value))
    if name in _ANYTHING:
        return True
    if name == "Sequence":
        return isinstance(value, Sequence | AbstractSet) and not isinstance(value, str | bytes)
    if name in _CALLABLE:
        return callable(value)
    return any(each.__name__ == name for each in type(value).__mro__)


_ANYTHING = ("Any", "object")
_CALLABLE = ("Progress", "Understood", "Callable")
"""Aliases of what is called back."""


def _name(kind: ast.expr) -> str:
    return (
        kind.attr if isinstance(kind, ast.Attribute) else kind.id if isinstance(kind, ast.Name) else ast.unparse(kind)
    )


def _given(value: Any) -> str:
    kind = type(value).__name__
    is_plain = isinstance(value, str | int | float | Decimal | date | bool)
    return f"{kind} {one_line(repr(value), _MOST)}" if is_plain else "None" if value is None else f"a {kind}"


def _offered(kind: ast.expr) -> str:
    *others, last = dict.fromkeys(_words(kind))
    return f"{', '.join(others)} or {last}" if others else last


def _words(kind: ast.expr) -> list[str]:
    """Return what may be given, in words; that None may be is not said, since nothing need be given then."""
    match kind:
        case ast.BinOp(op=ast.BitOr()):
            return [*_words(kind.left), *_words(kind.right)]
        case ast.Constant():
            return [] if kind.value is None else [repr(kind.value)]
        case ast.Subscript() if _name(kind.value) == "Literal":
            return [ast.unparse(part) for part in _parts(kind.slice)]
        case ast.Subscript() if _name(kind.value) in {"Sequence", "list"}:
            return ["a list of such"] if isinstance(kind.slice, ast.BinOp) else [f"a list ({_offered(kind.slice)})"]
        case ast.Subscript() if _name(kind.value) in {"Mapping", "dict"}:
            return ["a dict"]
        case _:
            name = _name(kind)
            return [_SHOWN.get(name, "a function" if name in _CALLABLE else f"a {name}")]


def _parts(inner: ast.expr) -> list[ast.expr]:
    return inner.elts if isinstance(inner, ast.Tuple) else [inner]

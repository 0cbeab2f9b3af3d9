"""Verbs found by their files and loaded when they are called."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, cast

import typer
from typer.core import TyperGroup

__all__ = ["Verbs"]


class _Files(Mapping[str, Any]):
    """The verbs of a folder by the names that users type, in the order of the help; a folder in it is a group."""

    def __init__(self, package: str) -> None:
        self._package = package
        paths = import_module(package).__path__
        self._modules = {each.name.replace("_", "-"): each.name for each in pkgutil.iter_modules(paths)}
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = _command(name, self._module(name))
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._modules, key=lambda name: (self._module(name).PLACE, name)))

    def __len__(self) -> int:
        return len(self._modules)

    def _module(self, name: str) -> ModuleType:
        return import_module(f"{self._package}.{self._modules[name]}")


def _command(name: str, module: ModuleType) -> Any:
    if hasattr(module, "__path__"):
        commands = cast("dict[str, Any]", _Files(module.__name__))
        return TyperGroup(
            name=name, commands=commands, help=module.__doc__, no_args_is_help=True, rich_markup_mode=None
        )
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    alone.command(name)(module.command)
    return typer.main.get_command(alone)


class Verbs(TyperGroup):
    """The command: its verbs are the files of `analytics.cli.verbs`.

    Parameters
    ----------
    given : Any
        What the library passes on.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "commands": _Files("analytics.cli.verbs")})

"""Verbs found by their files and loaded when they are called."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, cast

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

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
        return _Group(
            name=name,
            commands=cast("dict[str, Any]", _Files(module.__name__)),
            help=module.__doc__,
            no_args_is_help=True,
            rich_markup_mode=None,
        )
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    alone.command(name)(module.command)
    command = typer.main.get_command(alone)
    for given in command.params:
        _name_value(given)
    return command


def _name_value(given: Any) -> None:
    """Name what an option or argument takes as a manual would: ``--week WEEK``, not ``--week <str>``."""
    if isinstance(given, TyperArgument):
        given.display_type_rich = lambda ctx: None  # type: ignore[method-assign]  # noqa: ARG005
    elif isinstance(given, TyperOption) and given.metavar is None and not given.is_bool_flag:
        kind = given.type_descriptor
        is_number = kind.annotation in {int, float} or kind.is_ranged
        given.metavar = "PATH" if kind.is_path else "N" if is_number else str(given.name).upper()


class _Group(TyperGroup):
    """Verbs with one sentence each, which is wrapped and never cut."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the verbs under each other, each with the first paragraph of its help."""
        verbs = (self.get_command(ctx, name) for name in self.list_commands(ctx))
        rows = [(str(verb.name), _first_paragraph(verb.help or "")) for verb in verbs if verb and not verb.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _first_paragraph(text: str) -> str:
    return " ".join(text.strip().split("\n\n")[0].split())


class Verbs(_Group):
    """The command: its verbs are the files of `analytics.cli.verbs`.

    Parameters
    ----------
    given : Any
        What the library passes on.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "commands": _Files("analytics.cli.verbs")})

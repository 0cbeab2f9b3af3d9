"""Finds the typologies: each is a package in this folder, and what it brings is a module of a known name in it.

``__init__`` holds ``TYPOLOGY``, how it is called; ``evidence`` what its flags say; ``scheme`` what `synthesize` plants
of it; ``step`` what of it is no SQL. Nothing lists them: a folder that is added is found.
"""

from __future__ import annotations

import functools
import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from analytics.errors import ContractError
from analytics.typologies.typology import Typology

if TYPE_CHECKING:
    from analytics.contracts.steps import Step
    from analytics.traffic.scheme import Scheme
    from analytics.wording import Evidence

__all__ = ["evidence", "names", "schemes", "steps", "typology"]

_HERE = Path(__file__).parent
_PACKAGE = "analytics.typologies"


@functools.cache
def names() -> tuple[str, ...]:
    """Return the name of every typology, sorted."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules([str(_HERE)]) if found.ispkg))


def typology(name: str) -> Typology:
    """Return how a typology is called and drawn; one that has no folder, such as a user's own, by its name."""
    if name not in names():
        return Typology(name.replace("_", " ").capitalize())
    found: Typology = _declared(import_module(f"{_PACKAGE}.{name}"), "TYPOLOGY")
    return found


@functools.cache
def evidence(name: str) -> Evidence[Any]:
    """Return what the flags of a typology say, out of what was measured of them."""
    found: Evidence[Any] = _declared(import_module(f"{_PACKAGE}.{name}.evidence"), "EVIDENCE")
    return found


@functools.cache
def schemes() -> dict[str, Scheme]:
    """Return what is planted of each typology that is measured, in the order of their names."""
    return {name: _declared(module, "SCHEME") for name, module in _modules("scheme")}


def steps() -> list[Step]:
    """Return the steps of all typologies that are not SQL."""
    return [step for _, module in _modules("step") for step in _declared(module, "steps")()]


def _declared(module: ModuleType, what: str) -> Any:
    """Return what a module of a typology has to declare."""
    try:
        return getattr(module, what)
    except AttributeError:
        raise ContractError(
            f"{module.__name__} declares no {what}. Add it as docs/add_a_typology.md shows, or remove the module."
        ) from None


def _modules(part: str) -> list[tuple[str, Any]]:
    """Import the modules of a name, one a typology that has it."""
    having = [name for name in names() if any(found.name == part for found in pkgutil.iter_modules([_HERE / name]))]
    return [(name, import_module(f"{_PACKAGE}.{name}.{part}")) for name in having]

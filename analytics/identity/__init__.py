"""Entity resolution: takes the consignees of all shipments, gives the identities they are.

>>> from analytics.identity import IdentityResolver
>>> resolver = IdentityResolver()

Names are loaded when first used, so that asking for the version of the model starts no scikit-learn.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analytics.identity.resolver import IdentityResolver as IdentityResolver
    from analytics.identity.step import identity_step as identity_step
    from analytics.identity.step import keys_step as keys_step

__all__ = ["MODEL_VERSION", "IdentityResolver", "identity_step", "keys_step"]

_HOMES = {"IdentityResolver": "resolver", "identity_step": "step", "keys_step": "step"}

MODEL_VERSION: str = json.loads((Path(__file__).parent / "scoring" / "model.json").read_text(encoding="utf-8"))[
    "version"
]
"""Version of the model that comes with the program; kept with every run."""


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""splitship: finds shipments that were split to stay under a limit, and shows every step.

>>> import analytics
>>> run = analytics.screen("data_samples/shipments.csv", "store")  # doctest: +SKIP
>>> run.table("flags").collect()  # doctest: +SKIP

Names are loaded when first used: importing the package starts no engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analytics.errors import SplitshipError as SplitshipError
    from analytics.evaluation import evaluate as evaluate
    from analytics.identity import IdentityResolver as IdentityResolver
    from analytics.opened import OpenedStore as OpenedStore
    from analytics.opened import Run as Run
    from analytics.opened import open_store as open_store
    from analytics.rulebook import rules as rules
    from analytics.screening import screen as screen
    from analytics.synth import synthesize as synthesize

__all__ = [
    "IdentityResolver",
    "OpenedStore",
    "Run",
    "SplitshipError",
    "evaluate",
    "open_store",
    "rules",
    "screen",
    "synthesize",
]

_HOMES = {
    "IdentityResolver": "analytics.identity",
    "OpenedStore": "analytics.opened",
    "Run": "analytics.opened",
    "SplitshipError": "analytics.errors",
    "evaluate": "analytics.evaluation",
    "open_store": "analytics.opened",
    "rules": "analytics.rulebook",
    "screen": "analytics.screening",
    "synthesize": "analytics.synth",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)

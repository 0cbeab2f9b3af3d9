"""The sections of the report, one object a file; a file that is put here is a section, nothing else names it.

Each module holds ``SECTION``; `in_order` finds them all, by their place in the page.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from analytics.reports.section import Section

__all__ = ["in_order", "number_of"]


def in_order() -> list[Section[Any]]:
    """Return the sections in the order of the page."""
    found = [import_module(f"{__name__}.{module.name}").SECTION for module in pkgutil.iter_modules(__path__)]
    return sorted(found, key=lambda section: (section.place, section.key))


def number_of(key: str) -> int:
    """Return the number that readers see of a section.

    Parameters
    ----------
    key : str
        Its key, such as ``flags``.

    Returns
    -------
    int
        From 1; page one has 0, and none is shown.
    """
    return [section.key for section in in_order()].index(key)

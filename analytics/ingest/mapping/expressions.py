"""What a mapping may write for a column: a heading, a template of several, the first that is filled, or a product.

===========================  =====================================================================
``Total``                    the cell under a heading (`analytics.ingest.words.references`)
``{First} {Last}``           a template; an empty part is empty and takes its blank with it
``{Shipping|Billing}``       the first of several that is filled
``{Unit price} * {Qty}``     a product, exact, for columns that hold numbers
===========================  =====================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analytics.ingest.words.canonical import NUMBERS
from analytics.ingest.words.references import PLACES

__all__ = ["Part", "factors_of", "is_product", "names_in", "parts_of"]

_PART = re.compile(r"\{([^{}]*)\}")
_PRODUCT = re.compile(r"\s*\{[^{}]*\}(?:\s*\*\s*\{[^{}]*\})+\s*")


@dataclass(frozen=True)
class Part:
    """One part of a template.

    Attributes
    ----------
    literal : str
        Text that stands as it is; empty for a reference.
    names : tuple of str
        References, the first that is filled counts; empty for a literal text.
    """

    literal: str = ""
    names: tuple[str, ...] = ()


@cache
def parts_of(template: str) -> tuple[Part, ...]:
    """Return the parts of a template in their order."""
    pieces = _PART.split(template)
    parts = [
        Part(names=tuple(name.strip() for name in piece.split("|"))) if at % 2 else Part(literal=piece)
        for at, piece in enumerate(pieces)
    ]
    return tuple(part for part in parts if part.names or part.literal)


def names_in(written: str) -> list[str]:
    """Return the references to cells in what a mapping writes for a column; an empty text has none."""
    if "{" not in written:
        return [written] if written else []
    return [name for part in parts_of(written) for name in part.names if name and name not in PLACES]


def is_product(column: str, written: str) -> bool:
    """Tell whether what is written is a product, which only columns of numbers have."""
    return column in NUMBERS and _PRODUCT.fullmatch(written) is not None


def factors_of(written: str) -> list[Part]:
    """Return the factors of a product."""
    return [part for part in parts_of(written) if part.names]

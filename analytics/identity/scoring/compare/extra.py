"""Comparisons of further columns, by their kind: date, text or id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from analytics.identity.scoring.comparison import Comparison, Levels, graded
from analytics.identity.scoring.pairs import Pairs

__all__ = ["EXTRA_LEVELS", "extra_comparisons"]

FEW, MANY = 3, 30
"""Records up to which a date is rare, and up to which an id is one party's."""
LIKE = 0.88
"""Jaro-Winkler similarity from which two texts are alike."""
YEAR, MONTH = 4, 6
"""Digits of a year, and of a year and month."""
UNCOMMON, COMMON = 0.0005, 4
"""Share of the file that may bear a rare date, and how many times as many may bear a common one."""


def extra_comparisons(extra: Mapping[str, str]) -> tuple[Comparison, ...]:
    """Comparisons of further columns, by their kind."""
    return tuple(
        Comparison(name, EXTRA_LEVELS[kind], _about(kind, name), (name,), kind) for name, kind in extra.items()
    )


def _about(kind: str, name: str) -> Callable[[Pairs], Levels]:
    work = {"date": _extra_date, "text": _extra_text, "id": _extra_id}[kind]
    compare = partial(work, name)
    compare.__doc__ = f"{name.replace('_', ' ').capitalize()}, a {kind} given beside the consignee."
    return compare


def _extra_date(name: str, pairs: Pairs) -> Levels:
    """Dates as digits, year first."""
    same, crowd = pairs.same(name), pairs.crowd(name)
    unlike = pairs.both(name) & ~same
    edits = pairs.edits(name, unlike)
    same_year, same_day = pairs.same(f"{name}<{YEAR}"), pairs.same(f"{name}>{YEAR}")
    first = pairs.lengths(name)[0] > YEAR
    few = np.maximum(FEW, UNCOMMON * len(pairs.records))
    return graded(
        (1, same & first & (crowd <= few)),
        (2, same & first & (crowd <= COMMON * few)),
        (3, same & first),
        (10, same),
        (4, edits <= 1),
        (5, unlike & same_day & first),
        (6, edits <= 2),
        (7, unlike & pairs.same(f"{name}<{MONTH}") & first),
        (8, unlike & same_year),
        (9, unlike),
    )


def _extra_text(name: str, pairs: Pairs) -> Levels:
    same, crowd = pairs.same(name), pairs.crowd(name) / len(pairs.records)
    unlike = pairs.both(name) & ~same
    close = pairs.closeness(name, pairs.where(unlike, lambda some: some.worth_measuring(name))) >= LIKE
    words = pairs.shared_words(name, unlike) >= 100
    return graded(
        (1, same & (crowd < 0.001)),
        (2, same & (crowd < 0.01)),
        (3, same & (crowd < 0.1)),
        (4, same),
        (5, close | words),
        (6, unlike),
    )


def _extra_id(name: str, pairs: Pairs) -> Levels:
    unlike = pairs.both(name) & ~pairs.same(name)
    near = pairs.one_slip(name, unlike)
    return graded((1, pairs.same(name) & (pairs.crowd(name) <= MANY)), (2, pairs.same(name)), (3, near), (4, unlike))


EXTRA_LEVELS = {
    "date": (
        "cannot be compared",
        "the same, and rare",
        "the same, and common",
        "the same, as often happens",
        "one digit apart",
        "same day of another year",
        "two digits apart",
        "same month",
        "same year",
        "different",
        "same year, no day known",
    ),
    "text": (
        "cannot be compared",
        "the same, and rare",
        "the same, and uncommon",
        "the same, and common",
        "the same, as often happens",
        "similar",
        "different",
    ),
    "id": ("cannot be compared", "the same", "the same, shared by many", "one sign apart", "different"),
}
"""What can be found of a further column of each kind."""

"""Comparisons of contacts, numbers and further columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.compare.name_variants import are_variants
from analytics.identity.scoring.comparison import Comparison, Levels, graded
from analytics.identity.scoring.pairs import Pairs

__all__ = [
    "EXTRA_LEVELS",
    "NUMBER_COMPARISONS",
    "account",
    "email",
    "email_owner",
    "extra_comparisons",
    "phone",
    "tax_conflicts",
    "tax_is_near",
    "tax_number",
]

FEW, SEVERAL, MANY = 3, 8, 30
"""Edges between a number of a household and a number of a crowd."""
TAX_DIGITS = 9
"""Digits of a tax number of the United States; another length is evidence, and forbids nothing."""
CLEARLY_DIFFERENT = 3
"""Typing errors between two tax numbers from which they are two numbers."""
LIKE = 0.88
"""Jaro-Winkler similarity from which two texts are alike."""
LOCAL_DIGITS = 7
"""Digits of a telephone number without its area code."""
YEAR, MONTH = 4, 6
"""Digits of a year, and of a year and month."""
UNCOMMON, COMMON = 0.0005, 4
"""Share of the file that may bear a rare date, and how many times as many may bear a common one."""


def phone(pairs: Pairs) -> Levels:
    """Telephone numbers, and how many share them."""
    unlike = pairs.both("phone") & ~pairs.same("phone")
    near = pairs.one_slip("phone", unlike)
    local = np.minimum(*pairs.lengths("phone")) == LOCAL_DIGITS
    level = _contact(pairs, "phone", near | (unlike & local & pairs.same("phone>7")))
    level[(level == 6) & pairs.same("phone>7")] = 8
    return level


def email(pairs: Pairs) -> Levels:
    """E-mail addresses, and how many share them."""
    unlike = pairs.both("email") & ~pairs.same("email")
    gate = unlike & (pairs.same("email<3") | pairs.same("email_local>3"))
    near = (pairs.edits("email", gate) <= 1) | (unlike & pairs.same("email_local"))
    level = _contact(pairs, "email", near)
    own_domain = pairs.same("email_domain") & (pairs.crowd("email_domain") <= MANY)
    level[(level == 6) & own_domain] = 8
    return level


def _contact(pairs: Pairs, column: str, near: Mask) -> Levels:
    same, crowd = pairs.same(column), pairs.crowd(column)
    return graded(
        (1, same & (crowd <= FEW)),
        (2, same & (crowd <= SEVERAL)),
        (3, same & (crowd <= MANY)),
        (4, same),
        (5, near),
        (6, pairs.both(column)),
        (7, pairs.one_only(column)),
    )


def email_owner(pairs: Pairs) -> Levels:
    """Whether the e-mail address of one bears the given name of the other."""
    level = np.zeros(len(pairs), dtype=np.uint8)
    for one, other in (("given", "mail_given"), ("mail_given", "given")):
        rows = np.flatnonzero(pairs.both(one, other) & ~pairs.is_firm)
        level[rows] = np.maximum(level[rows], _bears(pairs.some(rows), one, other))
    return level


def _bears(pairs: Pairs, one: str, other: str) -> Levels:
    """1 where left's `one` and right's `other` are one given name, shortened or not; 2 where they are two."""
    unlike = ~pairs.same(one, other)
    shorter = np.minimum(*pairs.lengths(one, other))
    near = unlike & pairs.same(f"{one}<1", f"{other}<1")
    starts = near & (pairs.opening(one, near, other) == shorter)
    variants = are_variants(pairs.sides(one)[0], pairs.sides(other)[1])
    alike = ~unlike | variants | starts | (pairs.closeness(one, near, other) >= LIKE)
    return graded((1, alike), (2, shorter > 1))


def tax_number(pairs: Pairs) -> Levels:
    """Tax or customer numbers handed in as tax id."""
    unlike = pairs.both("tax") & ~pairs.same("tax")
    return graded((1, pairs.same("tax")), (2, tax_is_near(pairs, unlike)), (3, unlike), (4, pairs.one_only("tax")))


def tax_is_near(pairs: Pairs, where: Mask) -> Mask:
    """Tax numbers of the chosen pairs are one typing error apart, by the numbers or by their hashed deletions."""
    hashed = where & pairs.both("tax_deletions")
    near = pairs.one_slip("tax", where & ~hashed)
    rows = np.flatnonzero(hashed)
    left, right = pairs.texts("tax_deletions", "tax_deletions", rows)
    shared = (
        not set(a[2:-2].split('", "')).isdisjoint(b[2:-2].split('", "')) for a, b in zip(left, right, strict=True)
    )
    near[rows] = np.fromiter(shared, bool, len(rows))
    return near


def tax_conflicts(pairs: Pairs) -> Mask:
    """Pairs that hold two tax numbers which are clearly two."""
    unlike = pairs.both("tax") & ~pairs.same("tax")
    hashed = unlike & pairs.both("tax_deletions")
    valid = unlike & ~hashed & np.logical_and(*(length == TAX_DIGITS for length in pairs.lengths("tax")))
    clear = valid & (pairs.edits("tax", valid) >= CLEARLY_DIFFERENT)
    mask: Mask = clear | (hashed & ~tax_is_near(pairs, hashed))
    return mask


def account(pairs: Pairs) -> Levels:
    """Account numbers of one issuer."""
    issuer, unknown = pairs.same("issuer"), ~pairs.both("issuer")
    both, same = pairs.both("account"), pairs.same("account")
    return graded((1, same & issuer), (2, same & unknown), (3, both & (issuer | unknown)))


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
    close = pairs.closeness(name, unlike & pairs.worth_measuring(name)) >= LIKE
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

_CONTACT_LEVELS = (
    "cannot be compared",
    "the same, shared by hardly anybody",
    "the same, shared by several",
    "the same, shared by many",
    "the same, shared by a crowd",
    "nearly the same",
    "different",
    "only one is known",
)

NUMBER_COMPARISONS = (
    Comparison("phone", (*_CONTACT_LEVELS, "the same but for the area code"), phone, ("phone",)),
    Comparison("email", (*_CONTACT_LEVELS, "different, at the same firm"), email, ("email",)),
    Comparison(
        "email_owner",
        ("cannot be compared", "it does", "it bears another given name"),
        email_owner,
        ("given", "email_local"),
    ),
    Comparison(
        "tax_number",
        ("cannot be compared", "the same", "one typing error apart", "different", "only one is known"),
        tax_number,
    ),
    Comparison(
        "account", ("cannot be compared", "the same", "the same, issuer unknown", "different"), account, ("account",)
    ),
)

"""Comparisons of contacts and numbers."""

from __future__ import annotations

import numpy as np

from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.compare.name_variants import are_variants
from analytics.identity.scoring.comparison import Comparison, Levels, graded
from analytics.identity.scoring.pairs import Pairs

__all__ = [
    "NUMBER_COMPARISONS",
    "account",
    "email",
    "email_owner",
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


def phone(pairs: Pairs) -> Levels:
    """Telephone numbers, and how many share them."""
    unlike = pairs.both("phone") & ~pairs.same("phone")
    near = pairs.one_slip("phone", unlike)
    local = np.minimum(*pairs.lengths("phone")) == LOCAL_DIGITS
    same_end = pairs.where(unlike, lambda some: some.same("phone>7"))
    level = _contact(pairs, "phone", near | (local & same_end))
    level[(level == 6) & same_end] = 8
    return level


def email(pairs: Pairs) -> Levels:
    """E-mail addresses, and how many share them."""
    unlike = pairs.both("email") & ~pairs.same("email")
    gate = pairs.where(unlike, lambda some: some.same("email<3") | some.same("email_local>3"))
    same_local = pairs.where(unlike, lambda some: some.same("email_local"))
    level = _contact(pairs, "email", (pairs.edits("email", gate) <= 1) | same_local)
    level[pairs.where(level == 6, _share_a_domain)] = 8
    return level


def _share_a_domain(pairs: Pairs) -> Mask:
    """Two mailboxes under one name of few."""
    mask: Mask = pairs.same("email_domain") & (pairs.crowd("email_domain") <= MANY)
    return mask


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
    Comparison(
        "phone",
        (*_CONTACT_LEVELS, "the same but for the area code"),
        phone,
        ("phone",),
        weighed_with=("email", "house", "place"),
    ),
    Comparison(
        "email", (*_CONTACT_LEVELS, "different, at the same firm"), email, ("email",), weighed_with=("house", "place")
    ),
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

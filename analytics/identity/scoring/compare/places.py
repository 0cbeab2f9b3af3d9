"""Comparisons of addresses."""

from __future__ import annotations

import numpy as np

from analytics.identity.scoring.compare.namesakes import NAMESAKES, expected_namesakes
from analytics.identity.scoring.comparison import Comparison, Levels, binned, graded
from analytics.identity.scoring.pairs import Pairs

__all__ = ["PLACE_COMPARISONS", "detail", "house", "local_namesakes", "neighbours", "place", "street", "unit"]

CLOSE, LIKE = 0.94, 0.88
"""Jaro-Winkler similarities from which two spellings are close, and alike."""
TELLING_DIGITS = 3
"""Digits from which two house numbers one digit apart may be one."""
WORDS_LIKE = 80
"""Token set ratio from which the words of two texts are alike."""
NEIGHBOURS = (1, 2, 4, 8, 20, 100)
"""Edges between an address of few and an address of many parties."""


def house(pairs: Pairs) -> Levels:
    """House numbers, or post boxes."""
    both, box = pairs.both("house"), pairs.both("box")
    same = both & pairs.same("house")
    long = np.minimum(*pairs.lengths("house")) >= TELLING_DIGITS
    near = pairs.one_slip("house", both & ~same & long)
    return graded((1, same), (2, near), (4, box & pairs.same("box")), (5, box), (3, both), (6, pairs.one_only("house")))


def street(pairs: Pairs) -> Levels:
    """Street names without type and direction."""
    both = pairs.both("street")
    same = both & pairs.same("street")
    unlike = both & ~same
    near = pairs.where(unlike, lambda some: some.worth_measuring("street"))
    close = pairs.closeness("street", near)
    edits = pairs.edits("street", near & (close >= LIKE / 2))
    words = pairs.shared_words("street", unlike & pairs.same("house"))
    other_type = pairs.both("street_type") & ~pairs.same("street_type")
    other_side = pairs.both("direction") & ~pairs.same("direction")
    return graded(
        (2, same & other_side),
        (3, same & other_type),
        (1, same),
        (4, edits <= 1),
        (5, (close >= CLOSE) | (words >= 100)),
        (6, close >= LIKE),
        (7, unlike),
        (8, pairs.one_only("street")),
    )


def unit(pairs: Pairs) -> Levels:
    """Flats, suites, and the codes a forwarder gives its customers."""
    both = pairs.both("unit")
    near = pairs.one_slip("unit", both & ~pairs.same("unit"))
    return graded((1, pairs.same("unit")), (4, near), (3, both), (2, pairs.one_only("unit")))


def detail(pairs: Pairs) -> Levels:
    """Building, quarter, or what else an address holds."""
    unlike = pairs.both("detail") & ~pairs.same("detail")
    near = unlike & (pairs.shared_words("detail", unlike) >= WORDS_LIKE)
    return graded((1, pairs.same("detail")), (2, near), (3, unlike))


def place(pairs: Pairs) -> Levels:
    """Postal code, city and state."""
    same_postal, same_city = pairs.same("postal"), pairs.same("city")
    unlike = pairs.both("postal") & ~same_postal
    typo = pairs.one_slip("postal", unlike)
    near_city = pairs.where(pairs.both("city") & ~same_city, lambda some: some.worth_measuring("city"))
    city = same_city | (pairs.closeness("city", near_city) >= LIKE)
    other_state = pairs.both("state") & ~pairs.same("state")
    return graded(
        (1, same_postal & ~other_state & (city | ~pairs.both("city"))),
        (2, same_postal & ~other_state),
        (3, typo & city),
        (4, city & ~other_state),
        (5, typo),
        (6, unlike & pairs.same("postal<3")),
        (7, pairs.same("state")),
        (8, unlike | pairs.both("city") | other_state | same_postal),
    )


def neighbours(pairs: Pairs) -> Levels:
    """How many parties of this file share the address."""
    return binned(pairs.crowd("address").astype(float), NEIGHBOURS, pairs.both("address"))


def local_namesakes(pairs: Pairs) -> Levels:
    """How many parties of the shared postal code, city or state would bear such a name by chance."""
    total = float(len(pairs.records))
    shares = [(pairs.same(column), pairs.crowd(column) / total) for column in ("postal", "city", "state")]
    area = np.select([mask for mask, _ in shares], [share for _, share in shares], default=1.0)
    return binned(
        pairs.once("namesakes", expected_namesakes) * area,
        (*(edge / 100 for edge in NAMESAKES[:3]), *NAMESAKES),
        pairs.both("name"),
    )


_ADDRESS = ("house", "box", "direction", "street", "street_type")
_CROWD_LEVELS = (
    "cannot be compared",
    "unique beyond doubt",
    "unique",
    "all but unique",
    "very rare",
    "rare",
    "uncommon",
    "known",
    "common",
    "frequent",
    "very frequent",
    "great crowds",
    "everywhere",
)

PLACE_COMPARISONS = (
    Comparison(
        "house",
        (
            "cannot be compared",
            "the same",
            "one digit apart",
            "different",
            "same box",
            "different box",
            "only one has one",
        ),
        house,
        ("house", "box"),
        weighed_with=("street", "place", "unit", "neighbours"),
    ),
    Comparison(
        "street",
        (
            "cannot be compared",
            "the same",
            "same name, other direction",
            "same name, other type",
            "one typing error apart",
            "close spelling",
            "similar spelling",
            "different",
            "only one has one",
        ),
        street,
        ("direction", "street", "street_type"),
        weighed_with=("place",),
    ),
    Comparison(
        "unit",
        ("cannot be compared", "the same", "only one has one", "different", "one sign apart"),
        unit,
        ("unit",),
        weighed_with=("neighbours",),
    ),
    Comparison("detail", ("cannot be compared", "the same", "similar", "different"), detail, ("detail",)),
    Comparison(
        "place",
        (
            "cannot be compared",
            "same postal code",
            "same postal code, different city",
            "same city, postal code one digit apart",
            "same city",
            "postal code one digit apart",
            "neighbouring postal codes",
            "same state",
            "different",
        ),
        place,
        ("city", "state", "postal"),
    ),
    Comparison(
        "neighbours",
        (
            "cannot be compared",
            "nobody else",
            "two",
            "up to four",
            "up to eight",
            "up to twenty",
            "up to a hundred",
            "a crowd",
        ),
        neighbours,
        _ADDRESS,
    ),
    Comparison(
        "local_namesakes",
        _CROWD_LEVELS,
        local_namesakes,
        ("name", "city", "state", "postal"),
        weighed_with=("street", "email", "phone", "given_name"),
    ),
)

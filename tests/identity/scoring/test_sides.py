"""Agreement is never counter-evidence."""

from __future__ import annotations

import pytest

from analytics.identity.scoring.recipe import recipe
from analytics.identity.scoring.sides import COUNTING, speaks_against


def clue(feature="house", left="12", right="12", weight=-1.3):
    return {"feature": feature, "left": left, "right": right, "weight": weight}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (clue(), False),
        (clue(right="14"), True),
        (clue(right="14", weight=0.0), False),
        (clue(right=None), False),
        (clue(left=None, right=None), False),
        (clue("namesakes"), True),
        (clue("neighbours", weight=0.5), False),
        (clue("calibration", None, None), True),
        (clue("caution", None, None), True),
        (clue("prior", None, None), False),
    ],
)
def test_only_a_difference_speaks_against_a_match(found, expected):
    assert speaks_against(found) is expected


def test_what_counts_how_many_share_something_is_what_says_so():
    counting = [each.name for each in recipe({}) if each.description.startswith("How many")]
    assert sorted(counting) == sorted(COUNTING)

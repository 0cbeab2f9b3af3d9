"""The ids that are most like one that is not known."""

import polars as pl
import pytest

from analytics.store import nearest_ids

IDS = pl.LazyFrame({"flag_id": ["f0123456789abcdef", "f0123456789abcde0", "fffffffffffffffff", None]})


@pytest.mark.parametrize(
    ("given", "offered"),
    [
        ("f0123456789abcde", "Did you mean f0123456789abcdef or f0123456789abcde0?"),
        ("f9923456789abcdef", "Did you mean f0123456789abcdef?"),
        ("f012", ""),
        ("i7777777777777777", ""),
    ],
)
def test_those_that_share_an_end_are_offered(given, offered):
    assert nearest_ids(given, IDS) == offered

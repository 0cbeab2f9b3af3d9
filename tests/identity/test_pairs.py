"""A table of pairs, one lesson a row: same, not same, cannot know."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analytics.identity import IdentityResolver
from tests.identity.conftest import COLUMNS

TABLE = pl.read_csv(Path(__file__).with_name("pairs.csv"), infer_schema=False)
SHORT = ("name", "address", "city", "state", "postal", "phone", "email", "tax")


DECIDED = [number for number, answer in enumerate(TABLE["answer"]) if answer != "cannot know"]


@pytest.fixture(scope="module")
def resolver(strangers: pl.DataFrame) -> IdentityResolver:
    sides = [
        TABLE.select(pl.col(f"{short}_{side}").alias(name) for short, name in zip(SHORT, COLUMNS, strict=True))
        for side in "lr"
    ]
    return IdentityResolver().fit(pl.concat([*sides, strangers]))


@pytest.mark.parametrize("number", DECIDED, ids=TABLE["lesson"].gather(DECIDED).to_list())
def test_a_pair_is_told_as_the_table_says(resolver: IdentityResolver, number: int) -> None:
    is_joined = resolver.labels_[number] == resolver.labels_[number + TABLE.height]
    assert is_joined == (TABLE["answer"][number] == "same")


def test_what_nobody_can_know_is_never_called_certain(resolver: IdentityResolver) -> None:
    open_questions = set(range(TABLE.height)) - set(DECIDED)
    assert open_questions
    for number in open_questions:
        assert 0.001 < resolver.probability(number, number + TABLE.height) < 0.999, TABLE["lesson"][number]


def test_the_table_is_long_and_repeats_no_lesson() -> None:
    assert TABLE["lesson"].n_unique() == TABLE.height >= 190

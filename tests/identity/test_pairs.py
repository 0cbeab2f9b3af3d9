"""A table of pairs, one lesson a row: same, not same, cannot know."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analytics.identity import IdentityResolver
from tests.identity.conftest import COLUMNS

TABLE = pl.read_csv(Path(__file__).with_name("pairs.csv"), infer_schema=False)
SHORT = ("name", "address", "city", "state", "postal", "phone", "email", "tax")


@pytest.fixture(scope="module")
def labels(strangers: pl.DataFrame) -> list[int]:
    sides = [
        TABLE.select(pl.col(f"{short}_{side}").alias(name) for short, name in zip(SHORT, COLUMNS, strict=True))
        for side in "lr"
    ]
    return IdentityResolver().fit_predict(pl.concat([*sides, strangers])).tolist()


@pytest.mark.parametrize("number", range(TABLE.height), ids=TABLE["lesson"].to_list())
def test_a_pair_is_told_as_the_table_says(labels: list[int], number: int) -> None:
    answer = TABLE["answer"][number]
    if answer == "cannot know":
        pytest.skip("no answer is right or wrong")
    assert (labels[number] == labels[number + TABLE.height]) == (answer == "same")


def test_the_table_holds_every_kind_of_answer() -> None:
    assert set(TABLE["answer"]) == {"same", "not same", "cannot know"}
    assert TABLE["lesson"].n_unique() == TABLE.height >= 190

"""The benchmark of households with near names."""

from __future__ import annotations

import polars as pl

from benchmarks.identity.near_names import KIN, WRITTEN, households, judged
from benchmarks.identity.page import Told
from benchmarks.identity.page import households as section

ROWS = pl.DataFrame(
    {
        "household": ["0", "0", "0", "1", "1"],
        "person": ["0-0", "0-0", "0-1", "1-0", "1-0"],
        "kin": ["near given names"] * 3 + ["alone"] * 2,
        "written": ["as it is", "disguised", "an initial", "a slip of keying", "as it is"],
    }
)


def test_pairs_are_counted_by_kind() -> None:
    told = judged(ROWS, [0, 0, 0, 1, 2])
    assert told["precision"]["near given names"] == (3, 1)
    assert told["precision"]["all"] == (3, 1)
    assert told["recall"]["disguised"] == (1, 1)
    assert told["recall"]["a slip of keying"] == (1, 0)
    assert told["recall"]["all"] == (2, 1)


def test_strangers_that_are_joined_are_of_no_household() -> None:
    assert judged(ROWS, [0, 1, 2, 0, 3])["precision"]["strangers"] == (1, 0)


def test_households_are_as_described() -> None:
    rows = households(5, 200)
    assert rows.equals(households(5, 200))
    assert set(rows["written"]) == set(WRITTEN)
    assert set(rows["kin"]) == {"alone", *KIN}
    people = rows.group_by("household").agg(pl.col("person").n_unique(), pl.col("kin").first())
    assert people.filter(pl.col("kin") == "alone")["person"].max() == 1
    assert people.filter(pl.col("kin") != "alone")["person"].min() == 2
    assert (
        rows.group_by("household").agg(pl.col("consignee_postal_code").n_unique())["consignee_postal_code"].max() == 1
    )


def test_the_section_says_whether_the_aim_is_met() -> None:
    side = judged(ROWS, [0, 0, 1, 2, 2])
    text = "\n".join(section(Told(near_names={61: side})))
    assert "| all | 2 | 0 | 1.0000 |" in text
    assert "over all; met." in text
    assert "**missed**" in "\n".join(section(Told(near_names={61: judged(ROWS, [0, 0, 0, 2, 2])})))

"""The law of what is planted holds, and finding is measured as it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from benchmarks.planted_splits import SEED, SHA256, score
from benchmarks.planting import LIMIT_CENTS, Planted, plant
from tests.shared_data import shared


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant(shared("data/online_retail_2009_2010"), seed=SEED)


@pytest.fixture(scope="module")
def schemes(planted: Planted) -> pl.DataFrame:
    rows = [
        (it.scheme, planted.kinds[it.scheme], it.customer, it.cents, it.sent) for it in planted.parcels if it.scheme
    ]
    pieces = pl.DataFrame(rows, schema=["scheme", "kind", "customer", "cents", "sent"], orient="row")
    return pieces.group_by("scheme", "kind").agg(
        pl.len().alias("pieces"),
        pl.col("cents").sum(),
        pl.col("cents").max().alias("largest"),
        pl.col("customer").n_unique().alias("customers"),
        span=(pl.col("sent").dt.date().max() - pl.col("sent").dt.date().min()).dt.total_days() + 1,
    )


def test_what_is_planted_is_what_was_fixed_before_the_first_result(planted: Planted, tmp_path: Path) -> None:
    assert planted.write(tmp_path) == SHA256


def test_no_piece_is_over_the_limit_and_every_scheme_is(schemes: pl.DataFrame) -> None:
    assert schemes["largest"].max() <= LIMIT_CENTS < schemes["cents"].min()


def test_deliberate_splits_follow_the_law(schemes: pl.DataFrame) -> None:
    cut = schemes.filter(pl.col("kind") == "deliberate")
    assert len(cut) == 200
    assert set(cut["pieces"]) == set(range(2, 12))
    assert set(cut["span"]) == set(range(1, 11))
    assert cut["cents"].mean() / LIMIT_CENTS - 1 == pytest.approx(0.26, abs=0.02)


@pytest.mark.parametrize(
    ("kind", "customers"), [("subscription", 1), ("backorder", 1), ("replacement", 1), ("family", 2)]
)
def test_there_are_fifty_look_alikes_of_each_kind(schemes: pl.DataFrame, kind: str, customers: int) -> None:
    alike = schemes.filter(pl.col("kind") == kind)
    assert len(alike) == 50
    assert set(alike["customers"]) == {customers}


def test_a_cut_order_keeps_every_thing_and_every_penny(planted: Planted) -> None:
    before = plant(shared("data/online_retail_2009_2010"), seed=SEED, share=0.0)
    cut = {it.numbered[1].split("-")[0] for it in planted.parcels if it.scheme and it.scheme.startswith("deliberate")}
    pieces = [it for it in planted.parcels if it.numbered[1].split("-")[0] in cut]
    orders = [it for it in before.parcels if it.numbered[1] in cut]
    assert len(orders) == 200
    assert sum(it.units for it in pieces) == sum(it.units for it in orders)
    assert sum(it.cents for it in pieces) == sum(it.cents for it in orders)


def _truth(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    kinds = {"d": "deliberate", "b": "backorder"}
    wide = [
        (shipment, customer, date(2010, 1, 1), scheme, scheme and kinds[scheme[0]])
        for shipment, customer, scheme in rows
    ]
    schema = {"shipment_id": pl.String, "customer": pl.String, "day": pl.Date, "scheme": pl.String, "kind": pl.String}
    return pl.DataFrame(wide, schema=schema, orient="row")


TRUTH = _truth(
    ("1", "a", "d1"), ("2", "a", "d1"), ("3", "a", "d1"), ("4", "a", "d1"), ("5", "a", None),
    ("6", "a", None), ("7", "b", "b1"), ("8", "b", "b1"), ("9", "c", None),
)  # fmt: skip


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("12", True),
        ("1", False),  # one piece alone says nothing of an order
        ("1235", True),
        ("1256", False),  # no more than half of the flag is of the split
        ("1234", True),
    ],
)
def test_a_split_is_found_by_half_of_its_pieces_in_a_flag_that_is_mostly_theirs(named: str, found: bool) -> None:
    flagged = pl.DataFrame({"flag_id": ["f"] * len(named), "shipment_id": list(named)})
    assert score(TRUTH, flagged).deliberate["is_found"].to_list() == [found]


def test_one_parcel_is_enough_for_a_false_alarm() -> None:
    flagged = pl.DataFrame({"flag_id": ["f", "f", "g"], "shipment_id": ["7", "1", "9"]})
    measured = score(TRUTH, flagged)
    assert measured.lookalikes["is_touched"].to_list() == [True]
    assert dict(measured.others.select("customer", "is_touched").iter_rows()) == {"a": False, "c": True}

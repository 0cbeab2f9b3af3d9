"""Pairs out of blocks: in memory as in SQL."""

from __future__ import annotations

from random import Random

import duckdb
import numpy as np
import polars as pl
import pytest

from analytics.contracts.parameters import PARAMETERS
from analytics.engines.models import load_model
from analytics.identity.candidates.blocking import block_keys, candidate_pairs
from analytics.identity.candidates.pairing import paired, worth_comparing
from analytics.identity.records.preparing import prepare
from analytics.identity.training.fitting import made_up_file, some_habits


@pytest.mark.parametrize("seed", range(6))
def test_memory_and_sql_bring_up_the_same_pairs(seed: int) -> None:
    random = Random(seed)
    file = made_up_file(random, some_habits(random, 700))
    records = prepare(file.frame, file.extra)
    with duckdb.connect() as connection:
        connection.register("party_block_keys", block_keys(records).to_arrow())
        for name in ("int_parties__grouped_by_key", "int_parties__paired_by_key"):
            model = load_model(name)
            values = {each: PARAMETERS[each].default for each in model.params}
            connection.execute(f"create table {name} as {model.sql}", values)
        told = connection.table("int_parties__paired_by_key").order("record_l, record_r").fetchall()
    left, right = candidate_pairs(records, threads=2)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == told


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (("Payne", None, "Penzance"), ("Pain", None, "Penzance"), True),  # a name by sound and the place
        (("Ruth Payne", None, "Penzance"), ("Pain, Olga", None, "Penzance"), True),
        (("Wakker", "18503", "Luton"), ("Oldham", "18503", "Luton"), True),  # the postal code and the place
        (("Payne", None, "Penzance"), ("Pain", None, "Luton"), False),
        (("Wakker", "18503", "Luton"), ("Oldham", "18504", "Luton"), False),
    ],
)
def test_a_further_text_brings_up_a_name_by_sound_and_a_postal_code(
    one: tuple[str, str | None, str], other: tuple[str, str | None, str], meet: bool
) -> None:
    columns = {"consignee_name": pl.String, "consignee_postal_code": pl.String, "born_in": pl.String}
    records = prepare(pl.DataFrame([one, other], schema=columns, orient="row"), {"born_in": "text"})
    assert len(candidate_pairs(records)[0]) == int(meet)


def test_a_forwarders_fifty_thousand_customers_cost_no_more_than_their_number() -> None:
    crowd = 50_000
    key = np.full(crowd, 9, dtype=np.uint64)
    rank = np.arange(crowd, dtype=np.uint64)
    assert len(paired(key, np.arange(crowd), rank, crowd, 30, 3)) == 3 * crowd - 6
    assert len(paired(key, np.arange(crowd), rank, crowd, 30, 0)) == 0


def test_a_file_of_one_name_stays_linear() -> None:
    rows = 20_000
    frame = pl.DataFrame(
        {
            "consignee_name": ["Wei Zhang"] * rows,
            "consignee_address": [f"{number} Elm St" for number in range(rows)],
            "consignee_postal_code": ["91754"] * rows,
            "consignee_phone": ["6265550123"] * rows,
        }
    )
    left, _ = candidate_pairs(prepare(frame, {}))
    assert len(left) < 10 * rows


def test_nobody_makes_no_pairs() -> None:
    left, right = candidate_pairs(prepare(pl.DataFrame({"consignee_name": ["TO ORDER"]}), {}))
    assert (len(left), len(right)) == (0, 0)
    assert [len(side) for side in worth_comparing([np.empty(0, np.int64)], [1], 0, 2)] == [0, 0]


def test_signs_of_several_kinds_add_up_on_any_number_of_threads() -> None:
    found = [np.array([12, 13]), np.array([12]), np.array([23])]
    for threads in (1, 2):
        left, right = worth_comparing(found, [0b01, 0b10, 0b11], 10, 2, threads)
        assert (left.tolist(), right.tolist()) == ([1, 2], [2, 3])

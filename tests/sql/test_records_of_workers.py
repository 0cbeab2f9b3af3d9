"""What workers are sent of parties, and what is counted of them.

int_parties__keys_of_records, int_records__asked_by_part, int_values__shared_by_records, int_values__paired_by_kind.
"""

import polars as pl
import pytest


@pytest.fixture
def keyed(engine, model):
    """Three spellings of which two are one record."""
    keys = {"alias_id": ["a", "b", "c"], "name": ["x", "x", "y"], "house": [None, None, "1"]}
    engine.write("party_keys", pl.DataFrame(keys))
    engine.write("party_records", pl.DataFrame({"record_no": [1, 0], "alias_id": ["a", "c"]}))
    engine.build(model("int_parties__keys_of_records"), {})
    return engine


def test_a_record_has_the_keys_of_the_spelling_that_stands_for_it(keyed):
    rows = keyed.frame("int_parties__keys_of_records").sort("record_no").rows()
    assert rows == [(0, "c", "y", "1"), (1, "a", "x", None)]


def test_a_record_is_sent_to_every_part_that_asks_for_it(keyed, model):
    keyed.write("asked_records", pl.DataFrame({"part_no": [0, 0, 1], "record_no": [0, 1, 1]}))
    keyed.build(model("int_records__asked_by_part"), {})
    rows = keyed.frame("int_records__asked_by_part").select("part_no", "record_no", "name").sort("part_no", "record_no")
    assert rows.rows() == [(0, 0, "y"), (0, 1, "x"), (1, 1, "x")]


def counted(engine, model, values):
    engine.write("party_values", pl.DataFrame(values, schema={"kind_no": pl.Int64, "value_no": pl.Int64}, orient="row"))
    for name in ("int_values__shared_by_records", "int_values__paired_by_kind"):
        engine.build(model(name), {})
    shared, paired = engine.frame("int_values__shared_by_records"), engine.frame("int_values__paired_by_kind")
    return shared.sort("kind_no", "value_no").rows(), paired.sort("kind_no").rows()


def test_only_what_several_share_is_told_by_value(engine, model):
    shared, _ = counted(engine, model, [(0, 7), (0, 7), (0, -8), (1, 7), (0, 7)])
    assert shared == [(0, 7, 3)]


def test_pairs_are_counted_both_ways_and_records_with_or_without(engine, model):
    _, paired = counted(engine, model, [(0, 7), (0, 7), (0, 7), (0, -8), (1, 7), (0, 9), (0, 9)])
    assert paired == [(0, 6, 3 * 2 + 2 * 1), (1, 1, 0)]


def test_nobody_shares_nothing(engine, model):
    assert counted(engine, model, []) == ([], [])

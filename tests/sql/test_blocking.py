"""Which parties are compared: int_parties__grouped_by_key, int_parties__paired_by_key."""

import polars as pl
import pytest

SCHEMA = {
    "block_key": pl.UInt64,
    "record_no": pl.UInt32,
    "name_rank": pl.UInt64,
    "is_windowed": pl.Boolean,
    "sign_bits": pl.Int32,
}


def pairs(engine, model, rows, *, max_block=3, window_size=1):
    engine.write("party_block_keys", pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    params = {"max_block": max_block, "window_size": window_size, "min_signs": 2}
    for name in ("int_parties__grouped_by_key", "int_parties__paired_by_key"):
        engine.build(model(name), params)
    return engine.frame("int_parties__paired_by_key").sort("record_l", "record_r").rows()


def block(key, records, *, is_windowed, signs=0b11):
    return [(key, record, 10_000 - record, is_windowed, signs) for record in records]


def test_everybody_in_a_small_block_is_compared_with_everybody(engine, model):
    assert pairs(engine, model, block(1, [4, 5, 6], is_windowed=False)) == [(4, 5), (4, 6), (5, 6)]


def test_whoever_shares_a_key_with_nobody_is_compared_with_nobody(engine, model):
    assert pairs(engine, model, block(1, [4], is_windowed=True) + block(2, [5], is_windowed=True)) == []


def test_a_pair_that_two_keys_bring_up_is_compared_once(engine, model):
    assert pairs(engine, model, block(1, [4, 5], is_windowed=False) + block(2, [5, 4], is_windowed=False)) == [(4, 5)]


@pytest.mark.parametrize(("is_windowed", "found"), [(True, [(4, 5), (5, 6), (6, 7)]), (False, [])])
def test_a_large_block_is_walked_by_name_or_left_out(engine, model, is_windowed, found):
    assert pairs(engine, model, block(1, [4, 5, 6, 7], is_windowed=is_windowed)) == found


def test_a_large_block_costs_no_more_than_its_size(engine, model):
    found = pairs(engine, model, block(1, range(1, 5_001), is_windowed=True), window_size=3)
    assert len(found) == 3 * 5_000 - 6


@pytest.mark.parametrize("window_size", [1, 2, 3, 4])
def test_a_large_block_is_walked_across_its_stretches(engine, model, window_size):
    found = pairs(engine, model, block(1, range(20), is_windowed=True), window_size=window_size)
    near = [(low, high) for low in range(20) for high in range(low + 1, min(low + window_size + 1, 20))]
    assert found == near


@pytest.mark.parametrize(
    ("signs", "found"),
    [((0b1, 0b10), [(4, 5)]), ((0b1, 0b1), []), ((0b1,), []), ((0b11,), [(4, 5)]), ((0b100, 0b1000, 0b1000), [(4, 5)])],
)
def test_what_tells_little_needs_a_second_sign(engine, model, signs, found):
    rows = [row for key, sign in enumerate(signs) for row in block(key, [4, 5], is_windowed=False, signs=sign)]
    assert pairs(engine, model, rows) == found

"""Values that stand once tell of each record what values that stand record by record tell."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.identity.records.columns import Column, shared_once
from analytics.identity.records.hashing import NOTHING, hashes

texts = st.lists(st.none() | st.sampled_from(["", "ann", "bo", "o'neil", "żółć"]), max_size=14)
settings.register_profile("columns", deadline=None, derandomize=True)
settings.load_profile("columns")


def columns(values: list[str | None]) -> tuple[Column, Column]:
    """The values record by record, and once each; in two batches, as they come."""
    own = pl.Series("key", values, dtype=pl.String)
    once = shared_once(["key"])["key"]
    half = len(values) // 2
    return Column(own), Column(pl.concat([own[:half].cast(once), own[half:].cast(once)]))


@given(texts)
def test_what_is_computed_of_values_holds_for_records(values: list[str | None]) -> None:
    own, once = columns(values)
    rows = np.arange(len(values))[::-1]
    for column in (own, once):
        told = column.computed("hash", lambda each: hashes(each.values))
        assert column.of_all(told).tolist() == hashes(own.values).tolist()
        assert column.at(told, rows).tolist() == hashes(own.values)[::-1].tolist()
        assert column.series(rows).to_list() == values[::-1]
        assert column.series().to_list() == values
        assert [column.text(rows).tolist() for _ in range(2)] == [[value or "" for value in values[::-1]]] * 2
        assert column.few(3).series().to_list() == values[:3]
        assert len(column) == len(values)
        assert column.known == ("hash",)


@given(texts)
def test_as_many_share_a_value_as_have_it(values: list[str | None]) -> None:
    expected = [0 if value is None else values.count(value) for value in values]
    for column in columns(values):
        told = column.shared_by(hashes(column.values), NOTHING)
        assert column.of_all(told).tolist() == expected


@given(texts)
def test_values_stand_once_and_null_last(values: list[str | None]) -> None:
    _, once = columns(values)
    assert once.values.to_list()[-1] is None
    assert sorted(once.values.to_list()[:-1]) == sorted({value for value in values if value is not None})


def test_work_is_done_once() -> None:
    asked = []
    column = Column(pl.Series(["a"]))
    for _ in range(2):
        column.computed("length", lambda each: asked.append(1) or each.values.str.len_bytes().to_numpy())
    assert asked == [1]


def test_what_was_worked_out_is_not_known_to_the_same_values_afresh() -> None:
    column = Column(pl.Series(["a"], dtype=shared_once(["key"])["key"]))
    column.computed("length", lambda each: each.values.str.len_bytes().to_numpy())
    assert column.afresh().known == ()
    assert column.afresh().series().to_list() == ["a"]
    column.forget()
    assert column.known == ()

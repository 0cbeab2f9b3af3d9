"""Letters of texts, looked at all at once."""

from __future__ import annotations

from random import Random

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.identity.records.hashing import first_letters, letters_used
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.training.fitting import made_up_file, some_habits
from tests.identity.conftest import frame, row

BITS = np.zeros(256, dtype=np.uint32)
BITS[ord("a") : ord("d")] = (1, 2, 4)

texts = st.lists(st.none() | st.text("abcx", max_size=9), max_size=12)


@settings(deadline=None, derandomize=True)
@given(texts, st.integers(1, 10))
def test_letters_used_are_those_of_each_beginning(values: list[str | None], letters: int) -> None:
    expected = [
        sum(bit for letter, bit in zip("abc", (1, 2, 4), strict=True) if letter in (text or "")[:letters])
        for text in values
    ]
    assert letters_used(pl.Series(values, dtype=pl.String), letters, BITS).tolist() == expected


@settings(deadline=None, derandomize=True)
@given(texts)
def test_a_slice_of_a_series_has_its_own_letters(values: list[str | None]) -> None:
    series = pl.Series(["cab", *values, "x"], dtype=pl.String).slice(1, len(values))
    assert (
        letters_used(series, 24, BITS).tolist() == letters_used(pl.Series(values, dtype=pl.String), 24, BITS).tolist()
    )


@settings(deadline=None, derandomize=True)
@given(texts)
def test_first_letters_are_filled_up_with_noughts(values: list[str | None]) -> None:
    told = [bytes(letters).rstrip(b"\0").decode() for letters in first_letters(pl.Series(values, dtype=pl.String), 4)]
    assert told == [(text or "")[:4] for text in values]


def test_all_digits_are_one_letter_of_the_alphabet() -> None:
    records = prepare(frame(row("Ann Poole", "12 Elm St"), row("Bo Ek", None)), {})
    used = dict(
        zip(records.text("house", np.arange(2)), records.alphabet_at("house", np.arange(2)).tolist(), strict=True)
    )
    assert used == {"12": 1 << 26, "": 0}


def test_what_few_records_look_up_is_looked_up_for_all_on_several_threads() -> None:
    random = Random(9)
    people = made_up_file(random, some_habits(random, 100)).frame
    records, cold = prepare(people, {}), prepare(people, {})
    few = records.few()
    assert (len(few), few._hashes) == (2, {})
    compare(Pairs(few, np.array([0]), np.array([1])))
    cold.precompute_like(few, 2)
    compare(Pairs(records, np.array([0, 5]), np.array([1, 9])))
    assert cold._hashes.keys() == records._hashes.keys()
    assert {name: set(column.known) for name, column in cold.columns.items()} == {
        name: set(column.known) for name, column in records.columns.items()
    }

"""What is looked up of pairs, and what is not looked up again."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.identity.records.arrays import Numbers
from analytics.identity.records.hashing import Hashes
from analytics.identity.records.preparing import prepare
from analytics.identity.records.records import Records
from analytics.identity.scoring.pairs import Pairs
from tests.identity.conftest import frame, row


@pytest.fixture
def records() -> Records:
    return prepare(frame(row("Ann Poole"), row("Ann Pool"), row("Dora Quist", "9 Far Rd")), {})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Columns that records are asked for, with how many of them."""
    heard: list[tuple[str, int]] = []
    hash_at = Records.hash_at

    def listening(self: Records, column: str, rows: Numbers) -> Hashes:
        heard.append((column, len(rows)))
        return hash_at(self, column, rows)

    monkeypatch.setattr(Records, "hash_at", listening)
    return heard


def test_chosen_pairs_take_what_was_looked_up_of_all(records: Records, asked: list[tuple[str, int]]) -> None:
    pairs = Pairs(records, np.array([0, 0, 1]), np.array([1, 2, 2]))
    whole = pairs.same("given"), pairs.same("house")
    chosen = pairs.some(np.array([2, 0])).some(np.array([1]))
    assert [chosen.same("given").tolist(), chosen.same("house").tolist()] == [[each[0]] for each in whole]
    assert asked == [("given", 3)] * 2 + [("house", 3)] * 2
    assert chosen.same("surname").tolist() == [pairs.same("surname")[0]]
    assert asked[4:] == [("surname", 1)] * 2 + [("surname", 3)] * 2


def test_only_chosen_pairs_are_looked_at(records: Records, asked: list[tuple[str, int]]) -> None:
    pairs = Pairs(records, np.array([0, 0, 1]), np.array([1, 2, 2]))
    every = np.ones(3, dtype=bool)
    same = pairs.where(every, lambda some: some.same("house"))
    assert same.sum() == 1
    assert pairs.where(~same, lambda some: some.both("city")).tolist() == (~same).tolist()
    assert pairs.where(~every, lambda some: some.same("postal")).tolist() == [False] * 3
    assert asked == [("house", 3)] * 2 + [("city", 2)] * 2 + [("postal", 0)] * 2

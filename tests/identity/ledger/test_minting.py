"""Ids of new identities: a hash of the first alias, in order, whoever bears one before."""

from __future__ import annotations

import hashlib

import polars as pl
import pytest

from analytics.identity.ledger import minting
from analytics.identity.ledger.minting import new_ids

ALIASES = ["a00", "a'; drop", "", "añ…", *(f"a{number:03d}" for number in range(7))]


def of(alias: str) -> str:
    return "i" + hashlib.md5(alias.encode(), usedforsecurity=False).hexdigest()[:16]


def nobody() -> pl.Series:
    return pl.Series("identity_id", [], dtype=pl.String)


@pytest.mark.parametrize("at_a_time", [1, 4, 1_000])
def test_an_id_is_the_hash_of_its_alias_in_the_order_of_the_aliases(monkeypatch, at_a_time):
    monkeypatch.setattr(minting, "AT_A_TIME", at_a_time)
    assert new_ids(pl.Series(ALIASES), nobody()).to_list() == [of(alias) for alias in ALIASES]


def test_of_no_aliases_there_are_no_ids():
    assert new_ids(pl.Series([], dtype=pl.String), nobody()).to_list() == []


def test_an_id_that_another_bears_is_minted_again_with_a_stroke():
    taken = pl.Series("identity_id", [of("a01"), of("a01'")])
    assert new_ids(pl.Series(["a00", "a01"]), taken).to_list() == [of("a00"), of("a01''")]

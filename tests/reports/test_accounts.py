"""What is said of account numbers: which joined aliases, which stand for several identities."""

from __future__ import annotations

import polars as pl

from analytics.reports.accounts import account_lines, shared_accounts

ALIASES = [
    ("a1", "i1", "7", "shop"),
    ("a2", "i1", "7", "shop"),
    ("a3", "i2", "8", "shop"),
    ("a4", "i3", "8", "shop"),
    ("a5", "i3", "8", "mart"),
    ("a6", "i4", None, None),
    ("a7", "i5", "9", None),
    ("a8", "i6", "9", None),
]


class Shelf:
    """A store with a table of aliases."""

    aliases = pl.DataFrame(
        ALIASES, schema=["alias_id", "identity_id", "consignee_id", "consignee_id_issuer"], orient="row"
    )

    def table(self, name):
        assert name == "aliases"
        return self.aliases.lazy()


def lines(*identities):
    return account_lines(Shelf(), Shelf.aliases.filter(pl.col("identity_id").is_in(identities)))


def test_a_number_is_shared_where_it_stands_for_two_identities_of_one_issuer():
    assert shared_accounts(Shelf()).rows() == [("shop", "8", 2), (None, "9", 2)]


def test_the_number_that_joined_is_named():
    assert lines("i1") == ["consignee_id 7 of shop: the same on 2 of these aliases, so they are one"]


def test_the_number_that_joined_nobody_is_named():
    assert lines("i2") == ["consignee_id 8 of shop: it stands for 2 identities, so it joined nobody"]
    assert lines("i5") == ["consignee_id 9, issuer unknown: it stands for 2 identities, so it joined nobody"]


def test_nothing_is_said_without_a_number():
    assert lines("i4") == []

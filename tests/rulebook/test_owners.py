"""Who owns the goods where a buyer or an importer is named beside the consignee."""

import polars as pl
import pytest

from analytics.rulebook.owners import find_owners

PLACEHOLDERS = pl.Series(["SAME AS CONSIGNEE", "N/A"])
SCHEMA = {
    "consignee_name": pl.String, "buyer_name": pl.String, "importer_name": pl.String, "seller_name": pl.String,
    "is_ordered": pl.Boolean,
}  # fmt: skip


def owners(*rows, most=8):
    usual = dict.fromkeys(SCHEMA) | {"consignee_name": "Dock 9 Fulfilment", "is_ordered": False}
    return find_owners(pl.DataFrame([usual | row for row in rows], schema=SCHEMA), PLACEHOLDERS, most)


def owner(**row):
    found = owners(row)
    return found.select("owner_role", "owner_name").row(0) if found.height else None


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ({}, None),
        ({"buyer_name": "Shen Li"}, ("buyer", "Shen Li")),
        ({"importer_name": "Shen Li Trading"}, ("importer", "Shen Li Trading")),
        ({"buyer_name": "Shen Li", "importer_name": "A Broker"}, ("buyer", "Shen Li")),
        ({"buyer_name": "N/A", "importer_name": "Shen Li"}, ("importer", "Shen Li")),
        ({"buyer_name": "same as consignee"}, None),
        ({"buyer_name": "---"}, None),
        ({"consignee_name": "TO ORDER", "buyer_name": "Shen Li"}, ("buyer", "Shen Li")),
        ({"consignee_name": None, "buyer_name": "Shen Li"}, None),
    ],
)
def test_the_owner_who_is_named_comes_before_the_consignee(row, answer):
    assert owner(**row) == answer


@pytest.mark.parametrize(
    ("consignee", "buyer"),
    [
        ("Maria Lopez", "LOPEZ, MARIA"),
        ("María López", "Maria Lopez"),
        ("Maria Elena Lopez", "Maria Lopez"),
        ("Acme", "ACME, Inc."),
        ("Acme Inc", "Acme"),
    ],
)
def test_who_is_named_otherwise_and_is_the_same_stays_the_consignee(consignee, buyer):
    assert owner(consignee_name=consignee, buyer_name=buyer) is None


def test_a_namesake_with_another_first_name_is_another():
    assert owner(consignee_name="Maria Lopez", buyer_name="Juan Lopez") == ("buyer", "Juan Lopez")


def test_an_importer_who_clears_for_many_is_a_broker_and_owns_nothing():
    rows = [{"consignee_name": f"Person {number}x{number}", "importer_name": "Fast Brokers"} for number in range(9)]
    assert owners(*rows, most=8).is_empty()
    assert owners(*rows[:8], most=8).height == 8


def test_one_consignee_in_two_spellings_is_counted_once():
    rows = [{"consignee_name": name, "importer_name": "Owner"} for name in ("Dock Nine", "NINE, DOCK")]
    assert owners(*rows, most=1).height == 2


@pytest.mark.parametrize(("is_ordered", "answer"), [(True, None), (False, ("importer", "Shen Li Ltd"))])
def test_a_seller_who_imports_owns_what_was_not_ordered(is_ordered, answer):
    assert owner(importer_name="Shen Li Ltd", seller_name="SHEN LI", is_ordered=is_ordered) == answer


@pytest.mark.parametrize(
    ("row", "is_importer", "is_seller"),
    [
        ({"buyer_name": "Shen Li"}, False, False),
        ({"buyer_name": "Shen Li", "importer_name": "LI SHEN"}, True, False),
        ({"buyer_name": "Shen Li", "seller_name": "Shen Li"}, False, True),
        ({"importer_name": "Shen Li", "seller_name": "Shen Li"}, True, True),
    ],
)
def test_it_is_said_whose_numbers_are_the_owners(row, is_importer, is_seller):
    assert owners(row).select("is_importer", "is_seller").row(0) == (is_importer, is_seller)

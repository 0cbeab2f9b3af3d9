"""Unsold goods for a warehouse: int_members__warehouse_consignee, int_measures__warehouse_consignee."""

from datetime import date

import pytest

from tests.sql.chain import TUESDAY, lines

PLACE = {"consignee_address": "1 Dock Rd", "consignee_postal_code": "07102", "consignee_state": "NJ"}
DEPOT = {**PLACE, "consignee_name": "Acme Fulfillment Center"}


def found(chain, *changes, **more):
    return chain.only("warehouse_consignee", lines(*changes), **more)


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        (["400.00", "399.99"], False),
        (["400.00", "400.00"], False),
        (["400.00", "400.01"], True),
        (["800.01", "400.00"], False),  # over the limit alone: no split
        (["800.01", "400.00", "400.01"], True),  # and it hides none
        (["800.00"], False),
    ],
)
def test_a_warehouse_has_a_limit_a_day_like_any_person(chain, values, flagged):
    assert bool(found(chain, *({**DEPOT, "declared_value": value} for value in values))) is flagged


@pytest.mark.parametrize(
    "change",
    [
        {"order_id": "A1"},  # sold: the buyer is the person
        {"buyer_name": "Bo Ek"},
        {"consignee_name": "Shenzhen Hua Trading c/o Acme Fulfillment Center"},  # the owner is the person
        {"consignee_name": "Acme Fulfillment Center FBO Hua Trading"},
        {"consignee_name": "Maria Lopez"},
        {"entry_type": "11"},
        {"arrival_date": TUESDAY},
        {"arrival_date": date(2025, 9, 15)},
        {"is_gift": True},
    ],
)
def test_what_is_not_the_warehouses_own_is_not_added_up(chain, change):
    big = {**DEPOT, "declared_value": "700"}
    assert not found(chain, big, {**big, **change})


@pytest.mark.parametrize("name", ["c/o Acme Warehouse", "Acme Whse c/o Acme Fulfillment", "ACME 3PL dock 4"])
def test_a_care_of_without_an_owner_names_nobody(chain, name):
    big = {**PLACE, "consignee_name": name, "declared_value": "700"}
    assert found(chain, big, big)


def test_many_names_of_one_warehouse_are_one_place(chain):
    names = ("Acme Warehouse", "Acme Distribution Center", "ACME WHSE")
    changes = [{**PLACE, "consignee_name": name, "seller_id": name, "declared_value": "300"} for name in names]
    (flag,) = found(chain, *changes)
    assert (flag["subject"], flag["identity_id"]) == (
        "warehouse at address 1 dock road, 07102, 2025-01-13, standard",
        None,
    )
    assert (flag["strength"], str(flag["excess_usd"]), flag["shipments"]) == ("inferred", "100.00", 3)
    assert "The goods are of 3 sellers" in flag["counter_reasons"]
    assert chain.table("int_members__warehouse_consignee").height == 3


@pytest.mark.parametrize(("day", "flagged"), [(date(2020, 7, 27), False), (date(2020, 7, 28), True)])
def test_the_ruling_is_applied_from_its_day_on(chain, day, flagged):
    assert bool(found(chain, *[{**DEPOT, "declared_value": "700", "arrival_date": day}] * 2)) is flagged

"""Lots of an order without a number: int_shipments__keyed_to_sellers, int_orders__of_persons, int_goods__of_orders,
int_orders__compared_with_those_before, int_lots__of_no_known_order, int_members__inferred_order_split,
int_crossings__inferred_order_split, int_measures__inferred_order_split."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.sql.chain import lines

FIRST = date(2025, 1, 6)
SHOP = {"seller_id": "shop", "order_id": None}


def habit(buyers=30, orders=4):
    """Buyers who order for about 900 every few weeks, each time something else."""
    return [
        {
            **SHOP, "consignee_name": f"Buyer {buyer}", "shipment_id": f"h{buyer}-{order}-{7 * buyer + order:03d}",
            "arrival_date": FIRST + timedelta(days=(order * 21 + buyer * 5) % 84),
            "declared_value": str(860 + 10 * order), "entry_type": "11", "product_id": f"g{buyer}.{order}",
        }
        for buyer in range(buyers) for order in range(orders)
    ]  # fmt: skip


def lots(values, gap=1, **changes):
    return [
        {
            **SHOP, "consignee_name": "Buyer 3", "shipment_id": f"T{4000 + place}", "declared_value": value,
            "arrival_date": FIRST + timedelta(days=28 + place * gap), "product_id": f"p{place}", **changes,
        }
        for place, value in enumerate(values)
    ]  # fmt: skip


FOUR = ("230.00", "210.00", "240.00", "220.00")


def flags(chain, rows, **parameters):
    return chain.only("inferred_order_split", lines(*rows), **parameters)


def test_parts_of_a_usual_order_are_flagged_as_inferred_and_with_their_grounds(chain):
    (flag,) = flags(chain, habit() + lots(FOUR))
    assert (flag["identity_id"], flag["strength"], flag["shipments"]) == ("i-buyer 3", "inferred", 4)
    assert (flag["total_usd"], flag["limit_amount"], flag["excess_usd"]) == (900, 800, 100)
    assert flag["rule_id"] == "US-LOT-1"
    assert "look more like lots of one order than like separate ones" in flag["reason"]
    assert "For it: " in flag["reason"]
    assert "No order number ties them together" in flag["counter_reasons"]
    assert json.loads(flag["attributes"])["score"] >= 0.85
    members = chain.table("inferred_order_lots", "shipment_uid")
    assert members["shipment_uid"].to_list() == ["T4000", "T4001", "T4002", "T4003"]


def test_a_position_that_ignores_a_missing_number_infers_nothing(chain):
    rows = habit() + lots(FOUR)
    assert flags(chain, rows)
    assert not flags(chain, rows, missing_order_id="ignore")
    assert chain.table("int_lots__of_no_known_order").is_empty()


@pytest.mark.parametrize(("last", "flagged"), [("119.99", False), ("120.00", False), ("120.01", True)])
def test_together_exactly_the_limit_is_no_split(chain, last, flagged):
    assert bool(flags(chain, habit() + lots(("230.00", "210.00", "240.00", last)))) is flagged


@pytest.mark.parametrize(("gap", "flagged"), [(3, True), (4, False)])
def test_days_further_apart_than_the_window_are_not_put_together(chain, gap, flagged):
    """Four lots three days apart span ten days."""
    assert bool(flags(chain, habit() + lots(FOUR, gap=gap), min_lot_score=Decimal("0.5"))) is flagged


@pytest.mark.parametrize(
    "change",
    [
        {"order_id": "A77"},  # a known number belongs to order_split
        {"entry_type": "11"},  # entered with duties
        {"origin_country": "CN", "arrival_date": date(2025, 6, 2)},  # no exemption for China on that day
        {"seller_id": None},  # nobody knows whether it is one seller
        {"consignee_name": "TO ORDER", "consignee_id": None},
    ],
)
def test_what_is_known_or_claims_nothing_or_names_nobody_is_left_alone(chain, change):
    assert all(flag["identity_id"] == "i-to order" for flag in flags(chain, habit() + lots(FOUR, **change)))


def test_lots_of_two_sellers_are_two_things(chain):
    rows = lots(FOUR)
    rows[0]["seller_id"] = rows[1]["seller_id"] = "another shop"
    assert not flags(chain, habit() + rows)


def test_a_word_that_stands_for_no_number_is_no_number(chain):
    assert flags(chain, habit() + lots(FOUR, order_id="N/A"))


def test_a_piece_over_the_limit_is_set_aside(chain):
    (flag,) = flags(chain, habit() + lots((*FOUR, "800.01")))
    assert flag["shipments"] == 4


def test_what_speaks_against_it_is_said(chain):
    (flag,) = flags(chain, habit() + lots(("300.00", "300.00", "300.00", "300.00"), gap=2, product_id="p"))
    told = flag["counter_reasons"]
    assert "alike in value" in told
    assert "even intervals" in told


def test_the_flag_keeps_its_id_when_more_arrives(chain):
    (before,) = flags(chain, habit() + lots(FOUR))
    (after,) = flags(chain, habit(buyers=40) + lots(FOUR))
    assert before["flag_id"] == after["flag_id"]


def test_orders_with_a_number_count_as_one_order_each(chain):
    rows = [{**row, "order_id": "B1", "arrival_date": FIRST} for row in lots(("100.00", "120.00"))]
    flags(chain, [*rows, *habit(2)])
    table = chain.table("int_orders__of_persons")
    numbered = table.filter(table["value_usd"] == 220)
    assert len(numbered) == 1


def test_goods_in_common_are_counted_within_the_window(chain):
    rows = [
        {**SHOP, "shipment_id": f"c{day:02d}", "arrival_date": FIRST + timedelta(days=day), "product_id": product}
        for day, product in ((0, "a"), (9, "a"), (19, "a"), (20, "b"))
    ]
    flags(chain, rows)
    compared = chain.table("int_orders__compared_with_those_before", "order_uid")
    assert compared["gap_days"].to_list() == [9, 10, 1]
    assert compared["shared_products"].to_list() == [1, None, 0]


def test_it_says_what_it_lacks(chain):
    status = chain.run(lines({"seller_id": None})).table("mart_typology_status")
    (row,) = status.filter(status["typology"] == "inferred_order_split").rows(named=True)
    assert row["tested"] == "not tested: no seller_id, no seller_name, no shipper_name"

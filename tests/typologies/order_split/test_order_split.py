"""Lots of one order: int_shipments__keyed_to_orders, int_lots__claimed_as_exempt, int_crossings__order_split,
int_members__order_split, int_measures__order_split."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.sql.chain import MONDAY, TUESDAY, lines

LOT = {"order_id": "A123", "order_issuer": "shop", "declared_value": "799.00"}


def lots(*changes):
    return lines(*({**LOT, **change} for change in changes))


def shops(*cases):
    """Lots of several cases, each the first order of a shop of its own: ``shop 0``, ``shop 1``."""
    return lots(*({"order_issuer": f"shop {number}", **lot} for number, case in enumerate(cases) for lot in case))


def flagged_shops(chain):
    """Numbers of the shops whose order was split."""
    subjects = chain.table("int_measures__order_split")["subject"].to_list()
    return sorted(int(re.search(r"issuer SHOP (\d+),", subject)[1]) for subject in subjects)


def test_lots_within_the_limit_are_a_split_when_the_order_is_over_it(chain):
    orders = [
        (["400.00", "400.00"], False),
        (["400.00", "400.01"], True),
        (["800.00", "0.01"], True),
        (["800.01", "100.00"], False),
        (["1000.00"], False),
    ]
    chain.run(
        shops(*([{"declared_value": value, "consignee_name": f"p{value}"} for value in values] for values, _ in orders))
    )
    assert flagged_shops(chain) == [number for number, (_, flagged) in enumerate(orders) if flagged]


@pytest.mark.parametrize(("second", "is_flagged"), [("399.99", False), ("400.00", True)])
def test_where_the_limit_itself_counts_an_order_at_it_is_a_split(chain, second, is_flagged):
    pieces = lots({"declared_value": "400.00"}, {"declared_value": second})
    assert bool(len(chain.run(pieces, boundary="at").table("int_crossings__order_split"))) is is_flagged


@pytest.mark.parametrize(("least", "is_flagged"), [(2, True), (3, False)])
def test_fewer_lots_than_are_asked_for_are_no_split(chain, least, is_flagged):
    table = chain.run(lots({}, {}), min_pieces=least).table("int_crossings__order_split")
    assert bool(len(table)) is is_flagged


def test_a_lot_of_nobody_known_leaves_the_order_to_nobody(chain):
    pieces = lots({}, {"consignee_name": None, "order_id": "A123"})
    assert chain.run(pieces).table("int_crossings__order_split")["identity_id"].to_list() == [None]


def test_two_days_and_one_order_are_an_order_split_and_no_day_is_over(chain):
    chain.run(lots({}, {"arrival_date": TUESDAY}))
    (flag,) = chain.flags("order_split").rows(named=True)
    assert (flag["window_start"], flag["window_end"], flag["strength"]) == (MONDAY, TUESDAY, "objective")
    assert (flag["rule_id"], flag["limit_amount"], flag["excess_usd"]) == ("US-LOT-1", 800, Decimal("798.00"))
    assert chain.flags("daily_limit").is_empty()


def test_two_days_and_two_orders_are_nothing(chain):
    chain.run(lots({}, {"arrival_date": TUESDAY, "order_id": "A124"}))
    assert chain.table("mart_flags").is_empty()


def test_lots_belong_together_whoever_they_are_addressed_to(chain):
    (flag,) = chain.run(lots({}, {"consignee_name": "Bo Ek"})).flags("order_split").rows(named=True)
    assert flag["identity_id"] is None
    assert "2 different consignees" in flag["counter_reasons"]


def test_one_consignee_of_all_lots_is_named(chain):
    (flag,) = chain.run(lots({}, {"arrival_date": TUESDAY})).flags("order_split").rows(named=True)
    assert flag["identity_id"] == "i-maria lopez"


def test_suffixed_numbers_are_lots_and_running_numbers_are_not(chain):
    numbers = [
        ("A123-1", "A123-2", True),
        ("a123-1", "A123-2", True),
        ("A123", "A123-2", True),
        ("ORD-0001/A", "ORD-0001/B", True),
        ("100345-1", "100345-2", True),
        ("2024-1", "2024-2", False),
        ("INV2024-1", "INV2024-2", False),
        ("20240315-1", "20240315-2", False),
        ("SO20240315-1", "SO20240315-2", False),
        ("20241399-1", "20241399-2", True),
        ("PO-1", "PO-2", False),
        ("B2-14", "B2-15", False),
        ("A123-1", "A124-2", False),
        ("114-1234567-1234561", "114-1234567-1234562", False),
    ]
    pairs = ([{"order_id": first}, {"order_id": second, "arrival_date": TUESDAY}] for first, second, _ in numbers)
    chain.run(shops(*pairs))
    assert flagged_shops(chain) == [number for number, (*_, belong) in enumerate(numbers) if belong]


def test_suffixed_numbers_are_read_as_an_inference(chain):
    chain.run(lots({"order_id": "A123-1"}, {"order_id": "A123-2", "arrival_date": TUESDAY}))
    (flag,) = chain.flags("order_split").rows(named=True)
    assert (flag["strength"], flag["subject"]) == ("inferred", "order A123, issuer SHOP, standard, USD")


def test_a_long_series_of_suffixes_is_a_running_number(chain):
    series = [
        {"order_id": f"A123-{number}", "declared_value": "90.00", "consignee_name": f"p{number}"}
        for number in range(1, 22)
    ]
    assert chain.only("order_split", lots(*series)) == []
    assert len(chain.only("order_split", lots(*series[:20]))) == 1


def test_lots_of_another_issuer_or_entered_with_duty_do_not_belong(chain):
    changes = [{}, {"order_issuer": "other shop"}, {"order_id": None}, {"entry_type": "01"}]
    chain.run(shops(*([{}, {"arrival_date": TUESDAY, **change}] for change in changes)))
    assert flagged_shops(chain) == [0]


def test_a_placeholder_is_no_order_number(chain):
    numbers = ["A123", "N/A", "none", "0", "-"]
    chain.run(shops(*([{"order_id": number}, {"order_id": number, "arrival_date": TUESDAY}] for number in numbers)))
    assert flagged_shops(chain) == [0]


def test_the_same_number_long_after_is_another_order_unless_the_order_date_agrees(chain):
    orders = [
        (180, (None, None), True),
        (181, (None, None), False),
        (181, (date(2024, 6, 1), date(2024, 6, 1)), True),
        (181, (date(2024, 6, 1), date(2024, 11, 1)), False),
        (181, (date(2024, 6, 1), None), False),
    ]
    first = date(2024, 7, 1)
    pairs = (
        [
            {"arrival_date": first, "order_date": ordered[0]},
            {"arrival_date": first + timedelta(days=days), "order_date": ordered[1]},
        ]
        for days, ordered, _ in orders
    )
    chain.run(shops(*pairs))
    assert flagged_shops(chain) == [number for number, (*_, flagged) in enumerate(orders) if flagged]


def test_a_number_used_again_keeps_its_first_flag(chain):
    again = date(2025, 9, 1)
    later = [{"arrival_date": again, "declared_value": "80.00"}, {"arrival_date": again, "declared_value": "70.00"}]
    chain.run(lots({}, {"arrival_date": TUESDAY}, *later))
    keys = chain.table("int_shipments__keyed_to_orders", "shipment_uid")["order_key"].to_list()
    assert keys == ["order A123, issuer SHOP"] * 2 + ["order A123, issuer SHOP, use 2"] * 2


@pytest.mark.parametrize(
    ("number", "second_name", "flagged"),
    [("A123", "Maria Lopez", True), ("A123", "Bo Ek", False), ("MX-7781234", "Bo Ek", True)],
)
def test_without_an_issuer_a_short_number_is_one_persons_own(chain, number, second_name, flagged):
    common = {"order_id": number, "order_issuer": None}
    chain.run(lots(common, {**common, "arrival_date": TUESDAY, "consignee_name": second_name}))
    assert chain.flags("order_split")["strength"].to_list() == (["inferred"] if flagged else [])


def test_an_order_after_the_bar_was_struck_is_not_barred(chain):
    assert chain.only("order_split", lots({"arrival_date": date(2027, 7, 1)}, {"arrival_date": date(2027, 7, 2)})) == []


def test_lots_over_the_limit_alone_are_set_aside(chain):
    chain.run(lots({}, {"arrival_date": TUESDAY}, {"declared_value": "900.00"}))
    assert chain.table("int_members__order_split")["shipment_uid"].to_list() == ["s1", "s2"]
    assert chain.table("int_lots__claimed_as_exempt").height == 2
    assert chain.table("int_crossings__order_split")["shipments"].to_list() == [2]
    assert chain.flags("order_split")["reason"].to_list() == [
        "2 lots of one order came under the exemption on 2 days, each within the limit of USD 800.00 "
        "and together worth 1598.00."
    ]

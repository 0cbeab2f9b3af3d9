"""Gifts that are together over their limit: int_members__gift_split, int_measures__gift_split."""

from datetime import date, timedelta

import pytest

from tests.sql.chain import MONDAY, cases_of, lines, side_by_side

GIFT = {"is_gift": True, "shipper_name": "Bo Ek", "declared_value": "60.00", "entry_type": "mail", "mode": "mail"}


def after(days, **more):
    return {**GIFT, "arrival_date": MONDAY + timedelta(days=days), **more}


def found(chain, *changes, **more):
    return chain.only("gift_split", lines(*changes), **more)


def test_gifts_of_one_sender_on_near_days_are_added_up(chain):
    cases = [
        (after(1, declared_value="39.99"), False),
        (after(1, declared_value="40.00"), False),  # exactly the limit passes
        (after(1, declared_value="40.01"), True),
        (after(0), True),
        (after(7), True),
        (after(8), False),
        (after(1, declared_value="100.01"), False),  # over the limit alone
        (after(1, shipper_name="Al Ek"), False),
        (after(1, shipper_name=" bo ek"), True),
        (after(1, consignee_name="Ann Lee"), False),
        (after(1, is_gift=False), False),
        (after(1, shipper_name=None), False),
    ]
    chain.run(side_by_side(*([GIFT, second] for second, _ in cases)), min_gift_consignees=len(cases) + 2)
    flagged = cases_of(chain.table("int_measures__gift_split"))
    assert flagged == [number for number, (_, is_flagged) in enumerate(cases) if is_flagged]


@pytest.mark.parametrize(
    "change", [{"shipper_name": None}, {"consignee_name": None}, {"exemption_claimed_declared": False}]
)
def test_gifts_from_or_to_nobody_known_or_entered_with_duty_are_not_added_up(chain, change):
    assert not found(chain, {**GIFT, **change}, after(1, **change))


@pytest.mark.parametrize(("value", "is_lead"), [("100.00", True), ("100.01", False)])
def test_one_gift_of_a_firm_is_a_lead_up_to_the_limit(chain, value, is_lead):
    assert bool(found(chain, {**GIFT, "seller_id": "S7", "declared_value": value})) is is_lead


@pytest.mark.parametrize("sign", [{}, {"seller_id": "S7"}])
def test_fewer_gifts_than_are_asked_for_are_no_split(chain, sign):
    gifts = {**GIFT, **sign}, after(1, **sign)
    assert not found(chain, *gifts, min_pieces=3)
    assert found(chain, *gifts, after(2, **sign), min_pieces=3)


def test_each_gift_may_follow_the_last_one(chain):
    (flag,) = found(chain, *(after(7 * place, declared_value="30.00") for place in range(4)))
    assert (flag["shipments"], flag["window_end"]) == (4, date(2025, 2, 3))
    assert str(flag["limit_amount"]) == "100.00"


@pytest.mark.parametrize("sign", [{"seller_id": "S1"}, {"marketplace": "M"}, {"order_id": "A1"}])
def test_what_a_firm_sends_is_taken_to_be_bought(chain, sign):
    (private,) = found(chain, GIFT, after(1))
    (sold,) = found(chain, {**GIFT, **sign}, after(1, **sign))
    assert (private["strength"], sold["strength"]) == ("supporting", "inferred")
    assert "Nothing shows that the sender is a firm." in private["counter_reasons"]
    assert "2 of them come from a seller or carry an order" in sold["reason"]
    assert "gifts of other days are not added up" in sold["counter_reasons"]
    assert chain.table("int_members__gift_split").height == 2


def test_one_gift_of_a_firm_within_the_limit_is_a_lead(chain):
    (flag,) = found(chain, {**GIFT, "seller_id": "S7", "declared_value": "31.00"})
    assert (flag["strength"], flag["shipments"], flag["excess_usd"]) == ("supporting", 1, None)
    assert flag["reason"].startswith("1 gift of one sender to one consignee on 1 day comes from a seller")
    assert "a gift on behalf of the buyer" in flag["counter_reasons"]
    assert not found(chain, {**GIFT, "declared_value": "31.00"})


def test_the_limit_of_a_gift_goes_by_where_it_is_sent_from(chain):
    cases = [
        ({"origin_country": "CN", "export_country": "AS"}, "200.00"),
        ({"origin_country": "CN", "shipper_country": "GU"}, "200.00"),
        ({"origin_country": "GU"}, "200.00"),
        ({"origin_country": "GU", "export_country": "CN"}, "100.00"),
        ({"origin_country": "CN"}, "100.00"),
    ]
    over = {"70.00": "100.00", "101.00": "200.00"}
    """Two gifts of so much are over the one limit alone: not over the other, or each by itself."""
    for value, limit in over.items():
        gifts = ([{**GIFT, "declared_value": value, **sent}] * 2 for sent, _ in cases)
        flags = chain.only("daily_limit", side_by_side(*gifts))
        assert cases_of(flags) == [number for number, (_, own) in enumerate(cases) if own == limit]
        assert {str(flag["limit_amount"]) for flag in flags} == {limit}


def test_a_gift_to_the_islands_has_a_limit_of_its_own(chain):
    assert not found(chain, {**GIFT, "origin_country": "VI"}, after(1, origin_country="VI"))


def to_many(count, **more):
    return [{**GIFT, "consignee_name": f"Kid {number}", **more} for number in range(count)]


def test_gifts_of_one_sender_to_many_in_a_week_are_a_lead(chain):
    week = [row | {"arrival_date": MONDAY + timedelta(days=number % 7)} for number, row in enumerate(to_many(10))]
    (flag,) = found(chain, *week)
    assert (flag["strength"], flag["shipments"], flag["identity_id"]) == ("supporting", 10, None)
    assert flag["reason"] == ("10 gifts of one sender went to 10 consignees in one week, as the goods of a seller do.")
    assert (flag["limit_amount"], flag["excess_usd"]) == (None, None)
    assert "to as many before a holiday" in flag["counter_reasons"]
    assert "Nothing shows that the sender is a firm." in flag["counter_reasons"]
    assert flag["subject"] == "sender BO EK, gifts, week of 2025-01-13"


def test_fewer_or_in_two_weeks_or_of_two_senders_are_no_pattern(chain):
    nine = to_many(9)
    assert not found(chain, *nine)
    assert not found(chain, *nine, {**nine[0], "arrival_date": MONDAY + timedelta(days=8)})
    assert not found(chain, *nine, after(7, consignee_name="Kid 9"))
    assert not found(chain, *nine, after(0, consignee_name="Kid 9", shipper_name="Al Ek"))
    assert found(chain, *nine, after(6, consignee_name="Kid 9"))
    assert found(chain, *nine, min_gift_consignees=9)


def test_a_shop_with_many_gifts_is_told_of_once_and_its_gift_over_the_limit_beside_it(chain):
    shop = to_many(10, seller_id="S7")
    second = {**shop[0], "arrival_date": MONDAY + timedelta(days=1)}
    flags = found(chain, *shop, second)
    assert [(flag["shipments"], flag["strength"]) for flag in flags] == [(9, "supporting"), (2, "inferred")]
    assert "9 of them come from a seller" in flags[0]["reason"]

"""Days just under the limit: int_days__around_the_limit, int_members__structuring, int_measures__structuring."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.sql.chain import lines

FIRST = date(2025, 1, 6)


def buyers(values, name="Buyer", **changes):
    return [
        {"consignee_name": name, "arrival_date": FIRST + timedelta(days=3 * place), "declared_value": value, **changes}
        for place, value in enumerate(values)
    ]


CROWD = [
    row for number in range(40)
    for row in buyers(("650.00", "699.00", "830.00", "660.00"), name=f"Other {number}", entry_type="11")
]  # fmt: skip
NEAR = (*tuple(f"7{place}5.00" for place in (3, 4, 5, 6, 7, 8, 9)), "790.00", "770.00")


def found(chain, *rows, **parameters):
    return chain.only("structuring", lines(*rows), **parameters)


def test_repeated_days_just_under_the_limit_are_supporting_evidence(chain):
    (flag,) = found(chain, *CROWD, *buyers(NEAR))
    assert (flag["identity_id"], flag["strength"], flag["shipments"], flag["rule_id"]) == (
        "i-buyer", "supporting", 9, "US-T06",
    )  # fmt: skip
    assert flag["excess_usd"] is None
    assert "9 of 9 days of one quarter near the limit of USD 800.00 were at or below it" in flag["reason"]
    assert "2025-01-06, 2025-01-09" in flag["reason"]
    assert "a share of 0.05 at most is expected to be chance" in flag["reason"]
    assert "no proof by themselves" in flag["counter_reasons"]


@pytest.mark.parametrize(
    ("value", "is_near"),
    [
        ("440.00", None),
        ("440.01", False),
        ("680.00", False),
        ("680.01", True),
        ("800.00", True),
        ("800.01", False),
        ("1160.00", False),
        ("1160.01", None),
    ],
)
def test_bands_around_the_limit(chain, value, is_near):
    found(chain, *buyers((value,)))
    rows = chain.table("int_days__around_the_limit")["is_near"].to_list()
    assert rows == ([] if is_near is None else [is_near])


def test_pieces_of_a_day_are_added_up_and_a_day_over_the_limit_is_not_under_it(chain):
    day = {"arrival_date": FIRST}
    found(chain, *buyers(("400.00", "390.00"), **day), *buyers(("400.00", "400.01"), name="Other", **day))
    near = dict(chain.table("int_days__around_the_limit").select("identity_id", "is_near").rows())
    assert near == {"i-buyer": True, "i-other": False}


def test_goods_that_were_entered_count_above_and_not_below(chain):
    found(chain, *buyers(("850.00",), entry_type="11"), *buyers(("790.00",), name="Other", entry_type="11"))
    assert chain.table("int_days__around_the_limit")["identity_id"].to_list() == ["i-buyer"]


def test_a_subscription_counts_once(chain):
    assert not found(chain, *CROWD, *buyers(("790.00",) * 9, product_id="beans"))
    assert chain.table("int_days__around_the_limit")["is_repeat"].sum() >= 8


def test_the_same_amount_for_goods_nobody_names_counts_each_time(chain):
    (flag,) = found(chain, *CROWD, *buyers(("799.00",) * 9))
    assert "The amount is the same each time" in flag["counter_reasons"]


def test_days_without_an_exemption_are_under_no_limit(chain):
    assert not found(chain, *buyers(NEAR, origin_country="CN", arrival_date=date(2025, 6, 2)))
    assert chain.table("int_days__around_the_limit").is_empty()


def test_days_with_lots_of_a_split_order_do_not_count(chain):
    order = [{**row, "order_id": "A-1001-77"} for row in buyers(NEAR)]
    assert not found(chain, *CROWD, *order)
    assert chain.table("int_days__around_the_limit").filter(identity_id="i-buyer").height == len(NEAR)
    assert chain.table("int_days__of_no_split_order").filter(identity_id="i-buyer").is_empty()


def test_days_with_lots_of_an_order_entered_informally_do_not_count(chain):
    lots = buyers(("900.00", "950.00", "900.00"), entry_type="11", order_id="A-1001-77", seller_name="Shop")
    assert not found(chain, *CROWD, *lots)
    assert chain.table("int_days__of_no_split_order").filter(identity_id="i-buyer").is_empty()


def test_other_days_of_who_split_an_order_count(chain):
    split = [{**row, "order_id": "A-1001-77"} for row in buyers(("790.00", "780.00"), arrival_date=FIRST)]
    (flag,) = found(chain, *CROWD, *buyers(NEAR), *split)
    assert flag["shipments"] == len(NEAR) - 1
    assert "2025-01-06" not in flag["reason"]


def test_from_too_few_buyers_nothing_is_learned_and_that_is_said(chain):
    chain.run(lines(*CROWD[:16], *buyers(NEAR)))
    status = chain.table("mart_typology_status").filter(typology="structuring")
    (why,) = status["tested"]
    assert why == "not tested: under the limits in USD (standard): too few buyers around them (4) to learn from"
    assert chain.table("structuring_tests").is_empty()


def test_a_pool_with_too_few_buyers_is_noted_beside_the_others(chain):
    gifts = buyers(("90.00", "95.00", "60.00"), is_gift=True, name="Uncle")
    chain.run(lines(*CROWD, *gifts))
    status = chain.table("mart_typology_status").filter(typology="structuring").row(0, named=True)
    assert status["tested"] == "yes"
    assert status["note"].startswith(
        "not tested under the limits in USD (gift): too few buyers around them (1) to learn from"
    )


def test_under_each_days_own_limit(chain):
    """Before 10 March 2016 the limit was $200: days there are near that."""
    early = buyers(("190.00", "185.00", "195.00", "199.00", "180.00", "200.00"), name="Early", entry_type="86")
    early = [{**row, "arrival_date": row["arrival_date"] - timedelta(days=3650)} for row in early]
    (flag,) = found(chain, *CROWD, *early)
    assert (flag["identity_id"], str(flag["limit_amount"])) == ("i-early", "200.00")


TODAY = date(2026, 7, 6)


def entries(values, name="Buyer", **changes):
    rows = buyers(values, name=name, entry_type="11", **changes)
    return [{**row, "arrival_date": TODAY + timedelta(days=3 * place)} for place, row in enumerate(rows)]


def test_days_just_under_the_limit_of_informal_entry(chain):
    usual = ("2031.00", "2184.00", "2600.00", "2062.00")
    crowd = [row for number in range(40) for row in entries(usual, name=f"Other {number}")]
    near = [f"23{place}5.00" for place in (3, 4, 5, 6, 7, 8, 9)] + ["2470.00", "2410.00"]
    (flag,) = found(chain, *crowd, *entries(near))
    assert (flag["identity_id"], flag["strength"], flag["shipments"], flag["limit_amount"]) == (
        "i-buyer", "supporting", 9, 2500,
    )  # fmt: skip
    assert "143.21" in flag["legal_basis"]
    assert flag["subject"].startswith("i-buyer, informal entry, USD")


def test_formal_entries_count_above_the_informal_limit_and_not_below(chain):
    found(chain, *entries(("2600.00",), name="Formal"), *entries(("2400.00",)))
    near = dict(chain.table("int_days__around_the_limit").select("identity_id", "is_near").rows())
    assert near == {"i-formal": False, "i-buyer": True}

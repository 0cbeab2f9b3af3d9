"""Entries without an order number, days after each other: int_entries__in_series and what is made of it."""

from datetime import timedelta

import pytest

from tests.sql.chain import MONDAY, cases_of, lines, side_by_side

ENTRY = {"entry_type": "11", "declared_value": "1300.00", "shipper_name": "Yulan", "product_id": "LAMP"}


def on(*days, **more):
    return [{**ENTRY, "arrival_date": MONDAY + timedelta(days=day), **more} for day in days]


def found(chain, *rows, **parameters):
    return chain.only("informal_entry_split", lines(*rows), **parameters)


CASES = [
    (on(0, 1, 2), True),
    (on(0, 1), False),
    (on(0, 3, 6), True),
    (on(0, 4, 5), False),
    (on(0, 0, 0), False),  # one day: what comes on one conveyance or bill has a rule of its own
    (on(0, 0, 1), True),
    (on(0, 3, 6, 9), True),
    (on(0, 3, 6, 8, 10), False),  # trade that goes on
    (on(0, 1, 2, declared_value="1250.00"), False),  # half the limit
    (on(0, 1, 2, declared_value="1250.01"), True),
    (on(0, 1, 2, declared_value="2500.00"), True),
    (on(0, 1) + on(2, declared_value="2500.01"), False),
    (on(0, 1) + on(2, product_id="VASE"), False),
    (on(0, 1) + on(2, shipper_name="Other"), False),
    (on(0, 1, 2, shipper_name=None), False),
    (on(0, 1, 2, order_id="A", order_issuer="shop"), True),  # by its order, not as a series
    (on(0, 1) + on(2, order_id="B", order_issuer="shop"), False),
    (on(0, 1) + on(2, entry_type="01"), False),
    (on(0, 1) + on(2, entry_type=None), False),
    (on(0, 1, 2, mode="mail", entry_type="13"), False),
]


def test_entries_of_the_same_goods_a_few_days_apart_are_a_series(chain):
    cases = ([row | {"shipper_name": row["shipper_name"] and f"{row['shipper_name']} {at}"} for row in case]
             for at, (case, _) in enumerate(CASES))  # fmt: skip
    chain.run(side_by_side(*cases))
    flagged = chain.table("int_measures__informal_entry_split")
    assert cases_of(flagged) == [at for at, (_, is_flagged) in enumerate(CASES) if is_flagged]
    ways = dict(flagged.select("identity_id", "way").rows())
    assert {identity for identity, way in ways.items() if way == "order"} == {"i-case 15"}
    assert set(flagged.filter(way="series")["strength"]) == {"supporting"}
    assert chain.table("int_entries__in_series")["series_key"].str.contains("series of YULAN").all()


def test_a_series_says_that_separate_sales_are_allowed(chain):
    (flag,) = found(chain, *on(0, 1, 2))
    assert flag["reason"] == (
        "3 shipments of the same goods from one sender to one consignee, days apart and without an order number, "
        "each within the informal limit of USD 2500.00, are together worth 3900.00."
    )
    assert "No order number ties them together" in flag["counter_reasons"]
    assert "Separate sales may be entered apart" in flag["counter_reasons"]


@pytest.mark.parametrize(
    ("bills", "are_in_a_row"),
    [
        (("H07", "H08", "H09"), True),
        (("H09", "H07", "H08"), True),
        (("H07", "H08", "H10"), False),
        (("H07", "H08", None), False),
        (("A", "B", "C"), False),
    ],
)
def test_bills_numbered_in_a_row_are_told(chain, bills, are_in_a_row):
    rows = [row | {"house_bill": bill} for row, bill in zip(on(0, 1, 2), bills, strict=True)]
    (flag,) = found(chain, *rows)
    assert ("numbered in a row" in flag["reason"]) is are_in_a_row


@pytest.mark.parametrize(("least", "are_near"), [("2250.00", False), ("2250.01", True)])
def test_values_just_below_the_limit_are_told(chain, least, are_near):
    (flag,) = found(chain, *on(0, 1, declared_value="2499.00"), *on(2, declared_value=least))
    assert ("worth the limit or less than 250.00 below it" in flag["reason"]) is are_near


@pytest.mark.parametrize(("mode", "is_explained"), [("air", False), ("truck", False), ("mail", True)])
def test_goods_too_heavy_for_one_package_explain_mail_items_only(chain, mode, is_explained):
    entry = "mail" if mode == "mail" else "11"
    rows = on(0, 1, order_id="A", order_issuer="shop", mode=mode, entry_type=entry, weight_kg="45",
              exemption_claimed_declared=False)  # fmt: skip
    (flag,) = chain.run(lines(*rows)).flags("informal_entry_split").rows(named=True)
    assert ("No two of the shipments could have traveled as one" in flag["counter_reasons"]) is is_explained

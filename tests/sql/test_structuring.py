"""Days just under the limit: int_days__around_the_limit, int_members__structuring, int_findings__structuring."""

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
    assert "On 9 of the 9 days" in flag["reason"]
    assert "a share of 0.05 at most is expected to be chance" in flag["reason"]
    assert "no proof by themselves" in flag["counter_reasons"]


@pytest.mark.parametrize(
    ("value", "is_near", "is_around"),
    [
        ("639.99", None, None),
        ("640.00", False, True),
        ("719.99", False, True),
        ("720.00", True, True),
        ("800.00", True, True),
        ("800.01", False, True),
        ("960.00", False, True),
        ("960.01", None, None),
    ],
)
def test_bands_around_the_limit(chain, value, is_near, is_around):
    found(chain, *buyers((value,)))
    rows = chain.table("int_days__around_the_limit").select("is_near", "is_around").rows()
    assert rows == ([] if is_around is None else [(is_near, is_around)])


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

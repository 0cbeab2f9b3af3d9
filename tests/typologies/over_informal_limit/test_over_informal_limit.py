"""Informal entries over their limit: int_shipments__beside_entry_limits, int_members__over_informal_limit,
int_measures__over_informal_limit."""

from datetime import date
from decimal import Decimal

import pytest

from tests.sql.chain import lines

ENTRY = {"entry_type": "11", "arrival_date": date(2026, 10, 5), "customs_value": "2600.00"}


def found(chain, *changes, **more):
    return chain.only("over_informal_limit", lines(*changes), **more)


@pytest.mark.parametrize(
    ("change", "strength"),
    [
        ({}, "objective"),
        ({"customs_value": "2500.00"}, None),
        ({"customs_value": "2500.01"}, "objective"),
        ({"customs_value": "2400.00", "declared_value": "9000.00"}, None),
        ({"customs_value": None, "declared_value": "2600.00"}, "inferred"),
        ({"entry_type": "01"}, None),
        ({"entry_type": None}, None),
        ({"entry_type": "mail", "mode": "mail"}, "objective"),
        ({"entry_type": "13", "mode": "mail"}, "objective"),
        ({"arrival_date": date(2013, 1, 6)}, None),
        ({"arrival_date": date(2013, 1, 7)}, "objective"),
    ],
)
def test_an_informal_entry_over_its_limit_is_told_by_its_customs_value(chain, change, strength):
    flags = found(chain, {**ENTRY, **change})
    assert [flag["strength"] for flag in flags] == ([strength] if strength else [])


def test_rows_of_one_entry_are_added_up(chain):
    part = {**ENTRY, "customs_value": "1300.00", "entry_number": "ABC-1"}
    (flag,) = found(chain, part, part, {**part, "entry_number": "ABC-2"}, {**part, "entry_number": None})
    assert (flag["shipments"], flag["subject"]) == (2, "entry ABC-1, over the informal limit")
    assert flag["reason"] == (
        "An informal entry of 2 shipments is worth USD 2600.00, over the informal limit of USD 2500.00."
    )
    assert (flag["limit_amount"], flag["rule_id"]) == (Decimal("2500.00"), "US-INF-02")
    assert "taken for one entry because they bear one entry number" in flag["counter_reasons"]
    assert chain.table("int_members__over_informal_limit").height == 2
    assert chain.table("int_shipments__beside_entry_limits")["grouping_key"].n_unique() == 2


def test_a_mail_item_is_called_one(chain):
    (flag,) = found(chain, {**ENTRY, "entry_type": "mail", "mode": "mail"})
    assert flag["reason"].startswith("A mail item is worth USD 2600.00")

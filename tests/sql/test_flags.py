"""What all flags have in common: mart_flags, mart_flag_shipments, mart_date_sensitivity, mart_typology_status,
int_flags__scored, int_members__united, int_flags__measured_by_members, int_crossings__moved_to_other_dates,
int_claims__moved_to_other_dates, int_shipments__of_flags, int_lines__of_flags."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.contracts.findings import DateSensitivity, Flags, FlagShipments, TypologyStatus
from tests.sql.chain import MONDAY, TUESDAY, lines, side_by_side

PAIR = {"declared_value": "500.00"}
MIXED = lines(
    PAIR,
    PAIR,
    {"order_id": "A123", "order_issuer": "shop", "declared_value": "700", "arrival_date": TUESDAY},
    {"order_id": "A123", "order_issuer": "shop", "declared_value": "700", "consignee_name": "Bo Ek"},
    {"arrival_date": date(2025, 9, 15)},
    {"entry_type": "11", "conveyance_id": "X", "declared_value": "1300"},
    {"entry_type": "11", "conveyance_id": "X", "declared_value": "1300"},
)


def test_flags_keep_their_contract_and_name_their_rows(chain):
    chain.run(MIXED)
    flags = Flags.validate(chain.table("mart_flags"), cast=True)
    named = FlagShipments.validate(chain.table("mart_flag_shipments"), cast=True)
    assert sorted(flags["typology"]) == ["daily_limit", "informal_entry_split", "order_split", "suspended_claim"]
    assert named.height == flags["shipments"].sum() == chain.table("int_members__united").height
    assert all(isinstance(json.loads(text), list) for text in flags["counter_reasons"])
    assert all(isinstance(json.loads(text), dict) for text in flags["attributes"])


def test_the_order_of_rows_changes_nothing(chain):
    first = chain.run(MIXED).table("mart_flags")
    again = chain.run(MIXED.sample(fraction=1, shuffle=True, seed=7)).table("mart_flags")
    assert first.equals(again)


def test_the_pieces_and_lines_of_flags_carry_what_exposure_needs(chain):
    chain.run(lines({**PAIR, "hts_code": "61091000"}, PAIR, {"consignee_name": "Bo Ek"}))
    assert chain.table("int_shipments__of_flags")["amount"].to_list() == [Decimal(500), Decimal(500)]
    assert chain.table("int_lines__of_flags")["hts_code"].to_list() == ["61091000", None]


def own_reasons(flag):
    """What is said of this flag, without what is said of every flag of its kind."""
    *said, cut, harmless = json.loads(flag["counter_reasons"])
    assert cut.startswith("Without 1 of its 2 shipments, the highest in value (USD 500.00)")
    assert harmless.startswith("Also seen where nothing is wrong: two people of one name")
    return said


def test_what_speaks_against_a_flag_stands_beside_it(chain):
    cases = [
        ({"date_basis": "release"}, "1 of 2 shipments carry no arrival date"),
        ({"entry_type": None}, "1 of the shipments neither claim nor entry type"),
        ({"consignee_address": "c/o Depot, 1 Dock Rd"}, "1 of the shipments are addressed in care of another"),
    ]
    pairs = ([PAIR, {**PAIR, **change}] for change, _ in cases)
    flags = chain.run(side_by_side(*pairs, [PAIR, PAIR])).flags("daily_limit").sort("identity_id")
    *told, nothing = map(own_reasons, flags.iter_rows(named=True))
    assert nothing == []
    assert [any(says in reason for reason in said) for said, (_, says) in zip(told, cases, strict=True)] == [True] * 3


@pytest.mark.parametrize(("second_name", "weakest"), [("Maria Lopez", 1.0), ("MARIA LOPEZ", 0.8)])
def test_a_doubtful_identity_is_said_where_the_flag_rests_on_it(chain, second_name, weakest):
    landed = lines(PAIR, {**PAIR, "consignee_name": second_name})
    (sure,) = chain.run(landed).flags("daily_limit").rows(named=True)
    health = chain.run(landed).table("identity_health")
    chain.put("identity_health", health.with_columns(weakest_link=pl.lit(0.8)))
    (flag,) = chain.flags("daily_limit").rows(named=True)
    assert ("has probability 0.80" in flag["counter_reasons"]) is (weakest < 1)
    assert flag["score"] == pytest.approx(weakest * sure["score"])
    assert chain.table("int_flags__measured_by_members")["weakest_link"].to_list() == [weakest]
    assert chain.table("mart_identities")["weakest_link"].to_list() == [0.8]


@pytest.mark.parametrize(
    ("released", "stands", "said"),
    [
        ((MONDAY, MONDAY), True, False),
        ((MONDAY, TUESDAY), False, True),
        ((MONDAY, None), None, False),
    ],
)
def test_says_whether_a_flag_stands_on_another_date(chain, released, stands, said):
    chain.run(lines(*({**PAIR, "released_date": day} for day in released)))
    dates = DateSensitivity.validate(chain.table("mart_date_sensitivity", "date_basis"), cast=True)
    assert dict(dates.select("date_basis", "is_over_limit").rows())["release"] is stands
    assert ("by another date: release" in chain.flags("daily_limit")["counter_reasons"][0]) is said
    assert chain.table("int_crossings__moved_to_other_dates").height == 4


@pytest.mark.parametrize(
    ("origin", "arrival", "released", "stands"),
    [
        ("CN", date(2025, 5, 2), date(2025, 5, 3), True),
        ("CN", date(2025, 5, 2), date(2025, 5, 2), True),
        ("CN", date(2025, 5, 2), date(2025, 5, 1), False),
        ("CN", date(2025, 5, 2), None, None),
        ("CN", date(2025, 8, 29), date(2025, 8, 28), True),  # for China nothing was on offer the day before either
        ("JP", date(2025, 8, 29), date(2025, 8, 28), False),
    ],
)
def test_says_whether_a_claim_was_suspended_on_another_date(chain, origin, arrival, released, stands):
    chain.run(lines({"origin_country": origin, "arrival_date": arrival, "released_date": released}))
    dates = DateSensitivity.validate(chain.table("mart_date_sensitivity", "date_basis"), cast=True)
    assert dict(dates.select("date_basis", "is_over_limit").rows()) == {
        "arrival": True, "estimated_arrival": None, "order": None, "release": stands,
    }  # fmt: skip
    (flag,) = chain.flags("suspended_claim").rows(named=True)
    assert ("It would not stand by another date: release." in flag["counter_reasons"]) is (stands is False)
    assert chain.table("int_claims__moved_to_other_dates").height == 4


def status(chain, *changes, **kwargs):
    table = TypologyStatus.validate(
        chain.run(lines(*changes), **kwargs).table("mart_typology_status").select(TypologyStatus.column_names()),
        cast=True,
    )
    return {row["typology"]: row for row in table.rows(named=True)}


def test_what_could_not_be_tested_says_why(chain):
    found = status(chain, {"entry_type": None, "consignee_name": None})
    expected = {
        "daily_limit": "not tested: no consignee",
        "order_split": "not tested: no order_id",
        "suspended_claim": "not tested: no entry_type, no exemption_claimed",
        "informal_entry_split": "not tested: no order_id, no conveyance_id, no seller_id, no seller_name, no "
        "shipper_name",
    }
    assert {name: found[name]["tested"] for name in expected} == expected


def test_what_was_tested_is_counted(chain):
    found = status(chain, PAIR, PAIR, {"order_id": "A1"}, {"order_id": "A2", "entry_type": "11"})
    assert (found["daily_limit"]["tested"], found["daily_limit"]["rows"], found["daily_limit"]["flags"]) == (
        "yes",
        3,
        1,
    )
    assert (found["order_split"]["tested"], found["order_split"]["rows"]) == ("yes", 1)
    assert chain.table("mart_typology_status").filter(typology="informal_entry_split")["note"].to_list() == [
        "by conveyance and consignee: not tested: no conveyance_id"
    ]


def test_a_rule_table_without_a_rule_leaves_its_typology_untested(chain, one_limit):
    found = status(chain, {"order_id": "A1"}, references={"ref_limits": one_limit("800", "USD")})
    assert found["order_split"]["tested"] == "not tested: no such rule on these days"

"""Goods that cannot have the exemption: int_goods__ineligible, int_members__ineligible_goods,
int_measures__ineligible_goods."""

from datetime import date

import polars as pl
import pytest

from analytics.rulebook import load_references
from tests.sql.chain import lines

SHIPPED = load_references().tables["ref_ineligible_goods"]
GIN = {"hts_code": "2208500000"}


def found(chain, *changes, **more):
    return chain.only("ineligible_goods", lines(*changes), **more)


def test_a_class_is_barred_from_its_first_number_to_its_last(chain):
    goods = [
        ({"hts_code": "2202999190"}, None),  # lemonade: just below the range
        ({"hts_code": "2203000030"}, "US-T14-TAX"),
        ({"hts_code": "2206009000"}, "US-T14-TAX"),
        ({"hts_code": "2207106010"}, None),  # between two ranges
        (GIN, "US-T14-TAX"),
        ({"hts_code": "2208"}, "US-T14-TAX"),
        ({"hts_code": "2209000000"}, None),
        ({"hts_code": "2402900000"}, "US-T14-TAX"),
        ({"hts_code": "4813100000"}, "US-T14-TAX"),
        ({"hts_code": "9303304010", "entry_type": "321"}, "US-T14-LICENCE"),
        ({"hts_code": "9303304010", "entry_type": "86"}, "US-T14-LICENCE"),
        ({"hts_code": "9307000000"}, None),  # swords
        ({"hts_code": "3303001000"}, None),  # flower water
        ({"hts_code": "3303003000", "declared_value": "5.00"}, None),
        ({"hts_code": "3303003000", "declared_value": "5.01"}, "US-T14-EXCLUSION"),
        ({"hts_code": "3600000000"}, None),
        ({"hts_code": "3604100000"}, "US-T14-HAZARD"),
        ({"hts_code": "8507500000"}, None),  # nickel batteries
        ({"hts_code": "8507600020"}, "US-T14-HAZARD"),
        ({"hts_code": "1701991090"}, "US-T14-QUOTA"),
        ({"hts_code": "1702302200"}, None),
        ({"hts_code": "0406103800"}, "US-T14-QUOTA"),
        ({"hts_code": "0407210020"}, None),  # eggs
        ({"hts_code": "3303003000", "is_gift": True, "declared_value": "5.00"}, None),
        ({"hts_code": "3303003000", "is_gift": True, "declared_value": "5.01"}, "US-T14-GIFT"),
        ({**GIN, "is_gift": True, "declared_value": "50"}, "US-T14-GIFT"),  # one flag, though two rows say so
        ({**GIN, "entry_type": "11"}, None),
        ({**GIN, "arrival_date": date(2025, 9, 15)}, None),  # nothing on offer: a suspended claim
        ({"hts_code": None}, None),
    ]
    found(chain, *(changes for changes, _ in goods))
    told = chain.table("int_measures__ineligible_goods").select("subject", "rule_id").rows()
    assert sorted(told) == sorted((f"shipment s{number}", rule) for number, (_, rule) in enumerate(goods, 1) if rule)


def test_goods_under_section_301_were_eligible_until_the_suspension(chain):
    goods = {"hts_code": "6110303053", "origin_country": "CN"}
    days = (date(2025, 1, 13), date(2025, 5, 1))
    assert not found(chain, *({**goods, "arrival_date": day} for day in days))


def case(**changes):
    row = SHIPPED.row(0, named=True) | {
        "kind": "antidumping",
        "goods": "wire hangers, A-570-918",
        "hts_from": "7326200020",
        "hts_to": "7326200020",
        "origin_country": "CN",
        "pool": None,
        "above_usd": None,
        "entry_types": None,
    }
    return {"ref_ineligible_goods": pl.DataFrame([row | changes], schema=SHIPPED.schema)}


@pytest.mark.parametrize(
    ("changes", "flagged"),
    [
        ({"origin_country": "CN"}, True),
        ({"origin_country": "VN"}, False),
        ({"origin_country": None}, False),
        ({"origin_country": "CN", "hts_code": "7326200035"}, False),
    ],
)
def test_a_case_of_the_users_own_is_about_an_origin_and_an_inference(chain, changes, flagged):
    flags = found(chain, {"hts_code": "7326200020", **changes}, references=case())
    assert bool(flags) is flagged
    for flag in flags:
        assert (flag["strength"], flag["rule_id"]) == ("inferred", "US-T14-ANTIDUMPING")
        assert "does not decide" in flag["counter_reasons"]


RELIEF = {"currency": "EUR", "declared_value": "60.00", "entry_type": "H7", "arrival_date": date(2026, 5, 5)}


def test_goods_that_a_regime_never_relieves(chain):
    changes = [
        {"hts_code": "330300"},
        {"hts_code": "220421"},
        {"hts_code": "330400"},
        {"hts_code": "330300", "entry_type": "H1"},
    ]
    flags = found(chain, *({**RELIEF, **change} for change in changes), regime="eu")
    told = {(flag["rule_id"], flag["strength"]) for flag in flags}
    assert told == {("GOODS-EXCLUSION", "inferred"), ("GOODS-TAX", "objective")}
    assert len(flags) == 2


@pytest.mark.parametrize(("regime", "tested"), [("eu", True), ("kr", False)])
def test_a_regime_without_a_list_of_goods_is_not_tested(chain, regime, tested):
    chain.run(lines({"hts_code": "330300", "currency": "USD", "declared_value": "9.00"}), regime=regime)
    (row,) = chain.table("int_typologies__matched_to_fields").filter(typology="ineligible_goods").rows(named=True)
    assert (row["obstacle"] != "no_goods") is tested


@pytest.mark.parametrize(
    ("goods", "strength"),
    [
        ({"hts_code": "7607116000", "origin_country": "CN"}, "inferred"),
        ({"hts_code": "7607116000", "origin_country": "VN"}, None),
        ({"hts_code": "7607200000", "origin_country": "CN"}, None),
        ({"hts_code": "8543400040"}, "supporting"),
        ({"hts_code": "8543300000"}, None),
        ({"hts_code": "2404120000"}, "supporting"),
    ],
)
def test_goods_of_orders_and_of_other_agencies_that_ship(chain, goods, strength):
    flags = found(chain, goods)
    assert [flag["strength"] for flag in flags] == ([strength] if strength else [])
    for flag in flags:
        assert ("asks data" in flag["reason"]) is (strength == "supporting")
        assert ("such goods may have it" in flag["counter_reasons"]) is (strength == "supporting")


def test_a_class_that_bars_comes_before_a_lead(chain):
    both = pl.concat([SHIPPED, case(hts_from="85434000", hts_to="85434000", kind="quota")["ref_ineligible_goods"]])
    (flag,) = found(
        chain, {"hts_code": "8543400040", "origin_country": "CN"}, references={"ref_ineligible_goods": both}
    )
    assert flag["rule_id"] == "US-T14-QUOTA"


def test_a_claim_that_is_only_assumed_makes_no_objective_flag(chain):
    (sure,), (assumed,) = found(chain, GIN), found(chain, {**GIN, "entry_type": None})
    assert (sure["strength"], assumed["strength"]) == ("objective", "inferred")
    assert sure["reason"] == (
        "The exemption is claimed for a shipment under tariff number 2208500000, spirits and liqueurs, "
        "which cannot have it."
    )
    assert chain.table("int_goods__ineligible").height == 2
    assert chain.table("int_members__ineligible_goods")["shipment_uid"].to_list() == ["s1"]

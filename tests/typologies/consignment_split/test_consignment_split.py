"""Units other than a person's day: int_shipments__grouped_by_consignment, int_crossings__consignment_split,
int_members__consignment_split, int_measures__consignment_split."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.rulebook import load_references
from tests.sql.chain import MONDAY, TUESDAY, cases_of, lines, side_by_side

USUAL = {"currency": "EUR", "declared_value": "100.00", "entry_type": "H7", "origin_country": "CN"}
BILL = {**USUAL, "house_bill": "HB1"}


def found(chain, *changes, usual=BILL, regime="eu", references=None):
    landed = lines(*({**usual, **change} for change in changes))
    return chain.run(landed, references, regime=regime).flags("consignment_split").rows(named=True)


def test_pieces_of_one_transport_document_over_the_limit_together(chain):
    (flag,) = found(chain, {}, {})
    assert (flag["regime"], flag["rule_id"], flag["strength"]) == ("eu", "EU-D-01", "objective")
    assert (flag["shipments"], flag["limit_amount"], flag["limit_currency"]) == (2, Decimal(150), "EUR")
    assert "2 shipments under one transport document for one consignee" in flag["reason"]
    assert chain.table("mart_flag_shipments").height == 2


def beside(chain, *cases, usual=BILL, regime="eu", references=None):
    """Flags of several cases, each with a consignee of its own."""
    landed = side_by_side(*([{**usual, **row} for row in case] for case in cases))
    return chain.run(landed, references, regime=regime).flags("consignment_split").sort("identity_id")


def test_below_at_and_above_the_limit(chain):
    values = ["74.99", "75.00", "75.01"]
    assert cases_of(beside(chain, *([{"declared_value": value}] * 2 for value in values))) == [2]


def test_what_is_no_piece_of_the_same_consignment(chain):
    seconds = [
        {},
        {"house_bill": "HB2"},
        {"house_bill": None},
        {"consignee_name": "Somebody Else"},
        {"entry_type": "H1"},
        {"exemption_claimed_declared": False},
    ]
    assert cases_of(beside(chain, *([{}, second] for second in seconds))) == [0]


def test_a_piece_over_the_limit_alone_is_set_aside(chain):
    assert not found(chain, {}, {"declared_value": "150.01"})
    (flag,) = found(chain, {}, {}, {"declared_value": "150.01"})
    assert flag["shipments"] == 2


def test_transaction_value_counts_and_a_proxy_is_told(chain):
    (flag,) = found(chain, {"customs_value": "60.00"}, {})
    assert "together worth 160.00" in flag["reason"]
    assert "For 1 of the shipments the declared value is used" in flag["counter_reasons"]


def test_gifts_have_a_limit_of_their_own(chain):
    (flag,) = found(chain, {"is_gift": True, "declared_value": "30.00"}, {"is_gift": True, "declared_value": "30.00"})
    assert (flag["rule_id"], flag["limit_amount"]) == ("EU-G-01", Decimal(45))


PARCEL = {**USUAL, "currency": "AUD", "declared_value": "600.00", "entry_type": "SAC", "shipper_name": "Seller Ltd",
          "conveyance_id": "QF1"}  # fmt: skip


def test_one_sender_one_recipient_one_conveyance(chain):
    seconds = [
        {},
        {"shipper_name": "SELLER LTD "},
        {"shipper_name": "Another"},
        {"conveyance_id": "QF2"},
        {"arrival_date": TUESDAY},
        {"shipper_name": None},
    ]
    flags = beside(chain, *([{}, second] for second in seconds), usual=PARCEL, regime="au")
    assert cases_of(flags) == [0, 1]
    assert flags["strength"].to_list() == ["objective", "objective"]


def test_without_the_conveyance_a_day_stands_in_and_the_flag_is_inferred(chain):
    (flag,) = found(chain, {}, {}, usual={**PARCEL, "conveyance_id": None}, regime="au")
    assert flag["strength"] == "inferred"
    assert "The conveyance is not known" in flag["counter_reasons"]


VESSEL = {**USUAL, "currency": "NZD", "declared_value": "600.00", "entry_type": "ICR", "conveyance_id": "V7",
          "mode": "ocean", "arrival_date": date(2021, 3, 1)}  # fmt: skip


def by_vessel():
    """A rule told from practice: what comes for one consignee on one vessel is added up."""
    limits = load_references().for_regime("nz").tables["ref_limits"]
    said = {"grouping_key": "conveyance_consignee", "confidence": "unverified"}
    return {"ref_limits": limits.with_columns(**{name: pl.lit(value) for name, value in said.items()})}


def test_each_consignment_to_new_zealand_is_taken_by_itself(chain):
    bills = [{"house_bill": "HB1"}, {"house_bill": "HB2"}]
    assert not found(chain, *bills, usual=VESSEL, regime="nz")
    assert len(found(chain, bills[0], bills[0], usual=VESSEL, regime="nz")) == 1


def test_a_rule_that_is_told_from_practice_is_no_ground_for_an_objective_flag(chain):
    (flag,) = found(chain, {}, {}, usual=VESSEL, regime="nz", references=by_vessel())
    assert flag["strength"] == "inferred"
    assert "no official text of it was seen" in flag["counter_reasons"]


def test_one_consignee_one_vessel_whoever_sent_it(chain):
    seconds = [{}, {"conveyance_id": "V8"}, {"conveyance_id": None}]
    pairs = ([{"shipper_name": "One"}, {"shipper_name": "Two", **second}] for second in seconds)
    assert cases_of(beside(chain, *pairs, usual=VESSEL, regime="nz", references=by_vessel())) == [0]


def test_the_status_says_what_it_was_tested_on_and_is_silent_where_no_unit_is_known(chain):
    found(chain, {}, {"house_bill": None})
    status = dict(chain.table("mart_typology_status").select("typology", "rows").rows())
    assert (status["consignment_split"], status["daily_limit"]) == (1, 0)
    chain.run(lines({}, {"arrival_date": MONDAY}))
    assert "consignment_split" not in chain.table("mart_typology_status")["typology"].to_list()


def test_without_what_tells_units_by_it_is_not_tested(chain):
    found(chain, {"house_bill": None})
    (status,) = chain.table("mart_typology_status").filter(typology="consignment_split").rows(named=True)
    assert status["tested"] == (
        "not tested: no house_bill, no conveyance_id, no seller_id, no seller_name, no shipper_name"
    )


def test_a_further_relief_is_tested_against_its_own_limit(chain):
    usual = {**BILL, "currency": "CAD", "declared_value": "30.00", "entry_type": "LVS", "export_country": "US"}
    (flag,) = found(chain, {}, {}, usual=usual, regime="ca")
    assert (flag["rule_id"], flag["limit_amount"]) == ("CA-T-01", Decimal(40))
    flags = found(chain, {"declared_value": "140.00"}, {"declared_value": "39.00"}, usual=usual, regime="ca")
    assert [flag["rule_id"] for flag in flags] == ["CA-D-01"]


def test_daily_totals_are_for_regimes_that_sum_by_day(chain):
    found(chain, {}, {})
    assert chain.table("mart_daily_totals").is_empty()
    assert chain.table("mart_flags").filter(pl.col("typology") != "consignment_split").is_empty()


@pytest.mark.parametrize(("value", "rules"), [("19.50", []), ("19.51", ["UK-G-01"])], ids=["at", "above"])
def test_gifts_to_great_britain(chain, value, rules):
    gift = {**BILL, "currency": "GBP", "declared_value": value, "entry_type": "H7", "is_gift": True}
    assert [flag["rule_id"] for flag in found(chain, {}, {}, usual=gift, regime="uk")] == rules


def test_a_relief_with_the_exemptions_own_limit_is_not_told_twice(chain):
    parcel = {**BILL, "currency": "GBP", "entry_type": "H7"}
    flags = found(chain, {}, {}, usual=parcel, regime="uk")
    assert [flag["rule_id"] for flag in flags] == ["UK-D-01"]  # and not UK-V-01 besides
    told = chain.table("int_conditions__matched_to_rules")
    assert "UK-V-01" in told["rule_id"].to_list()


@pytest.mark.parametrize(
    ("day", "rules"), [(date(2028, 6, 30), ["EU-D-02"]), (date(2028, 7, 1), ["EU-V-01"])], ids=["before", "after"]
)
def test_the_one_stop_shop_keeps_its_limit_when_the_flat_duty_ends(chain, day, rules):
    rates = pl.DataFrame({"currency": ["EUR", "USD"], "usd_per_unit": ["1.10", "1"]}).with_columns(
        pl.col("usd_per_unit").cast(pl.Decimal(18, 8)), valid_from=date(2000, 1, 1), valid_to=pl.lit(None, pl.Date)
    )
    parcel = {**BILL, "arrival_date": day}
    chain.run(lines(parcel, parcel), {"ref_fx_rates": rates}, regime="eu")
    assert chain.flags("consignment_split")["rule_id"].to_list() == rules

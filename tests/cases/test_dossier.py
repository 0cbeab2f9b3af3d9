"""A dossier holds what a case rests on, in the figures of the store."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.cases.dossier import dossier
from analytics.cases.words import INDICATOR

from .by_hand import CaseByHand

MARCH_31 = date(2025, 3, 31)


@pytest.fixture(scope="module")
def told(samples, case_of, silva):
    return dossier(samples, case_of(identity_id=silva), "C000001")


def test_opens_with_what_was_seen_and_what_is_not_claimed(told):
    assert told.sentences == [
        "4 packages worth $2,143.09 arrived on March 31, 2025 and carry 1 flag (daily limit)."
        " The largest excess over a limit is $1,343.09 on March 31, 2025; the limit is $800.00.",
        "Duty and fees of $340.84 (low $340.84; high not known) may be at issue under EO 14200 (2025-02-05);"
        f" 19 USC 1321(a)(2)(C); 19 CFR 10.151. {INDICATOR}",
    ]


def test_shipments_of_the_flags_come_with_the_others_of_the_consignee(told):
    flagged = told.shipments.filter(pl.col("in_flags") != "")
    assert (flagged.height, flagged["value_usd"].sum()) == (4, Decimal("2143.09"))
    assert told.shipments.height == 6
    assert told.shipments.equals(told.shipments.sort("arrival_date", "shipment_uid"))
    assert told.left_out == 0


def test_days_are_those_of_the_store(told, samples, silva):
    days = samples.table("daily_totals").filter(pl.col("identity_id") == silva).sort("arrival_date").collect()
    assert told.day_totals["total"].to_list() == days["total_amount"].to_list()
    assert told.day_totals.filter("is_over_limit")["day"].to_list() == [MARCH_31]


def test_members_show_how_they_differ_from_the_commonest(told):
    by_name = {row["consignee_name"]: json.loads(row["differences"]) for row in told.members.iter_rows(named=True)}
    assert by_name["THIIAGO D SILVA"]["name"] == ["THIIAGO"]
    assert told.members.filter("is_commonest")["shipments"].to_list() == [2]
    assert by_name["Silva, Thiago"]["phone"] == [], "a missing field differs by no word"


def test_links_come_weakest_first_with_both_sides(told):
    assert told.links["probability"].is_sorted()
    first = told.links.row(0, named=True)
    assert min(item["weight"] for item in json.loads(first["speaks_for"])) >= 0
    assert max(item["weight"] for item in json.loads(first["speaks_against"])) < 0


def test_money_is_that_of_the_store(told, samples):
    totals = told.exposure.filter(component="total", interpretation="all")
    assert totals.select("low_usd", "base_usd").row(0) == (Decimal("332.98"), Decimal("340.84"))
    assert told.owed["duty_base_usd"].sum() + told.owed["fee_usd"].sum() == told.disclosure.loss_base
    assert told.disclosure == samples.prior_disclosure(list(told.case.flag_ids))


def test_says_what_would_change_it(told):
    assert "The flag does not stand by date of order." in told.would_change
    assert [text for text in told.would_change if "weakest link" in text] == []


def test_a_case_that_hangs_on_one_link_names_it(samples, case_of):
    cut = samples.table("flag_cuts").filter(pl.col("cut") == "link").sort("flag_id").collect().row(0, named=True)
    flag = samples.table("flags").filter(pl.col("flag_id") == cut["flag_id"]).collect().row(0, named=True)
    told = dossier(samples, case_of(identity_id=flag["identity_id"]), "C000001")
    bridges = told.links.filter("is_bridge")
    assert bridges.height
    assert bridges.filter(alias_id_l=cut["alias_id_l"], alias_id_r=cut["alias_id_r"]).height == 1
    assert any(line.startswith("The weakest link of the identity joins") for line in told.would_change)


def test_a_flag_that_is_gone_stays_with_the_reason(samples, silva):
    told = dossier(samples, CaseByHand(subject_id=silva, gone_flag_ids=("f0123",)), "C000001")
    assert told.flags.filter("is_gone")["reason"].to_list() == ["No run of this store raises this flag."]
    assert told.sentences[0] == "The 1 flag of this case no longer stands."
    assert told.disclosure is None


def test_a_flag_that_a_dismissal_covers_counts_no_more(samples, case_of, silva):
    case = case_of(identity_id=silva)
    case.now(flag_ids=(), covered_flag_ids=case.case("C000001").flag_ids)
    told = dossier(samples, case, "C000001")
    assert told.flags.select("is_covered", "is_gone", "stands").rows() == [(True, False, False)]
    assert (told.disclosure, told.counter_evidence, told.exposure.height) == (None, [], 0)


def test_a_subject_that_is_no_more_leaves_an_empty_dossier(samples):
    told = dossier(samples, CaseByHand(subject_id="i0000000000000000", gone_flag_ids=("f0123",)), "C000001")
    assert (told.members.height, told.shipments.height, told.identity_lines) == (0, 0, {})


def test_shipments_set_aside_carry_their_reason(samples, case_of, silva):
    case = case_of(identity_id=silva)
    case.add("excluded", shipment_uid="5X0070237636", reason="returned to the seller")
    case.now(excluded_shipments=("5X0070237636",))
    told = dossier(samples, case, "C000001")
    aside = told.shipments.filter(~pl.col("is_included"))
    assert aside.select("shipment_uid", "exclude_reason").rows() == [("5X0070237636", "returned to the seller")]
    assert "1 package is set aside" in told.sentences[0]


def code_of(told, beginning):
    return told.answers.filter(pl.col("text").str.starts_with(beginning)).select("text", "code").row(0)


def test_a_sentence_keeps_its_code_when_its_figures_change(told, samples, case_of):
    other = dossier(samples, case_of(subject="order K18829, issuer S100336, standard, USD"), "C000001")
    (text, code), (other_text, other_code) = code_of(told, "Without "), code_of(other, "Without ")
    assert text != other_text
    assert code == other_code
    assert told.answers["code"].n_unique() == told.answers.height


def test_the_lots_of_an_order_are_beside_its_case_though_no_flag_is_left(samples, case_of):
    """BM774-1, -2 and -3 of one issuer: the subject names the order without its lots."""
    case = case_of(subject="order BM774, issuer BRISA MODA SRL, standard, USD")
    case.now(flag_ids=())
    told = dossier(samples, case, "C000001")
    assert told.shipments["order_id"].sort().to_list() == ["BM774-1", "BM774-2", "BM774-3"]
    assert set(told.shipments["in_flags"]) == {""}


def test_an_order_to_several_consignees_shows_each(samples, case_of):
    told = dossier(samples, case_of(subject="order K18829, issuer S100336, standard, USD"), "C000001")
    assert told.shipments.height == 3
    assert told.members["identity_id"].n_unique() == 3

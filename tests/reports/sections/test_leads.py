"""What stands beside the figures: reasons to look, and flags that are explained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections import number_of
from analytics.reports.sections.leads import SECTION as LEADS
from analytics.reports.sections.leads import measure_leads
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

WEEK = Period.of_week(date(2025, 3, 10))
SHIPMENTS = [{"shipment_uid": f"S{number}", "value_usd": "100.00"} for number in range(8)]


def lead(flag_id, typology="late_filing", **more):
    return {"flag_id": flag_id, "typology": typology, "strength": "supporting", "limit_amount": None, **more}


def store(*flags, members=(), **more):
    pairs = [{"flag_id": flag_id, "shipment_uid": uid} for flag_id, uid in members]
    return store_of(shipments=SHIPMENTS, flags=list(flags), flag_shipments=pairs, **more)


def test_a_reason_to_look_is_in_no_figure():
    made = store(lead("f1"), {"flag_id": "f2"}, members=[("f1", "S1"), ("f2", "S2")], exposure=[{"flag_id": "f2"}])
    contents = Contents(made, WEEK)
    assert (contents.headline.now.flags, contents.headline.now.flagged_shipments) == (1, 1)
    assert (contents.of(LEADS).flags, contents.of(LEADS).kinds["typology"].to_list()) == (1, ["late_filing"])
    assert (
        f"1 lead is listed separately and not counted in the totals (section {number_of('leads')})."
        in PAGE_ONE.says(contents.of(PAGE_ONE))
    )


def test_a_shipment_in_two_leads_of_a_kind_is_worth_its_value_once():
    made = store(lead("f1"), lead("f2"), lead("f3", "vague_description"),
                 members=[("f1", "S1"), ("f2", "S1"), ("f2", "S2"), ("f3", "S1")])  # fmt: skip
    kinds = measure_leads(read_tables(made), WEEK).kinds
    assert kinds.select("typology", "flags", "shipments", "value_usd").rows() == [
        ("late_filing", 2, 2, Decimal(200)),
        ("vague_description", 1, 1, Decimal(100)),
    ]
    assert all(kinds["at_stake"])


def test_of_many_leads_of_a_kind_those_that_rank_highest_are_shown():
    many = [lead(f"f{number}", score=number / 10) for number in range(6)]
    found = measure_leads(read_tables(store(*many, lead("g1", "address_hub", score=0.01))), WEEK)
    assert [card.flag["flag_id"] for card in found.cards] == ["f5", "f4", "f3", "f2", "g1"]
    assert found.flags == 7


def test_what_follows_from_figures_alone_comes_before_what_is_frequent():
    many = [lead(f"f{number}", "address_hub") for number in range(3)]
    found = measure_leads(read_tables(store(*many, lead("g1", "duplicate_entry", strength="objective"))), WEEK)
    assert found.kinds["typology"].to_list() == ["duplicate_entry", "address_hub"]


def test_a_lead_about_a_recipient_bears_its_name():
    made = store(lead("f1", "fictitious_consignee"), lead("f2", identity_id=None), identities=[{}])
    names = [card.flag["display_name"] for card in measure_leads(read_tables(made), WEEK).cards]
    assert sorted(names, key=str) == ["Maria Lopez", None]


def test_of_many_shipments_the_first_are_shown():
    found = measure_leads(read_tables(store(lead("f1"), members=[("f1", f"S{number}") for number in range(8)])), WEEK)
    assert [piece["shipment_uid"] for piece in found.cards[0].pieces] == [f"S{number}" for number in range(5)]


@pytest.mark.parametrize("typology", ["order_split", "address_hub"])
def test_what_is_explained_stands_apart_with_its_reason(typology):
    made = store({"flag_id": "f1", "typology": typology, "is_suppressed": True}, suppressions=[{"flag_id": "f1"}])
    contents = Contents(made, WEEK)
    assert (contents.headline.now.flags, contents.of(LEADS).flags) == (0, 0)
    (flag,) = contents.of(LEADS).explained
    assert flag["reasons"][0]["reason"] == "No two of the shipments could have traveled as one."
    assert contents.of(LEADS).shown_explained == [flag]


def test_other_weeks_stay_out():
    made = store(lead("f1", window_end=date(2025, 3, 17)), {"flag_id": "f2", "is_suppressed": True,
                                                            "window_end": date(2025, 3, 9)})  # fmt: skip
    found = measure_leads(read_tables(made), WEEK)
    assert (found.flags, found.cards, found.explained) == (0, [], [])

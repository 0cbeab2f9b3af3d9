"""Pairs on which a possible_daily_limit flag rests are asked about first, and an answer settles the flag."""

from __future__ import annotations

import csv

import pytest

import analytics
from analytics.review.proposals import proposals

HEADINGS = (
    "shipment_id", "arrival_date", "consignee_name", "consignee_address", "consignee_postal_code", "consignee_phone",
    "consignee_email", "declared_value", "entry_type", "mode", "origin_country",
)  # fmt: skip
KNOWN = ("86", "air", "DE")
FACES = [
    ("S1", "2025-03-14", "Tamsin Okafor", "41 Larkspur Rd", "50309", "515-555-0142", "", "300.00"),
    ("S2", "2025-03-14", "T.O kafor", "41 Larkspur Road", "50309", "515-555-0143", "", "550.00"),
    ("S3", "2025-03-14", "Ingrid Dallimore", "7 Quarry Ln", "97201", "503-555-0111", "", "450.00"),
    ("S4", "2025-03-14", "I.D allimore", "7 Quarry Lane", "97201", "503-555-0171", "", "790.00"),
]
CROWD = [
    (f"C{at}", f"2025-03-{1 + at % 28:02}", f"Person{chr(97 + at)} Stranger", f"{at} Elm St", "62704", "", "", "15.00")
    for at in range(26)
]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leads")
    with (folder / "in.csv").open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADINGS)
        writer.writerows((*row, *KNOWN) for row in FACES + CROWD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        yield analytics.screen(folder / "in.csv", folder / "store")


def leads(store):
    return store.table("flags").collect().filter(typology="possible_daily_limit")


def of_alias(store):
    return dict(store.table("aliases").select("alias_id", "consignee_name").collect().iter_rows())


def test_leads_stand_beside_and_in_no_total(store):
    from analytics.reports.tables import read_tables

    tables = read_tables(store)
    assert leads(store).height == tables.leads.height == 2
    assert "possible_daily_limit" not in tables.flags["typology"].to_list()
    assert set(leads(store)["strength"]) == {"inferred"}
    assert set(store.table("exposure").collect()["base_usd"]) == {0}


def test_the_pairs_of_leads_are_asked_first_and_the_dearest_before_the_others(store):
    names = of_alias(store)
    first, second = ({names[alias] for alias in pair} for pair in proposals(store, 2))
    assert first == {"Ingrid Dallimore", "I.D allimore"}
    assert second == {"Tamsin Okafor", "T.O kafor"}


def test_a_lead_is_explained(store):
    flag = leads(store)["flag_id"][0]
    text = str(store.explain(flag))
    assert "only if these identities are one party" in text
    assert "never for identity" in text


def test_answers_settle_leads(store):
    (one, other), (same, too) = proposals(store, 2)
    store.judge(one, other, "different", by="tester")
    store.judge(same, too, "same", by="tester")
    again = analytics.screen(store=store.root)
    assert leads(again).is_empty()
    daily = again.table("flags").collect().filter(typology="daily_limit")
    assert [str(total) for total in daily["total_usd"]] == ["850.00"]

"""One flag after another, with everything needed to judge it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from analytics.reports.evidence import measure_evidence
from analytics.reports.periods import Period
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

WEEK = Period.of_week(date(2025, 3, 10))


def written_twice(**flag):
    return store_of(
        shipments=[
            {"shipment_uid": "S1", "alias_id": "a1", "consignee_name": "Maria Lopez",
             "consignee_address": "12 Elm Street", "value_usd": "300.00", "carrier_code": "UPSN"},
            {"shipment_uid": "S2", "alias_id": "a1", "consignee_name": "Maria Lopez",
             "consignee_address": "12 Elm Street", "value_usd": "300.00", "carrier_code": "FDEG"},
            {"shipment_uid": "S3", "alias_id": "a2", "consignee_name": "LOPEZ, M.", "consignee_address": "12  Elm St",
             "value_usd": "350.00"},
        ],
        flags=[{"attributes": '{"would_exact_name_show_it": false}', **flag}],
        flag_shipments=[{"shipment_uid": uid} for uid in ("S1", "S2", "S3")],
        exposure=[
            {"assumptions": '["General rate only."]'},
            {"reading": "tipping", "component": "duty", "base_usd": None, "assumptions": '["General rate only."]'},
        ],
        identities=[{}],
        identity_links=[
            {"alias_id_r": "a2", "probability": 0.91, "evidence": json.dumps([{"feature": "street"}])},
            {"alias_id_r": "a3", "probability": 0.2},
        ],
        date_sensitivity=[{}, {"date_basis": "order", "is_over_limit": None, "days": None}],
    )  # fmt: skip


def test_shows_how_the_spellings_differ():
    card = measure_evidence(read_tables(written_twice()), WEEK).cards[0]
    first, second = card.spellings
    assert (first.pieces, first.total_usd, first.carriers) == (2, Decimal(600), ["FDEG", "UPSN"])
    assert not any(mark.is_different for mark in [*first.name, *first.address])
    assert [(mark.word, mark.is_different) for mark in second.name] == [("LOPEZ,", False), ("M.", True)]
    assert [(mark.word, mark.is_different) for mark in second.address] == [("12", False), ("Elm", False), ("St", True)]


def test_shows_the_weakest_link_among_the_spellings_of_the_flag_only():
    card = measure_evidence(read_tables(written_twice()), WEEK).cards[0]
    assert (card.weakest["probability"], card.weakest["evidence"]) == (0.91, [{"feature": "street"}])


def test_costs_are_sorted_by_reading_and_say_once_what_they_assume():
    card = measure_evidence(read_tables(written_twice()), WEEK).cards[0]
    assert {reading: list(row) for reading, row in card.costs.items()} == {"all": ["value"], "tipping": ["duty"]}
    assert card.assumptions == ["General rate only."]
    assert [row["date_basis"] for row in card.dates] == ["arrival", "order"]


def test_flags_that_exact_names_would_not_show_are_clusters():
    found = measure_evidence(read_tables(written_twice()), WEEK)
    assert [card.flag["flag_id"] for card in found.clusters] == ["f1"]
    seen = measure_evidence(read_tables(written_twice(attributes='{"would_exact_name_show_it": true}')), WEEK)
    assert (seen.clusters, seen.hidden_flags, seen.flags) == ([], 0, 1)


def test_other_weeks_stay_out():
    assert measure_evidence(read_tables(written_twice(window_end=date(2025, 3, 17))), WEEK).cards == []


def test_many_flags_and_pieces_are_cut_and_counted():
    numbers = range(230)
    store = store_of(
        shipments=[{"shipment_uid": f"S{number:03d}"} for number in range(30)],
        flags=[{"flag_id": f"f{number:03d}", "shipments": 30, "excess_usd": f"{number}.00"} for number in numbers],
        flag_shipments=[{"flag_id": "f229", "shipment_uid": f"S{number:03d}"} for number in range(30)],
    )
    found = measure_evidence(read_tables(store), WEEK)
    assert (len(found.cards), found.flags) == (150, 230)
    assert (found.cards[0].flag["flag_id"], len(found.cards[0].pieces)) == ("f229", 10)


def test_a_frequent_kind_does_not_crowd_out_a_rare_one():
    flags = [
        {"flag_id": f"f{number:03d}", "typology": "suspended_claim", "excess_usd": "900.00"} for number in range(200)
    ]
    flags += [{"flag_id": "rare", "typology": "order_split", "excess_usd": "1.00"}]
    cards = measure_evidence(read_tables(store_of(flags=flags)), WEEK).cards
    assert (len(cards), cards[-1].flag["flag_id"]) == (150, "rare")

"""What the page says in words."""

from __future__ import annotations

from datetime import date

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sentences import bottom_line, decisions, tiles
from tests.reports.fake_store import store_of

WEEK = Period.of_week(date(2025, 3, 10))
SPLIT = {
    "shipments": [
        {"shipment_uid": "S1", "value_usd": "450.00", "identity_id": "i1", "seller_name": "Lumen"},
        {"shipment_uid": "S2", "value_usd": "450.00", "identity_id": "i1", "seller_name": "Lumen"},
        {"shipment_uid": "S3", "value_usd": "799.00", "identity_id": "i1", "seller_name": "Lumen"},
    ],
    "flags": [{"attributes": '{"would_exact_name_show_it": false}'}],
    "flag_shipments": [{"shipment_uid": "S1"}, {"shipment_uid": "S2"}],
    "exposure": [{}],
    "daily_totals": [{}],
}


def test_the_bottom_line_holds_the_numbers():
    assert bottom_line(Contents(store_of(**SPLIT), WEEK)) == [
        "March 10\u201316, 2025: 1 flag, on 2 shipments of 3 that arrived.",
        "At issue: $900 if all shipments of a flag lose the exemption or informal entry, between $400 and $900 over "
        "the interpretations of the law.",
        "Behind them: 1 consignee, none of them also flagged in the eight weeks before.",
        "Not seen by comparing names and addresses as they are written: 1 of 1 flag about one consignee; section 5 "
        "shows how they differ.",
    ]


def test_what_figures_decide_is_kept_apart_from_what_needs_more():
    two = {
        **SPLIT,
        "flags": [{"flag_id": "f1"}, {"flag_id": "f2", "strength": "inferred"}],
        "flag_shipments": [{"flag_id": "f1", "shipment_uid": "S1"}, {"flag_id": "f2", "shipment_uid": "S2"}],
        "exposure": [
            {"flag_id": "f1", "floor_usd": "0.00", "base_usd": "400.00", "ceiling_usd": "400.00"},
            {"flag_id": "f2", "floor_usd": "0.00", "base_usd": "300.00", "ceiling_usd": "300.00"},
        ],
    }
    (line,) = [line for line in bottom_line(Contents(store_of(**two), WEEK)) if line.startswith("Of it")]
    assert line == (
        "Of it: 1 objective flag with $400 and 1 inferred flag with $300; an inferred flag needs a match or a reading "
        "that the figures do not prove."
    )


def test_what_was_not_tested_is_said():
    status = [{"typology": "order_split", "tested": "not tested: no order_id"}]
    lines = bottom_line(Contents(store_of(**SPLIT, typology_status=status), WEEK))
    assert lines[-1] == "Not known: Order in lots (not tested: no order_id)."


def test_a_quiet_week_is_one_sentence_about_flags():
    lines = bottom_line(Contents(store_of(shipments=[{}]), WEEK))
    assert lines == ["March 10\u201316, 2025: no flags, on 1 shipment."]


def test_decisions_name_the_first_party_and_the_identities_to_check():
    flags = [{"flag_id": name, "attributes": '{"would_exact_name_show_it": false}'} for name in ("f1", "f2")]
    members = [{"flag_id": "f1", "shipment_uid": "S1"}, {"flag_id": "f2", "shipment_uid": "S2"}]
    points = decisions(Contents(store_of(**{**SPLIT, "flags": flags, "flag_shipments": members}), WEEK))
    assert points[0].startswith("Whether to speak to seller Lumen: 2 of its 3 shipments")
    assert "section 5" in points[1]


def test_tiles_show_a_dash_where_there_are_no_data():
    found = tiles(Contents(store_of(**SPLIT), WEEK))
    assert [(tile.label, tile.figure, tile.before, tile.usual) for tile in found[:2]] == [
        ("Flags", "1", "\u2013", "\u2013"),
        ("Value at issue", "$900", "\u2013", "\u2013"),
    ]

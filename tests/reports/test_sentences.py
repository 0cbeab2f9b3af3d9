"""What the page says in words."""

from __future__ import annotations

from datetime import date

from analytics.reports.captions import (
    bunching_text,
    clues,
    concentration_text,
    cost_parts,
    facts,
    file_name,
    likelihood,
    question,
    typologies_text,
    way,
)
from analytics.reports.measures import measure
from analytics.reports.periods import Period
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
    assert bottom_line(measure(store_of(**SPLIT), WEEK)) == [
        "10\u201316 March 2025: 1 flag, on 2 shipments of 3 that arrived.",
        "At issue: $900 if all pieces of a flag lose the exemption, between $400 and $900 over the readings of "
        "the law.",
        "Behind them: 1 recipient, none of them also flagged in the eight weeks before.",
        "Not seen by comparing names and addresses as they are written: 1 of 1 flag about one recipient; section 5 "
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
    (line,) = [line for line in bottom_line(measure(store_of(**two), WEEK)) if line.startswith("Of it")]
    assert line == (
        "Of it: 1 objective flag with $400 and 1 inferred flag with $300; an inferred flag needs a match or a reading "
        "that the figures do not prove."
    )


def test_what_was_not_tested_is_said():
    status = [{"typology": "order_split", "tested": "not tested: no order_id"}]
    lines = bottom_line(measure(store_of(**SPLIT, typology_status=status), WEEK))
    assert lines[-1] == "Not known: Order in lots (not tested: no order_id)."


def test_a_quiet_week_is_one_sentence_about_flags():
    lines = bottom_line(measure(store_of(shipments=[{}]), WEEK))
    assert lines == ["10\u201316 March 2025: no flags, on 1 shipment."]


def test_decisions_name_the_first_party_and_the_identities_to_check():
    flags = [{"flag_id": name, "attributes": '{"would_exact_name_show_it": false}'} for name in ("f1", "f2")]
    members = [{"flag_id": "f1", "shipment_uid": "S1"}, {"flag_id": "f2", "shipment_uid": "S2"}]
    points = decisions(measure(store_of(**{**SPLIT, "flags": flags, "flag_shipments": members}), WEEK))
    assert points[0].startswith("Whether to speak to seller Lumen: 2 of its 3 shipments")
    assert "section 5" in points[1]


def test_tiles_show_a_dash_where_there_are_no_data():
    found = tiles(measure(store_of(**SPLIT), WEEK))
    assert [(tile.label, tile.figure, tile.before, tile.usual) for tile in found[:2]] == [
        ("Flags", "1", "\u2013", "\u2013"),
        ("Value at issue", "$900", "\u2013", "\u2013"),
    ]


def test_captions_say_what_the_charts_show():
    measures = measure(store_of(**SPLIT, typology_status=[{}]), WEEK)
    assert "1 shipment over $750.00 and up to $800.00" in bunching_text(measures)
    assert (
        typologies_text(measures)
        == "Flags of the last quarter: Daily limit 1. Every kind that puts a value at issue was tested."
    )
    assert "Half of the value at issue lies with 1 of them" in concentration_text(measures)


def test_facts_are_labelled_and_what_says_nothing_is_left_out():
    attributes = {"would_exact_name_show_it": False, "mail_mixed": False, "carriers": 2, "sellers": 1,
                  "oversize_count": 1, "way": "conveyance_consignee", "unknown": None}  # fmt: skip
    assert facts(attributes) == [
        ("Shown by exact match", "no"),
        ("Carriers", "2"),
        ("Set aside, over the limit alone", "1"),
        ("Way", "conveyance consignee"),
    ]


def test_clues_are_the_heaviest_on_either_side():
    evidence = [
        {"feature": "prior", "left": None, "right": None, "weight": -9.0, "text": "Before anything is compared."},
        {"feature": "email", "left": None, "right": "a@b", "weight": -3.0, "text": "E-mail: only one is known."},
        {"feature": "house", "left": "1", "right": "1", "weight": 1.5, "text": "House numbers: the same."},
        {"feature": "phone", "left": "1", "right": "1", "weight": 8.1, "text": "Telephone numbers, shared: the same."},
        {"feature": "given_name", "left": "m", "right": "maria", "weight": -1.2, "text": "Given names: an initial."},
    ]
    assert clues(evidence) == "For it: phone (the same); house (the same). Against it: given name (an initial)"
    assert clues([]) == ""


def test_what_shrinks_a_probability_is_told_though_it_compares_nothing():
    text = "Told as 0.71: in public files too few matches that rest on a name are one consignee."
    evidence = [
        {"feature": "phone", "left": "1", "right": "1", "weight": 7.0, "text": "Phones: the same."},
        {"feature": "calibration", "left": None, "right": None, "weight": -5.0, "text": text},
    ]
    assert clues(evidence) == (
        "For it: phone (the same). Against it: calibration (in public files too few matches that rest on a name are "
        "one consignee)"
    )


def test_a_likelihood_is_never_rounded_up_to_certainty():
    assert [likelihood(value) for value in (0.91234, 0.999, 0.99996)] == ["91.2%", "99.9%", "over 99.9%"]


def test_a_way_is_what_is_known_of_it():
    known = {"carrier_code": "5X", "port_of_entry": None, "mode": "air", "origin_country": "KR"}
    assert way(known) == "5X \u00b7 air \u00b7 KR"


def test_cost_parts_are_in_reading_order():
    assert cost_parts({"all": {"total": {}, "duty": {}}, "lots": {"value": {}}}) == ["value", "duty", "total"]


def test_questions_follow_role_and_kind():
    assert "single orders" in question("seller", "order_split")
    assert "none is available" in question("filer", "suspended_claim")
    assert question("carrier", "daily_limit") != question("filer", "daily_limit")


def test_only_the_name_of_a_file_is_shown():
    assert [file_name(path) for path in ("/home/a/w.csv", "C:\\data\\w.csv", "w.csv")] == ["w.csv"] * 3

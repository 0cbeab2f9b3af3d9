"""Words that several sections share."""

from __future__ import annotations

import pytest

from analytics.reports.captions import facts, file_name, stands, way


def test_facts_are_labelled_and_what_says_nothing_is_left_out():
    attributes = {"would_exact_name_show_it": False, "mail_mixed": False, "carriers": 2, "sellers": 1,
                  "oversize_count": 1, "way": "conveyance_consignee", "unknown": None}  # fmt: skip
    assert facts(attributes) == [
        ("Shown by exact match", "no"),
        ("Carriers", "2"),
        ("Set aside, over the limit alone", "1"),
        ("Way", "conveyance consignee"),
    ]


def test_a_way_is_what_is_known_of_it():
    known = {"carrier_code": "5X", "port_of_entry": None, "mode": "air", "origin_country": "KR"}
    assert way(known) == "5X \u00b7 air \u00b7 KR"


def test_only_the_name_of_a_file_is_shown():
    assert [file_name(path) for path in ("/home/a/w.csv", "C:\\data\\w.csv", "w.csv")] == ["w.csv"] * 3


@pytest.mark.parametrize(
    ("survives", "says"), [(None, "not tested"), (1.0, "at any threshold"), (0.8, "up to a threshold of 0.8")]
)
def test_a_flag_says_up_to_where_it_stands(survives, says):
    assert stands({"survives_to_threshold": survives}).startswith(says)

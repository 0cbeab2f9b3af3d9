"""The strip of figures, and how far page one says that they go."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections import number_of
from analytics.reports.sections.page_one import SECTION
from analytics.reports.sections.page_one.words import certainty, coverage_sentence, privilege, said
from tests.reports.fake_store import store_of

WEEK = Period.of_week(date(2025, 3, 10))
SPLIT = {
    "shipments": [
        {"shipment_uid": f"S{place}", "value_usd": value, "identity_id": "i1"}
        for place, value in ((1, "450.00"), (2, "450.00"), (3, "799.00"))
    ],
    "flags": [{"attributes": '{"would_exact_name_show_it": false}'}],
    "flag_shipments": [{"shipment_uid": "S1"}, {"shipment_uid": "S2"}],
    "exposure": [{}],
}


def page_of(**more):
    return Contents(store_of(**{**SPLIT, **more}), WEEK).of(SECTION)


def test_tiles_show_a_dash_where_there_are_no_data():
    assert [(tile.label, tile.figure, tile.before, tile.usual) for tile in page_of().tiles[:2]] == [
        ("Flags", "1", "\u2013", "\u2013"),
        ("Value at issue", "$900", "\u2013", "\u2013"),
    ]


def test_consignees_and_what_exact_comparison_would_miss():
    assert certainty(page_of()) == [
        "1 consignee flagged; the store has no whole week before to compare with.",
        "Exact comparison of names and addresses would miss 1 of 1 flag about one consignee (section "
        f"{number_of('identities')}).",
    ]


def test_what_figures_decide_is_kept_apart_from_what_needs_more():
    page = page_of(
        flags=[{"flag_id": "f1"}, {"flag_id": "f2", "strength": "inferred"}],
        flag_shipments=[{"flag_id": "f1", "shipment_uid": "S1"}, {"flag_id": "f2", "shipment_uid": "S2"}],
        exposure=[
            {"flag_id": "f1", "floor_usd": "0.00", "base_usd": "400.00", "ceiling_usd": "400.00"},
            {"flag_id": "f2", "floor_usd": "0.00", "base_usd": "300.00", "ceiling_usd": "300.00"},
        ],
    )
    assert certainty(page)[0] == (
        "1 objective flag with $400 and 1 inferred flag with $300: an inferred flag rests on a match or an "
        "interpretation that is not proven."
    )


STATUS = {
    "most": {"typology": "daily_limit", "rows": 9, "shipments": 10},
    "some": {"typology": "order_split", "rows": 5, "shipments": 10},
    "none": {"typology": "suspended_claim", "tested": "not tested: no origin_country", "rows": 0, "shipments": 10},
    "lead": {"typology": "late_filing", "tested": "not tested: no declared_at", "rows": 0, "shipments": 10},
}


@pytest.mark.parametrize(
    ("tested", "sentence"),
    [
        (["most", "some", "none", "lead"],
         "Coverage, of typologies that put a value at issue: 2 of 3 tested. Shipments that could be tested: 50% (Order "
         "in lots) to 90% (Daily limit). Not tested: Suspended claim (no origin_country)."),
        (["most"], "Coverage, of typologies that put a value at issue: 1 of 1 tested. Shipments that could be tested: "
                   "90% (Daily limit)."),
        (["none"], "Coverage: no typology that puts a value at issue was tested."),
    ],
)  # fmt: skip
def test_coverage_names_the_least_and_the_most_tested_and_what_was_not(tested, sentence):
    assert coverage_sentence(page_of(typology_status=[STATUS[name] for name in tested])) == sentence


def test_privilege_is_claimed_only_where_it_is_asked_for():
    off = page_of()
    on = Contents(store_of(**SPLIT), WEEK, is_privileged=True).of(SECTION)
    assert (privilege(off), privilege(on)) == (
        "Not marked as privileged.",
        "Prepared at the request of counsel. Privileged and confidential.",
    )
    assert not [line for line in said(off) if "counsel." in line]
    assert said(on)[0] == privilege(on)

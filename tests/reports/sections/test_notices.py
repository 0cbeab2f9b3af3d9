"""Notices of customs and flags, two by two; the lists of misses are those of the thirteen weeks."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analytics.reports import report
from analytics.reports.section import Contents
from analytics.reports.sections.notices import SECTION
from tests.reports.fake_store import store_of
from tests.reports.sections.page_one.made import WEEK

DAY = date(2025, 5, 7)
BEFORE = date(2025, 2, 9)  # a Sunday; the thirteen weeks begin on the Monday after
SHIPMENTS = [
    {"shipment_uid": uid, "shipment_id": uid, "arrival_date": day, "identity_id": "i1", "house_bill": f"HB-{uid}"}
    for uid, day in [("A", DAY), ("B", DAY), ("C", DAY), ("D", DAY - timedelta(days=7)), ("E", DAY), ("F", BEFORE)]
]
STORE = {
    "shipments": [*SHIPMENTS, {**SHIPMENTS[0], "shipment_uid": "G", "house_bill": None, "exemption_claimed": False}],
    "flags": [{"flag_id": "f1"}, {"flag_id": "f2", "is_suppressed": True}],
    "flag_shipments": [
        *({"flag_id": "f1", "shipment_uid": uid} for uid in "ABF"), {"flag_id": "f2", "shipment_uid": "C"},
    ],
    "daily_totals": [{"arrival_date": DAY}],
    "notices": [
        {"bill": "hba", "code": "4M", "notice_date": DAY}, {"bill": "D", "code": "2M", "notice_date": DAY},
        {"bill": "HB C", "code": "4M", "notice_date": DAY}, {"bill": "NONE", "code": "4M", "notice_date": DAY},
        {"bill": "NONE", "code": "4M", "notice_date": BEFORE},
    ],
}  # fmt: skip


def measured(**changes):
    store = store_of(**{**STORE, **changes})
    store.tables["shipments"] = store.tables["shipments"].with_columns(pool=pl.lit("standard"))
    return Contents(store, WEEK).of(SECTION)


@pytest.fixture(scope="module")
def found():
    return measured()


def test_the_square_counts_claimed_shipments_of_thirteen_weeks(found):
    assert found.weeks.rows() == [(date(2025, 4, 28), 0, 0, 1, 0), (date(2025, 5, 5), 1, 1, 1, 1)]
    square, *_ = SECTION.tables(found)
    assert square.rows == [["Flagged", "1", "1"], ["Not flagged", "2", "1"]]


def test_both_kinds_of_miss_have_a_reason_and_no_explained_flag_is_ours(found):
    assert found.missed_by_us.select("bill", "why").rows() == [
        ("D", "no exemption was available on its day"),
        ("HB C", "flagged, and explained by what its shipments show"),
        ("NONE", "no such bill in the data"),
    ]
    assert found.missed_by_them.select("flag_id", "shipment_id", "why").rows() == [
        ("f1", "B", "another shipment of the flag was noticed")
    ]


def test_words_say_how_far_they_agree(found):
    (chart,) = SECTION.charts(found)
    assert chart.text == (
        "Of 5 shipments that claimed the exemption, arrived February 10 – May 11, 2025, 1 were both flagged and "  # noqa: RUF001
        "noticed, 1 flagged only, 2 noticed only, 1 neither. Flags cover 33% of the noticed shipments; notices cover "
        "50% of the flagged ones."
    )
    assert [table.title for table in SECTION.tables(found)] == [
        "Shipments that claimed the exemption", "Noticed and not flagged: 3", "Flagged and not noticed: 1",
        "Codes of all notices",
    ]  # fmt: skip


def test_a_long_list_is_cut_and_says_so():
    bills = [{"bill": f"X{number:02d}", "notice_date": DAY} for number in range(21)]
    found = measured(notices=bills)
    missed = SECTION.tables(found)[1]
    assert (missed.title, len(missed.rows)) == ("Noticed and not flagged: 21, the first 20", 20)


def test_without_notices_the_section_says_how_to_bring_them(tmp_path):
    page = report(store_of(shipments=[{}]), out=tmp_path / "r.html").read_text()
    assert (
        "This store has no notice of customs. Bring them as CSV with bill, code and date: splitship reconcile "
        "NOTICES.csv"
    ) in page

"""What each typology raised and what people decided of it, counted by hand; explained flags are in no figure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analytics.reports.section import Contents
from analytics.reports.sections.rule_performance import SECTION
from tests.reports.book import book_of, case
from tests.reports.fake_store import store_of
from tests.reports.sections.page_one.made import WEEK

DAY = date(2025, 5, 7)
FLAGS = [
    ("f1", "daily_limit", "i1", {}, "AB"),
    ("f2", "daily_limit", "i1", {"window_end": DAY - timedelta(days=7)}, "CD"),
    (
        "f3",
        "daily_limit",
        "i2",
        {"window_end": DAY - timedelta(days=90)},
        "EF",
    ),  # the thirteenth week back begins later
    ("f4", "daily_limit", "i3", {}, "GH"),
    ("f5", "daily_limit", "i4", {"is_suppressed": True}, "IJ"),
    ("f6", "order_split", "i1", {}, "BX"),
    ("f7", "informal_entry_split", "i5", {"strength": "supporting"}, "GY"),
]


def store(**more):
    uids = sorted({uid for *_, held in FLAGS for uid in held})
    flags = [
        {"flag_id": flag, "typology": typology, "identity_id": who, "window_end": DAY, **changes}
        for flag, typology, who, changes, _ in FLAGS
    ]
    held = [{"flag_id": flag, "shipment_uid": uid} for flag, *_, uids_of in FLAGS for uid in uids_of]
    return store_of(flags=flags, flag_shipments=held, shipments=[{"shipment_uid": uid} for uid in uids], **more)


def measured(*cases, **more):
    return Contents(store(**more), WEEK, book_of(*cases)).of(SECTION)


def closed(number, outcome, *flags, **more):
    return case(f"C{number:06d}", ("2025-05-12", "new"), ("2025-05-14", "closed"), outcome=outcome,
                flag_ids=list(flags), **more)  # fmt: skip


def test_what_each_typology_raised_in_thirteen_weeks():
    found = measured()
    assert found.weeks == 13
    assert found.raised.rows() == [
        ("daily_limit", 3, 0, 2, 0.5, 2, "informal_entry_split"),
        ("order_split", 1, 0, 1, 0.0, 1, "daily_limit"),
        ("informal_entry_split", 0, 1, 1, 0.0, 1, "daily_limit"),
    ]


@pytest.mark.parametrize(("cases", "precision"), [(9, None), (10, 0.8)])
def test_a_precision_is_given_from_ten_closed_cases_on(cases, precision):
    decided = measured(*[closed(number, "dismissed" if number < 2 else "corrected_forward", "f1")
                         for number in range(cases)]).decided  # fmt: skip
    row = decided.row(0, named=True)
    assert (row["closed"], row["dismissed"], row["confirmed"]) == (cases, 2, cases - 2)
    assert row["precision"] == precision
    ends = (0.4902, 0.9433) if precision else (None, None)  # Wilson, 8 of 10
    assert (row["low"], row["high"]) == pytest.approx(ends, abs=1e-4)


def test_a_case_counts_once_for_each_typology_of_its_flags_and_never_for_an_explained_one():
    ended = [closed(1, "dismissed", "f1", "f2", "f6"), closed(2, "disclosure_filed", "f5"), closed(3, "joined", "f1")]
    decided = measured(*ended, case("C000004", ("2025-05-12", "new"), flag_ids=["f1"])).decided
    assert decided.select("typology", "closed", "dismissed", "confirmed").rows() == [
        ("daily_limit", 1, 1, 0), ("order_split", 1, 1, 0),
    ]  # fmt: skip


def tunings(*, judged):
    drawn = [{"candidate_id": f"c{number:02d}"} for number in range(20)]
    return [*drawn, *({**row, "event": "judged", "verdict": "no"} for row in drawn[:judged])]


@pytest.mark.parametrize(
    ("judged", "share", "words"),
    [(20, 0.1391, "at most 14% of 400 missed (t0001, 20 judged)"), (19, None, "t0001: 19 of 20 judged, no bound yet")],
)
def test_a_sample_below_the_line_gives_its_bound_once_it_is_judged(judged, share, words):
    found = measured(tunings=tunings(judged=judged))
    (row,) = found.decided.iter_rows(named=True)
    assert row["missed_share"] == pytest.approx(share, abs=1e-4)
    (_, table) = SECTION.tables(found)
    assert table.rows == [["Daily limit", "0", "0", "0", "not enough closed: 0 of 10", words]]


def test_a_chart_shows_precision_on_its_interval():
    cases = [closed(number, "dismissed" if number < 2 else "corrected_forward", "f1") for number in range(10)]
    (chart,) = SECTION.charts(measured(*cases))
    assert chart.rows == [["Daily limit", "10", "8", "80%", "49%", "94%"]]
    assert chart.text.startswith("Share of closed cases that were not dismissed, of 1 typology with enough of them")


def test_an_empty_store_has_neither_table_nor_chart():
    found = Contents(store_of(), WEEK).of(SECTION)
    assert (found.raised.height, found.decided.height) == (0, 0)
    assert not SECTION.tables(found)
    assert not SECTION.charts(found)

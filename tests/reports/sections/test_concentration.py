"""How few hold how much, and where, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analytics.reports.as_json import plain
from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.concentration import SECTION
from analytics.reports.sections.concentration.measures import measure_concentration
from analytics.reports.tables import read_tables
from analytics.reports.wording import DASH
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)
EXCESS = {"i1": "600.00", "i2": "200.00", "i3": "100.00", "i4": "100.00"}
FLAGS = [
    {"flag_id": f"f{person}", "identity_id": person, "excess_usd": value, "window_end": MONDAY}
    for person, value in EXCESS.items()
]


def measured(**rows):
    return measure_concentration(read_tables(store_of(**{"flags": FLAGS, **rows})), WEEK)


def shipped(*rows):
    return [
        {"shipment_uid": f"S{number}", "shipment_id": f"S{number}", "identity_id": "i1", **row}
        for number, row in enumerate(rows)
    ]


def test_orders_consignees_by_value_and_finds_who_holds_half():
    found = measured(flags=[*FLAGS, {"flag_id": "nobody", "identity_id": None, "excess_usd": "999.00"}])
    assert (found.flagged, found.half_recipients, found.top_ten_share) == (4, 1, 1)
    assert found.pareto.rows() == [(1, 0.6, 0.6), (2, 0.2, 0.8), (3, 0.1, 0.9), (4, 0.1, 1.0)]
    assert found.curve.rows() == [(0, 0), (0.25, 0.1), (0.5, 0.2), (0.75, 0.4), (1, 1)]
    assert found.gini == 0.4
    assert found.largest["share"].to_list() == [0.6, 0.2, 0.1, 0.1]


def test_fifty_are_shown_of_many():
    many = [{"flag_id": f"f{number}", "identity_id": f"i{number:03d}"} for number in range(60)]
    found = measured(flags=many)
    assert (found.flagged, found.pareto.height, found.half_recipients, found.gini) == (60, 50, 30, 0.0)


def test_all_consignees_are_compared_by_what_they_received_in_the_quarter():
    rows = [{"identity_id": "a", "value_usd": "30.00"}, {"identity_id": "a", "value_usd": "60.00"},
            {"identity_id": "b", "value_usd": "10.00"}, {"identity_id": None, "value_usd": "500.00"},
            {"identity_id": "c", "value_usd": "70.00", "arrival_date": date(2024, 12, 1)}]  # fmt: skip
    found = measured(shipments=shipped(*rows))
    assert (found.consignees, found.gini_of_all) == (2, 0.4)
    assert found.curve_of_all.rows() == [(0, 0), (0.5, 0.1), (1, 1)]


@pytest.mark.parametrize(("consignees", "top", "share"), [(100, 1, 1 / 100), (101, 2, 2 / 101), (1, 1, 1.0)])
def test_the_top_hundredth_is_rounded_up(consignees, top, share):
    found = measured(shipments=shipped(*({"identity_id": f"i{number}"} for number in range(consignees))))
    assert found.top_percent.rows() == [(MONDAY, consignees, top, pytest.approx(share, abs=1e-6))]


def test_the_top_hundredth_is_that_of_each_week_of_a_year():
    rows = [{"identity_id": "a", "value_usd": "90.00"}, {"identity_id": "b", "value_usd": "10.00"}]
    weeks = [{**row, "arrival_date": MONDAY - timedelta(weeks=back)} for back in (60, 51, 0) for row in rows]
    found = measured(shipments=shipped(*weeks))
    assert found.top_percent["monday"].to_list() == [MONDAY - timedelta(weeks=51), MONDAY]
    assert found.top_percent["share"].to_list() == [0.9, 0.9]


STATES = [
    *[{"consignee_state": "TX"}] * 10, *[{"consignee_state": " texas "}] * 5, *[{"consignee_state": "ny"}] * 3,
    *[{"consignee_state": "CA"}] * 20, *[{"consignee_state": "Atlantis"}] * 6,
    {"consignee_state": "CA", "consignee_country": "MX"}, {"consignee_state": None},
]  # fmt: skip


def placed(flagged):
    members = [{"flag_id": "fi1", "shipment_uid": f"S{number}"} for number in flagged]
    return measured(shipments=shipped(*STATES), flag_shipments=members)


def test_states_are_told_by_code_or_name_and_other_places_together():
    states = {row["state"]: row for row in placed(range(6)).states.iter_rows(named=True)}
    assert (len(states), states["TX"]["shipments"], states["TX"]["in_flags"]) == (52, "15", "6")
    assert states["TX"]["flagged_share"] == 0.4
    assert (states["NY"]["shipments"], states["AK"]["shipments"]) == ("<5", "0")
    assert (states[None]["name"], states[None]["shipments"]) == ("Other places, or not known", "5+")


def test_a_small_count_is_not_told_by_the_total_and_is_nowhere_in_the_data():
    found = placed([*range(8), 15, 16])
    states = {row["state"]: row for row in found.states.iter_rows(named=True)}
    assert [states[code]["in_flags"] for code in ("TX", "NY", "CA")] == ["5+", "<5", "0"]
    assert (found.total, found.total_in_flags) == ("46", "10")
    assert states["TX"]["flagged_share"] is None
    assert all(isinstance(row["in_flags"], str) for row in plain(found)["states"])


def test_states_are_drawn_by_what_may_be_shown_of_them():
    chart = next(chart for chart in SECTION.charts(placed([*range(6), 15, 16])) if chart.key == "states")
    none, some, many = chart.series
    assert (some.labels, some.is_hatched, list(some.words)) == (
        ["NY"],
        True,
        ["New York<br><5 in flags, of <5 shipments"],
    )
    assert many.labels == ["TX"]
    assert (many.at, many.base) == ([3], [-0.46])
    assert len(none.labels) == 49
    assert chart.text.startswith("Shipments in flags of the quarter went to 2 states; there are 8 in all.")


def test_the_table_of_states_says_what_is_hidden():
    largest, states = SECTION.tables(placed([*range(6), 15, 16]))
    assert [row[0] for row in largest.rows] == ["i1", "i2", "i3", "i4"]
    assert states.rows == [["Texas", "15", "5+", DASH], ["New York", "<5", "<5", DASH], ["All places", "46", "8", ""]]
    assert states.note.startswith("Counts of 1 to 4 shipments are shown as <5. Where a total would give")


def test_what_the_charts_say():
    text = {chart.key: chart.text for chart in SECTION.charts(measured(shipments=shipped({})))}
    assert text["concentration"] == (
        "Flagged in the last quarter: 4 consignees. Half of the value at issue lies with 1 of them, 100% with the ten "
        "largest. One bar for each of the 4 largest; the line adds them up."
    )
    assert text["lorenz"].startswith("Gini coefficient of value at issue over flagged consignees: 0.40; of declared")
    assert text["top_percent"].startswith("In the last week with data the top 1% of consignees (1 consignee) received")


def test_nobody_flagged_is_no_concentration():
    found = Contents(store_of(), WEEK).of(SECTION)
    assert (found, SECTION.charts(found), SECTION.tables(found)) == (None, [], [])
    assert SECTION.empty(found) == "No consignee was flagged in the last quarter."

"""Data quality over time, worked by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.quality_trends import SECTION
from analytics.reports.theme import FAINT, shade
from analytics.wording.quality_trends import Missing, missing_text
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)


def measured(**rows):
    return Contents(store_of(**rows), WEEK).of(SECTION)


def shipped(week, *sellers):
    return [
        {"shipment_uid": f"S{week}{number}", "shipment_id": f"S{week}{number}", "seller_id": seller,
         "arrival_date": MONDAY + timedelta(weeks=week)}
        for number, seller in enumerate(sellers)
    ]  # fmt: skip


def run(number, *inputs):
    return {
        "run_id": f"r{number}",
        "finished_at": f"2025-03-{number:02d}T18:00:00+00:00",
        "inputs": json.dumps([{"sha256": entry["path"], **entry} for entry in inputs]),
    }


def test_missing_fields_are_shares_of_each_week_of_the_quarter():
    rows = [*shipped(-13, None), *shipped(-12, "a", "b", None, None), *shipped(0, "a", None, None, None)]
    found = measured(shipments=rows).missing
    seller = [row[1:] for row in found.iter_rows() if row[0] == "seller_id"]
    assert seller == [(MONDAY - timedelta(weeks=12), 4, 0.5), (MONDAY, 4, 0.75)]
    assert found["field"].unique(maintain_order=True).to_list()[:2] == ["consignee_name", "consignee_address"]


def test_they_are_drawn_a_row_a_field_and_a_column_a_week():
    found = measured(shipments=[*shipped(-1, "a"), *shipped(0, None, "a")])
    chart = SECTION.charts(found)[0]
    (tiles,) = chart.series
    assert (chart.across.names, chart.up.names[-1]) == (["3 Mar", "10 Mar"], "consignee name")
    place = [words.split("<br>")[0] for words in tiles.words].index("seller id, week of 2025-03-10")
    assert (tiles.at[place], tiles.colour[place], tiles.colour[place - 1]) == (1, shade(0.5), FAINT)
    assert tiles.words[place].endswith("missing on 50% of 2 shipments")
    assert ["March 10, 2025", "seller id", "50%", "2"] in chart.rows
    assert "0%" not in {row[2] for row in chart.rows}


def test_what_is_missing_most_and_what_rose_most_is_said():
    fields = [Missing("hts_code", 1.0, 1.0), Missing("seller_id", 0.14, 0.02), Missing("mode", 0.0, 0.0)]
    assert missing_text(fields, MONDAY) == (
        "Missing most in the week of March 10, 2025: hts code (100%) and seller id (14%). The largest rise against the "
        "median of the weeks before: seller id, from 2.0% to 14%."
    )
    assert missing_text([Missing("mode", 0.049, 0.0)], MONDAY).endswith("No field rose by 5 points or more against the "
        "median of the weeks before.")  # fmt: skip
    assert "The largest rise" in missing_text([Missing("mode", 0.05, 0.0)], MONDAY)
    assert missing_text([Missing("mode", 0.0, 0.5)], MONDAY) == "Week of March 10, 2025: no field is missing."


def test_of_one_week_nothing_rises():
    chart = SECTION.charts(measured(shipments=shipped(0, None)))[0]
    assert "No field rose by 5 points or more" in chart.text


def test_files_are_listed_with_what_became_of_their_rows():
    runs = [
        run(3, {"path": "in/a.csv", "read": 10, "accepted": 8, "rejected": 2}),
        run(10, {"path": "in/b.csv", "read": 4, "accepted": 4, "repeated": 1},
            {"path": "in/a.csv", "read": 0, "skipped": "the same bytes were screened in run r3"},
            {"path": "in/n.xlsx#Notes", "read": 0, "skipped": "no heading is understood"}),
    ]  # fmt: skip
    found = measured(runs=runs, shipments=shipped(0, "a"))
    assert found.files.rows() == [("a.csv", date(2025, 3, 3), 10, 2, 0), ("b.csv", date(2025, 3, 10), 4, 0, 1)]
    assert found.again.rows() == [("a.csv", date(2025, 3, 10))]
    files, again = SECTION.tables(found)
    assert files.rows[-1] == ["a.csv", "March 3, 2025", "10", "2", "20%", "0"]
    assert (again.rows, again.note) == (
        [["a.csv", "March 10, 2025"]],
        "1 file with content that was read before: counted once.",
    )


def test_rejected_rows_are_counted_by_week_of_reading_file_and_reason():
    def rejected(file, line, *reasons):
        why = [{"column": "x", "reason": reason, "message": "no"} for reason in reasons]
        return {"source_file": file, "source_line": line, "reasons": json.dumps(why)}

    runs = [run(3, {"path": "in/a.csv", "read": 10}), run(12, {"path": "in/b.csv", "read": 9})]
    rows = [rejected("in/a.csv", 1, "negative"), rejected("in/b.csv", 1, "negative", "no_date"),
            rejected("in/b.csv", 2, "no_date")]  # fmt: skip
    found = measured(runs=runs, rejected=rows)
    assert found.reasons.rows() == [
        (MONDAY, "b.csv", "no_date", 2),
        (MONDAY, "b.csv", "negative", 1),
        (date(2025, 3, 3), "a.csv", "negative", 1),
    ]
    table = SECTION.tables(found)[1]
    assert table.rows[0] == ["March 10, 2025", "b.csv", "no date", "2"]


def test_the_curve_of_late_arrivals_is_drawn_where_it_can_be_told():
    runs = [run(1, {"path": "old", "read": 1}), run(12, {"path": "new", "read": 2})]
    rows = [{**row, "source_file": "new"} for row in shipped(0, "a", "b")]
    chart = SECTION.charts(measured(runs=runs, shipments=rows))[1]
    assert (chart.key, chart.series[0].at, chart.series[0].values) == ("late_arrivals", [0, 1, 2], [0.0, 0.0, 1.0])
    assert chart.text.startswith("Half of all shipments are in the store within 2 days of arrival, 99% within 2 days")
    alone = measured(shipments=shipped(0, "a"))
    assert [chart.key for chart in SECTION.charts(alone)] == ["missing_fields"]
    assert SECTION.tables(alone)[0].note == "How late data come cannot be measured: all shipments came in one run."


def test_an_empty_store_says_so():
    found = measured(runs=[])
    assert (SECTION.charts(found), SECTION.tables(found)) == ([], [])
    assert SECTION.empty(found) == "No shipment of the last quarter and no file."

"""Page one of a store that was screened twice: what came late, what a clerk judged, and what a case holds."""

from __future__ import annotations

import json
from datetime import date

import pytest

import analytics
from tests.rows import PEOPLE, write_rows

WEEK_BEFORE, WEEK = "2025-03-12", "2025-03-19"
PLAIN = {"declared_value": "450.00", "seller_id": "", "seller_name": ""}


def days(day, names, number=2):
    return [
        {**PEOPLE[name], **PLAIN, "arrival_date": day, "shipment_id": f"{name} {day} {place}"}
        for name in names
        for place in range(number)
    ]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Page one of the second week by each way out: two people are over the limit in it, one came late in the first."""
    folder = tmp_path_factory.mktemp("twice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        first = [*days(WEEK_BEFORE, ["Ann Ash"]), *days(WEEK_BEFORE, ["Bo Beech"], 1)]
        analytics.screen(write_rows(folder / "first.csv", first), folder / "store")
        late = {**days(WEEK_BEFORE, ["Bo Beech"], 2)[1], "declared_value": "440.00"}
        second = [late, *days(WEEK, ["Cy Cedar", "Di Dogwood"])]
        run = analytics.screen(write_rows(folder / "second.csv", second), folder / "store")
        before = json.loads(run.report("2025-W12", out=folder / "r.json").read_text())["sections"][0]
        run.cases.open(run.table("flags").filter(window_end=date.fromisoformat(WEEK)).collect()["flag_id"][0])
        after = json.loads(run.report("2025-W12", out=folder / "r.json").read_text())["sections"][0]
        html = run.report("2025-W12", out=folder / "r.html", is_privileged=True).read_text()
    return before, after, html


def test_the_week_before_is_told_as_it_was_printed(pages):
    steps = [
        (step["key"], step["cause"], step["flags"], step["usd"]) for step in pages[0]["measured"]["moved"]["steps"]
    ]
    assert steps == [
        ("printed", "", 1, "900.00"), ("then", "late_data", 1, "890.00"), ("before", "", 2, "1790.00"),
        ("new", "new_data", 0, "10.00"), ("now", "", 2, "1800.00"),
    ]  # fmt: skip
    assert any("now: late data +1 (+$890)." in line for line in pages[0]["words"])


def test_a_flag_that_a_case_holds_is_not_to_be_assigned_again(pages):
    assigned = [
        [each["flags"] for each in page["measured"]["decisions"] if each["kind"] == "assign"] for page in pages[:2]
    ]
    assert assigned == [[2], [1]]


def test_the_page_shows_it_and_is_marked(pages):
    assert "Prepared at the request of counsel." in pages[2]
    assert '<h2 id="page_one">Bottom line</h2>' in pages[2]
    assert 'id="chart-moved"' in pages[2]

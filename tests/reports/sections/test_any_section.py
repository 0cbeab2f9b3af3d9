"""What holds for every section, and that a new one is one file: page, workbook and JSON find it by themselves."""

from __future__ import annotations

import json
import sys
from datetime import date

import openpyxl
import pytest

from analytics.reports import report, sections
from analytics.reports.periods import Period
from analytics.reports.section import Contents
from tests.reports.world import world

ORDER = [
    "page_one",
    "trend",
    "bunching",
    "typologies",
    "cooccurrence",
    "concentration",
    "identities",
    "identity_health",
    "parties",
    "recipients",
    "flags",
    "owed",
    "leads",
    "cases",
    "rule_performance",
    "notices",
    "quality",
    "quality_trends",
    "calendar",
    "method",
    "sources",
    "signoff",
]
TOY = '''"""Shipments of the period by carrier."""

import polars as pl

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.section import Section, Table


def measure(contents):
    period = contents.period
    arrived = contents.tables.shipments.filter(pl.col("arrival_date").is_between(period.start, period.end))
    return arrived.group_by("carrier_code").agg(shipments=pl.len()).sort("carrier_code").collect()


SECTION = Section(
    key="carriers",
    place=45,
    title="Shipments by carrier",
    lead="How many shipments each carrier brought.",
    measure=measure,
    charts=lambda it: [
        Chart("carriers", [Series("bars", it["carrier_code"].to_list(), it["shipments"].to_list(), "#1f4e79")],
              label="Shipments by carrier", text="One bar a carrier.", up=Axis("whole"))
    ],
    tables=lambda it: [Table(["Carrier", "Shipments"], [[code, f"{n:,}"] for code, n in it.iter_rows()])],
    sheets=lambda it, _: {"carriers": it},
)
'''


@pytest.fixture(scope="module")
def contents():
    return Contents(world(), Period.of_week(date(2025, 5, 12)))


@pytest.fixture
def toy(tmp_path, monkeypatch):
    (tmp_path / "carriers.py").write_text(TOY)
    monkeypatch.setattr(sections, "__path__", [*sections.__path__, str(tmp_path)])
    yield "carriers"
    sys.modules.pop("analytics.reports.sections.carriers", None)


def test_keys_and_places_are_there_once_in_the_order_of_the_page():
    found = sections.in_order()
    assert [section.key for section in found] == ORDER
    assert len({section.place for section in found}) == len(found)
    assert [sections.number_of(key) for key in ("page_one", "trend", "method")] == [0, 1, ORDER.index("method")]


def test_each_is_measured_once(contents):
    for section in sections.in_order():
        assert contents.of(section) is contents.of(section)


@pytest.mark.parametrize("section", sections.in_order(), ids=lambda section: section.key)
def test_every_chart_says_what_it_shows(contents, section):
    for chart in section.charts(contents.of(section)):
        assert chart.label
        assert len(chart.text) > 40
        assert all(len(series.at) == len(series.values) for series in chart.series)
        assert all(len(row) == len(chart.headings) for row in chart.rows)


@pytest.mark.parametrize("section", sections.in_order(), ids=lambda section: section.key)
def test_every_chart_is_declared_with_what_it_shows(contents, section):
    assert {chart.key for chart in section.charts(contents.of(section))} <= set(section.draws)


def test_no_two_sections_draw_a_chart_of_one_name():
    every = [key for section in sections.in_order() for key in section.draws]
    assert len(every) == len(set(every))


def test_captions_hold_the_figures(contents):
    text = {chart.key: chart.text for section in sections.in_order() for chart in section.charts(contents.of(section))}
    assert set(text) == {
        "moved",
        "trend",
        "bunching",
        "typologies",
        "cooccurrence",
        "concentration",
        "lorenz",
        "top_percent",
        "states",
        "identity_sizes",
        "match_scores",
        "bands",
        "tornado",
        "clock",
        "missing_fields",
        "calendar",
    }
    assert "over $750.00 and up to $800.00" in text["bunching"]
    assert text["typologies"].startswith("Flags of the last quarter: Daily limit ")
    assert "Half of the value at issue lies with " in text["concentration"]


def test_the_json_holds_every_section_and_every_amount_to_the_cent(tmp_path):
    held = json.loads(report(world(), out=tmp_path / "r.json").read_text())
    assert [section["key"] for section in held["sections"]] == [section.key for section in sections.in_order()]
    weeks = held["sections"][1]["measured"]["weeks"]
    assert all(row["base_usd"] == f"{float(row['base_usd']):.2f}" for row in weeks)
    assert report(world(), out=tmp_path / "again.json").read_bytes() == (tmp_path / "r.json").read_bytes()


def test_a_new_section_is_one_file(toy, tmp_path):
    number = ORDER.index("concentration") + 1
    page = report(world(), out=tmp_path / "r.html").read_text()
    assert f'<h2 id="carriers"><span class="number">{number}</span>Shipments by carrier</h2>' in page
    assert f'<h2 id="identities"><span class="number">{number + 1}</span>' in page
    assert f"(section {number + 1})" in page
    assert '"chart-carriers":{' in page
    assert "<td><bdi>UPSN</bdi></td>" in page
    sheets = openpyxl.load_workbook(report(world(), out=tmp_path / "r.xlsx")).sheetnames
    assert sheets.index("carriers") < sheets.index("flags")
    held = json.loads(report(world(), out=tmp_path / "r.json").read_text())["sections"][number]
    assert (held["key"], held["number"], held["measured"][0]["carrier_code"]) == ("carriers", number, "DHLC")

"""The report on paper: page one alone, a summary on three sheets, every section, every name readable."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from analytics.errors import UsageError
from analytics.reports import report
from analytics.reports.paper import report_pdf, report_sheets
from analytics.reports.periods import choose_period
from analytics.reports.section import Contents
from analytics.reports.sections import in_order
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.typesetting import setting
from tests.reading import joined
from tests.reports.fake_store import store_of
from tests.reports.world import HOSTILE, world

LETTER, A4 = (612, 792), (595, 842)
NAMES = {"Иван Петров": "Иван Петров", "王芳": "<WangFang>", "김민수": "<GimMinSu>", "محمد": "محمد"}


def contents_of(store, **asked):
    return Contents(store, choose_period(store), **asked)


def sheets_of(pdf):
    """The text of each sheet, without the marks at which a word may break."""
    return [page.extract_text().replace("\u200b", "") for page in PdfReader(BytesIO(pdf)).pages]


@pytest.fixture(scope="module")
def contents():
    return contents_of(world())


@pytest.fixture(scope="module")
def pdf(contents):
    return report_pdf(contents)


@pytest.fixture(scope="module")
def sheets(pdf):
    return sheets_of(pdf)


def plain(sheet):
    return " ".join(sheet.split())


def test_page_one_stands_alone_on_the_first_sheet(sheets, contents):
    first = plain(sheets[0])
    for said in ("Bottom line", "For decision", "How far to trust the figures", "Coverage, of typologies"):
        assert said in first
    assert "indicators, not findings" in first
    assert "Value at issue by week" not in first
    assert plain(sheets[1]).count("1 Value at issue by week") == 1


def test_the_summary_takes_three_sheets_and_the_sections_follow(sheets):
    assert "What matters next" in sheets[2]
    assert "Flags with the most at issue" in sheets[2]
    rest = plain(" ".join(sheets[3:]))
    numbered = [f"{number} {section.title}" for number, section in enumerate(in_order())]
    assert [title for title in numbered[2:] if title not in rest] == []
    assert rest.index(numbered[2]) < rest.index(numbered[-1])


def test_every_sheet_names_its_week_its_marking_and_its_number(sheets):
    for number, sheet in enumerate(sheets, start=1):
        said = plain(sheet)
        assert "Risk report 2025-W20" in said
        assert "Not marked as privileged." in said
        assert "Indicators, not findings." in said
        assert f"Page {number} of {len(sheets)}" in said


def test_counsel_asked_for_it_stands_on_every_sheet():
    pages = sheets_of(report_pdf(contents_of(store_of(shipments=[{}]), is_privileged=True)))
    assert all("Privileged and confidential." in page for page in pages)


def test_it_is_tagged_and_says_what_each_chart_shows(pdf, contents):
    catalog = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en-US"
    spoken = list(_alternatives(catalog["/StructTreeRoot"]))
    charts = [chart for section in in_order() for chart in section.charts(contents.of(section))]
    assert [chart.key for chart in charts if f"{chart.label}: {chart.text}" not in spoken] == []


def _alternatives(element):
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        for child in element:
            yield from _alternatives(child)
    elif isinstance(element, dict):
        if "/Alt" in element:
            yield str(element["/Alt"])
        yield from _alternatives(element.get("/K", []))


def test_paper_is_letter_in_the_united_states_and_a4_elsewhere(pdf):
    assert box(pdf) == LETTER
    elsewhere = world()
    limits = elsewhere.tables["ref_limits"]
    elsewhere.tables["ref_limits"] = limits.with_columns(regime=limits["regime"].replace("us", "eu"))
    assert box(report_pdf(contents_of(elsewhere))) == A4


def box(pdf):
    page = PdfReader(BytesIO(pdf)).pages[0].mediabox
    return round(float(page.width)), round(float(page.height))


def test_two_runs_give_the_same_bytes(pdf):
    assert report_pdf(contents_of(world())) == pdf


@pytest.mark.parametrize("name", HOSTILE[:5])
def test_foreign_text_is_printed_as_it_is(sheets, name):
    shown = re.sub("[\u202e\u202c\x07]", "\ufffd", name)
    assert joined(shown) in joined(" ".join(sheets))


def test_a_name_as_long_as_a_line_breaks_and_stays_on_the_sheet(sheets):
    letters = max(len(line) for sheet in sheets for line in re.findall("A+", sheet))
    assert letters < 120
    assert "A" * 60 in joined(" ".join(sheets))


@pytest.mark.parametrize(("name", "shown"), NAMES.items())
def test_names_are_drawn_or_shown_in_latin_letters_and_never_as_boxes(name, shown):
    day = date(2025, 3, 12)
    store = store_of(
        shipments=[{"identity_id": "i1", "shipment_uid": uid, "shipment_id": uid, "arrival_date": day} for uid in "ab"],
        identities=[{"identity_id": "i1", "display_name": name}],
        flags=[{"flag_id": "f1", "identity_id": "i1", "window_start": day, "window_end": day}],
        flag_shipments=[{"flag_id": "f1", "shipment_uid": uid, "shipment_id": uid} for uid in "ab"],
    )
    text = " ".join(sheets_of(report_pdf(contents_of(store))))
    assert shown.replace("<", "\u2039").replace(">", "\u203a") in text or shown[::-1] in text
    assert "\ufffd" not in text


def test_nothing_at_all_is_a_report_too():
    sheets = sheets_of(report_pdf(contents_of(store_of(shipments=[{}]))))
    assert "Nothing in this period asks for work." in plain(sheets[2])
    assert "No flag in this period." in plain(" ".join(sheets))


def test_eight_decisions_as_many_as_there_may_be_still_leave_page_one_on_one_sheet():
    crowded = contents_of(world())
    page = crowded.of(PAGE_ONE)
    longest = max(page.decisions, key=lambda each: len(each.what))
    crowded._measured["page_one"] = replace(page, decisions=[longest] * 8)
    sheets = sheets_of(report_pdf(crowded))
    assert "Coverage, of typologies" in plain(sheets[0])
    assert "1 Value at issue by week" in plain(sheets[1])


def test_the_sheets_can_be_looked_at(contents, sheets):
    images = report_sheets(contents, 20)
    assert len(images) == len(sheets)
    assert all(image.startswith(b"\x89PNG") for image in images)


def test_report_writes_it_and_says_which_package_is_missing(tmp_path, monkeypatch):
    store = store_of(shipments=[{}])
    assert report(store, out=tmp_path / "w.PDF").read_bytes().startswith(b"%PDF")
    monkeypatch.setattr(setting, "_PACKAGES", ("typst", "no_such_package"))
    with pytest.raises(UsageError, match=r"no_such_package is not installed.*pip install 'splitship\[pdf\]'"):
        report(store, out=tmp_path / "v.pdf")
    assert not (tmp_path / "v.pdf").exists()

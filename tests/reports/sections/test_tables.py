"""What each section shows as tables, for paper and for whoever reads the JSON."""

from __future__ import annotations

from importlib.resources import files

import pytest

from analytics.reports.periods import choose_period
from analytics.reports.section import Contents
from analytics.reports.sections import in_order
from tests.reports.world import world


@pytest.fixture(scope="module")
def contents():
    store = world()
    return Contents(store, choose_period(store))


@pytest.fixture(scope="module")
def tables(contents):
    return {section.key: list(section.tables(contents.of(section))) for section in in_order()}


@pytest.fixture(scope="module")
def briefs(contents):
    return {section.key: list(section.brief(contents.of(section))) for section in in_order()}


def test_what_a_template_shows_stands_in_tables_too(contents, tables):
    folder = files("analytics.reports.sections")
    own = [each for each in in_order()[1:] if (folder / f"{each.key}.html").is_file()]
    assert len(own) >= 7
    assert [each.key for each in own if not tables[each.key] and not each.charts(contents.of(each))] == []


def test_every_row_is_as_wide_as_its_headings_and_every_cell_a_text(tables, briefs):
    for table in [each for held in (tables, briefs) for found in held.values() for each in found]:
        assert {len(row) for row in table.rows} <= {len(table.headings)}, table.title
        assert all(isinstance(cell, str) for row in table.rows for cell in row), table.title
        assert all(place < len(table.headings) for place in table.numbers)


def column(table, heading):
    place = list(table.headings).index(heading)
    return [row[place] for row in table.rows]


def test_flags_are_listed_with_why_and_what_speaks_against_them(contents, tables, briefs):
    listed, told = tables["flags"]
    evidence = contents.of(next(section for section in in_order() if section.key == "flags")).evidence
    assert column(listed, "Flag") == [card.flag["flag_id"] for card in evidence.cards]
    assert column(told, "Flag") == column(listed, "Flag")[:40]
    assert column(told, "Why it is flagged")[0] == evidence.cards[0].flag["reason"]
    assert column(briefs["flags"][0], "At issue") == column(listed, "At issue")[:6]


def test_leads_and_explained_flags_are_apart(tables):
    kinds, leads, explained = tables["leads"]
    assert sorted(column(kinds, "Typology")) == ["Fictitious consignee", "Late filing"]
    assert column(leads, "Why it is a lead")[0].startswith(("7 entries", "It is the name"))
    assert column(explained, "Consignee or subject") == ["order A1"]


def test_aliases_stand_under_their_flag_with_the_weakest_link(tables):
    thresholds, *cards = tables["identities"]
    assert column(thresholds, "Threshold")[-1] == "certain"
    assert len(cards) == 5
    assert all("Weakest link: 96.2% likely one consignee. For it: phone" in card.note for card in cards)


def test_the_brief_names_one_party_of_each_role_and_who_is_new_or_growing(tables, briefs):
    assert column(briefs["parties"][0], "Role") == ["seller", "carrier", "filer"]
    assert set(column(briefs["recipients"][0], "Status")) <= {"new", "growing"}
    assert "returning" in column(tables["recipients"][0], "Status")


def test_the_brief_of_the_calendar_names_the_next_days_only(contents, briefs, tables):
    (coming,) = briefs["calendar"]
    assert 1 <= len(coming.rows) <= 5
    whole = [row[3] for row in tables["calendar"][0].rows if not row[1].endswith("ago")]
    assert column(coming, "What") == whole[:5]


def test_what_may_be_owed_is_by_component_and_briefly_in_all(tables, briefs):
    assert column(tables["owed"][0], "Component")[0] == "Value at issue"
    assert column(briefs["owed"][0], "Component") == ["Duty and fees", "Penalty at most (negligence)",
        "Prior disclosure"]  # fmt: skip


def test_rows_read_are_counted_with_reasons_and_fields(tables):
    titles = [table.title for table in tables["quality"]]
    assert titles[1] == "Rejected, by reason"
    assert "Fields that the period's shipments carry" in titles
    rejected = tables["quality"][1]
    assert rejected.rows[-1] == ["arrival_date", "not a date", "'31/31/2025' is no day", "1"]


def test_method_names_rules_with_both_days_and_words(tables):
    rules = tables["method"][0]
    assert "2025-05-02\n2025-08-29" in column(rules, "From, until")
    assert "objective" in [row[0] for table in tables["method"] for row in table.rows]

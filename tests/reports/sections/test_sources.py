"""Each section says which tables it reads, and each table which SQL makes it, with its hash."""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from analytics.reports.paper.rest import table_blocks
from analytics.reports.periods import Period
from analytics.reports.reads import sources_of
from analytics.reports.section import Contents, Section
from analytics.reports.sections.cases import SECTION as CASES
from analytics.reports.sections.signoff import SECTION as SIGNOFF
from analytics.reports.sections.sources import SECTION
from analytics.reports.tables import Tables
from tests.reports.fake_store import store_of
from tests.reports.sections.page_one.made import WEEK
from tests.reports.world import world

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def found():
    return Contents(world(), Period.of_week(date(2025, 5, 12))).of(SECTION)


def test_each_section_names_the_tables_it_reads(found):
    read = {row["key"]: row["tables"] for row in found.sections.iter_rows(named=True)}
    assert read["rule_performance"] == [
        "exposure", "flag_shipments", "flags", "ref_typologies", "shipments", "tunings",
    ]  # fmt: skip
    assert read["cases"] == ["runs"]
    assert read["notices"] == ["notices"]
    assert set(read["owed"]) <= set(read["page_one"])  # it takes what is owed from there


def test_what_another_section_measured_before_counts_as_read():
    contents = Contents(store_of(), WEEK)
    contents.of(CASES)
    by_way = Section(key="x", place=1, title="x", lead="x", measure=lambda it: it.of(CASES))
    contents.of(by_way)
    assert contents.reads.of("x") == ["runs"]
    contents.of(Section(key="y", place=1, title="y", lead="y", measure=lambda it: it.headline))
    contents.of(Section(key="z", place=1, title="z", lead="z", measure=lambda it: it.headline))
    assert contents.reads.of("z") == contents.reads.of("y")
    assert "flags" in contents.reads.of("z")


def test_every_attribute_of_the_tables_is_a_published_table():
    for name in [*(each.name for each in fields(Tables)), "status_at_issue"]:
        assert set(sources_of(name)) <= set(world().tables), name


def test_a_table_names_its_file_and_the_hash_of_its_text(found):
    rows = {row["table"]: row for row in found.models.iter_rows(named=True)}
    flags = rows["flags"]
    assert (flags["model"], flags["made_by"]) == ("mart_flags", "sql/30_marts/mart_flags.sql")
    assert flags["sha256"] == hashlib.sha256((ROOT / flags["made_by"]).read_bytes()).hexdigest()
    assert flags["upstream"] > 100
    assert (rows["exposure"]["made_by"], rows["exposure"]["sha256"]) == ("analytics.exposure.step", None)
    assert re.fullmatch("[0-9a-f]{64}", rows["exposure"]["upstream_sha256"])
    assert found.models["upstream_sha256"].n_unique() > 5


def test_law_tables_and_logs_are_given_and_have_no_model(found):
    assert {"notices", "tunings", "ref_limits"} <= set(found.given)
    assert not set(found.given) & set(found.models["table"])


def test_the_tables_show_the_command_that_prints_the_sql(found):
    _, models, versions, terms = SECTION.tables(found)
    assert [row[-1] for row in models.rows if row[0] == "flags"] == ["splitship model mart_flags --sql"]
    assert [row[-1] for row in models.rows if row[0] == "exposure"] == ["splitship model exposure"]
    assert versions.rows[0][0] == "Run"
    assert "small cells" in dict(terms.rows)


def test_an_empty_store_is_traced_as_well():
    found = Contents(store_of(runs=[]), WEEK).of(SECTION)
    assert found.versions == {}
    assert "flags" in found.models["table"].to_list()


def test_the_report_ends_with_lines_to_sign_on():
    (table,) = SIGNOFF.tables(Contents(store_of(), WEEK).of(SIGNOFF))
    assert table.headings == ("Role", "Name", "Signature", "Date")
    assert table.rows == [["Prepared by", "", "", ""], ["Reviewed by", "", "", ""]]


def test_on_paper_each_has_lines_for_name_signature_and_date():
    blocks = table_blocks(SIGNOFF.tables(Contents(store_of(), WEEK).of(SIGNOFF)))
    assert [(block["kind"], block["names"]) for block in blocks] == [
        ("signatures", ["Prepared by", "Signature", "Date"]), ("signatures", ["Reviewed by", "Signature", "Date"]),
    ]  # fmt: skip

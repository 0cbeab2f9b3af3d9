"""Known exports: each is recognised by its headings and reads its sample as it is meant."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analytics.errors import AmbiguousInput, UsageError
from analytics.ingest.mapping.settings import SourceSettings, load_mappings, settings_for
from analytics.ingest.mapping.templates import recognised_template, template_named, templates, with_template
from analytics.ingest.sources.inputs import expand, open_source
from analytics.ingest.words.canonical import COLUMNS

SAMPLES = Path(__file__).parents[1] / "known_exports"
NAMES = [template.name for template in templates()]


def sample(name):
    (file,) = SAMPLES.glob(f"{name}.*")
    return file


def headings_of(name):
    return open_source(expand([sample(name)], [])[0]).headings


@pytest.mark.parametrize("name", NAMES)
def test_a_known_export_is_recognised_by_its_headings(name):
    assert recognised_template(headings_of(name)).name == name


@pytest.mark.parametrize("name", NAMES)
def test_a_template_names_columns_of_the_contract_and_says_where_it_is_from(name):
    template = template_named(name)
    assert {*template.columns, *template.choices, *template.settings.constants} <= {*COLUMNS}
    assert template.about.endswith(".")
    assert template.confidence in {"documented", "seen", "unverified"}
    assert ("https://" in template.headings_from) is (template.confidence == "documented")
    assert ("common knowledge" in template.headings_from) or template.confidence != "unverified"


@pytest.mark.parametrize("name", NAMES)
def test_every_column_of_a_template_is_in_its_sample(name):
    headings = headings_of(name)
    template = template_named(name)
    assert set(template.settings_for(headings).columns) == set(template.columns)


def test_an_unknown_template_is_an_error_that_lists_the_known():
    with pytest.raises(UsageError, match="shopify"):
        template_named("shopfy")


def test_other_files_are_no_known_export():
    assert recognised_template(["HAWB", "Name", "Total", "Currency"]) is None


def test_the_mapping_stands_above_the_template():
    settings = SourceSettings(
        template="shopify", columns={"shipment_id": "Id"}, constants={"marketplace": "Mine"}, fill_down=("Email",)
    )
    found = with_template(headings_of("shopify"), settings)
    assert (found.columns["shipment_id"], found.columns["order_id"]) == ("Id", "Name")
    assert (found.constants["marketplace"], found.fill_down, found.fill_within) == ("Mine", ("Email",), "Name")


@pytest.mark.parametrize(
    ("mapping", "template"),
    [
        ('[[source]]\nmatch = "a*"\n', "shopify"),
        ('[[source]]\nmatch = "a*"\ntemplate = "dhl"\n', "dhl"),
        ("", "shopify"),
    ],
)
def test_a_template_lies_under_every_block(tmp_path, mapping, template):
    files = ["template:shopify"]
    if mapping:
        files.append(tmp_path / "m.toml")
        files[-1].write_text(mapping)
    assert settings_for("a.csv", load_mappings(files)).template == template


def test_a_shopify_export_is_told_and_asks_what_stands_for_arrival(desk):
    with pytest.raises(AmbiguousInput) as asked:
        desk.take(SAMPLES / "shopify.csv")
    assert [question.about for question in asked.value.questions] == ["template", "arrival_date"]
    assert 'columns.arrival_date = "Fulfilled at"\n' in str(asked.value)


def expected():
    with (SAMPLES / "expected.csv").open(encoding="utf-8", newline="") as opened:
        return [tuple(row.values()) for row in csv.DictReader(opened)]


def test_every_template_has_a_sample_and_what_is_right_for_it():
    assert sorted(name for name, *_ in expected()) == sorted(NAMES)


@pytest.mark.parametrize(("name", "settings", "shipments", "total"), expected())
def test_a_sample_is_read_as_it_is_meant(desk, landed, name, settings, shipments, total):
    mapping = f'[[source]]\nmatch = "*"\ntemplate = "{name}"\n{settings}\n'
    intake = desk.take(sample(name), mapping=mapping)
    rows = landed(intake)
    assert intake.inputs[0].rejected == 0
    assert len({row["shipment_id"] for row in rows}) == int(shipments)
    assert str(sum(row["declared_value"] for row in rows)) == total
    assert {row["consignee_name"] for row in rows} <= {"Nell Harrow", "Otto Lind", "Ida Frost"}

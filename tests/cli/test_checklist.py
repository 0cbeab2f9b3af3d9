"""`splitship checklist` prints the review, or writes it and prints where."""

import pytest
from typer.testing import CliRunner

import analytics
from analytics.cli.main import app

LINES = (
    "shipment_id,arrival_date,consignee_name,consignee_address,declared_value,entry_type,seller_id\n"
    "A1,2024-03-04,Ana Lee,1 Elm St,500,86,S1\nA2,2024-03-04,Ana Lee,1 Elm St,500,86,S1\n"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checklist")
    (folder / "a.csv").write_text(LINES)
    analytics.screen(folder / "a.csv", folder / "store", threads=2)
    return folder / "store"


def run(store, *options):
    return CliRunner().invoke(app, ["checklist", "--store", str(store), *options], catch_exceptions=False)


def test_prints_every_condition_with_counts_examples_and_citation(store):
    text = run(store, "--seller", "s1").stdout
    assert "FAIL      Value per person and day" in text
    assert "over the limit together with others of that person and day: 2, such as A1, A2" in text
    assert "[19 USC 1321(a)(2)(C); 19 CFR 10.151; official]" in text
    assert "Indicators, not findings" in text


@pytest.mark.parametrize("name", ["c.html", "c.xlsx"])
def test_writes_the_form_that_the_ending_names(store, tmp_path, name):
    assert run(store, "--out", str(tmp_path / name)).stdout.strip() == str(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 1000

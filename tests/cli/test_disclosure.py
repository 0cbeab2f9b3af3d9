"""`splitship disclosure` prints figures, or writes the forms and prints where; a wrong call says what to do."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

import analytics
from analytics.cli.main import app
from tests.rows import ROW


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("disclosure")
    with (folder / "in.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, ROW)
        writer.writeheader()
        writer.writerows({**ROW, "shipment_id": name} for name in ("A1", "A2"))
    analytics.screen(folder / "in.csv", folder / "store", threads=2)
    return folder / "store"


def run(store, *options):
    return CliRunner().invoke(app, ["disclosure", "--store", str(store), *options])


def flag_of(store):
    return analytics.open_store(store).table("flags").collect()["flag_id"][0]


def test_prints_the_figures(store):
    found = run(store, "--interest-to", "2025-04-14")
    assert found.exit_code == 0
    assert "1 flag on 2 shipments" in found.stdout
    assert "5.24 USD" in found.stdout


def test_a_flag_may_be_named_in_two_ways(store):
    flag = flag_of(store)
    assert run(store, flag).stdout == run(store, "--flag", flag).stdout == run(store).stdout


def test_writes_all_forms_into_a_folder_and_prints_them(store, tmp_path):
    found = run(store, "--role", "broker", "--discloser", "Acme", "--date", "2025-03-14", "--out", str(tmp_path / "d"))
    assert found.stdout.split() == [str(tmp_path / "d" / f"disclosure.{form}") for form in ("pdf", "docx", "xlsx")]


def test_writes_the_form_that_the_ending_names(store, tmp_path):
    assert run(store, "--out", str(tmp_path / "d.xlsx")).stdout.split() == [str(tmp_path / "d.xlsx")]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--flag", "f0"), "this store knows no flag 'f0'"),
        (("--typology", "dayly_limit"), "Did you mean daily_limit"),
        (("--role", "owner"), "role 'owner' is not known"),
        (("--date", "2999-01-01"), "is in the future"),
        (("--date", "March"), "--date 'March' is not a date"),
        (("--date", "2025-03-13"), "before the last arrival"),
        (("--interest-to", "x"), "--interest-to 'x' is not a date"),
        (("--from", "2025-03-15"), "no flag is left to disclose"),
        (("--case", "C000001"), "this store has no cases"),
        (("C000001",), "this store has no cases"),
        (("--out", "d.txt"), "cannot write a disclosure as 'd.txt'"),
    ],
)
def test_a_wrong_call_is_told(store, options, message, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    form = () if "--out" in options else ("--out", "d.xlsx")
    found = run(store, *options, *form)
    assert message in f"{found.exception} {found.output}"
    assert list(tmp_path.iterdir()) == []

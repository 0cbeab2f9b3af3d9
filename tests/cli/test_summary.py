"""What a screening says it found agrees with the report."""

from decimal import Decimal

import pytest

import analytics
from analytics.cli.summary import amounts, summary_lines
from analytics.reports.headline import Value, value_at_issue
from analytics.reports.tables import read_tables

HEADER = (
    "shipment_id,arrival_date,consignee_name,consignee_address,declared_value,"
    "entry_type,mode,origin_country,order_id,seller_id\n"
)
LINES = "".join(f"S{number},2025-03-14,Ann Ho,1 Elm St Reno NV,450,86,air,DE,ORD-20250314-77,X1\n" for number in (1, 2))


@pytest.fixture
def run(tmp_path, monkeypatch, screened_once):
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    (tmp_path / "in.csv").write_text(HEADER + LINES)
    return screened_once(tmp_path / "in.csv", tmp_path / "store")


def test_a_shipment_in_two_flags_is_at_issue_once_as_in_the_report(run):
    tables = read_tables(run)
    assert sorted(tables.flags["typology"]) == ["daily_limit", "order_split"]
    value = value_at_issue(tables.flags, tables.flagged)
    (line,) = [line for line in summary_lines(run) if line.startswith("value at issue")]
    assert " ".join(line.split()) == "value at issue 900.00 USD"
    assert (value.floor, value.base, value.ceiling) == (900, 900, 900)


def test_an_amount_that_is_a_range_says_from_where_to_where():
    fees = Value(Decimal("100"), Decimal("900"), Decimal("1000.5"))
    assert amounts("fees", fees, 0, 2) == "fees                     100.00 to 1,000.50 USD, base 900.00"


def test_strengths_are_told_apart_where_there_are_several(run, tmp_path):
    assert not [line for line in summary_lines(run) if line.startswith("    objective")]
    lots = [f"S{day},2025-03-1{day},Bo Ek,9 Oak St Reno NV,450,86,air,DE,ORD-20250314-99,\n" for day in (7, 8)]
    (tmp_path / "more.csv").write_text(HEADER + LINES + "".join(lots))
    lines = summary_lines(analytics.screen(tmp_path / "more.csv", tmp_path / "other"))
    told = [" ".join(line.split()) for line in lines if line.startswith(("    objective ", "    inferred "))]
    assert [line.split()[0] for line in told] == ["objective", "inferred"]
    assert told[0].endswith(" 900.00 USD (2 flags)")
    assert told[1].endswith(" 900.00 USD (1 flag)")


def test_what_cannot_be_computed_is_said(run):
    (line,) = [line for line in summary_lines(run) if line.startswith("duty")]
    assert line.split(maxsplit=1)[1] == "unknown   (it cannot be computed of any of 2 flags)"


def test_what_was_found_and_what_was_not_tested_is_said_by_kind(run):
    lines = [" ".join(line.split()) for line in summary_lines(run)]
    assert "flags 2 indicators: a lawyer decides what they mean" in lines
    assert {"1 daily_limit", "1 order_split"} <= set(lines)
    assert "leads 0 they put no value at issue by themselves" in lines
    assert "- duplicate_entry: no house_bill" in lines
    assert any(line.startswith("0 address_hub, ") for line in lines)


def test_a_flag_that_is_explained_is_counted_apart(run, tmp_path):
    heavy = HEADER.strip() + ",weight_kg\n" + LINES.replace(",X1", ",X1,40").replace("2025-03-14,Ann", "2025-04-14,Ann")
    (tmp_path / "heavy.csv").write_text(heavy.replace("S1,", "S3,").replace("S2,", "S4,"))
    again = analytics.screen(tmp_path / "heavy.csv", tmp_path / "other")
    lines = [" ".join(line.split()) for line in summary_lines(again)]
    assert "explained 1 flags with an innocent explanation" in lines
    assert "1 order_split" not in lines


def test_a_file_without_rows_is_named_and_an_empty_store_is_not_judged(tmp_path):
    (tmp_path / "quiet.csv").write_text(HEADER)
    lines = [" ".join(line.split()) for line in summary_lines(analytics.screen(tmp_path / "quiet.csv", tmp_path / "s"))]
    assert "without rows 1 files with headings and no row below them: quiet.csv" in lines
    assert lines[-1] == "nothing to judge: the store has no shipment"

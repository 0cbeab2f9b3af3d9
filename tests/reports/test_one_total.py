"""An explained flag and a lead are in no total: command, Python, report and workbook count the same flags."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import polars as pl
import pytest

import analytics
from analytics.cli.summary import summary_lines
from analytics.reports.headline import value_at_issue
from analytics.reports.periods import Period
from analytics.reports.sections.owed.measures import drivers_of, measure_owed
from analytics.reports.tables import counted, read_tables

USUAL = {
    "consignee_address": "12 Elm St", "consignee_postal_code": "62704", "declared_value": "450.00", "mode": "air",
    "entry_type": "86", "origin_country": "DE", "hts_code": "6110303053", "seller_id": "S1",
    "arrival_date": "2025-03-12",
}  # fmt: skip
ROWS = [
    # one order in two lots, counted
    {"consignee_name": "Ann Ames", "order_id": "A1001"},
    {"consignee_name": "Ann Ames", "order_id": "A1001", "arrival_date": "2025-03-13"},
    # one order that a carrier divided under one bill, explained
    {"consignee_name": "Bo Ek", "order_id": "A1002", "house_bill": "HB1"},
    {"consignee_name": "Bo Ek", "order_id": "A1002", "house_bill": "HB1", "arrival_date": "2025-03-14"},
    # informal entries under two bills, a lead
    *[
        {"consignee_name": "Cy Orr", "entry_type": "11", "declared_value": "1500.00", "conveyance_id": "FX1",
         "house_bill": bill}
        for bill in ("HB2", "HB3")
    ],
]  # fmt: skip
WEEK = Period(date(2025, 3, 10), date(2025, 3, 16))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("total")
    rows = [{"shipment_id": f"T{number}", **USUAL, **row} for number, row in enumerate(ROWS)]
    pl.DataFrame(rows).write_csv(folder / "in.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        return analytics.screen(folder / "in.csv", folder / "store")


def test_the_flags_are_one_of_each_kind(run):
    flags = (
        run.table("flags").select("typology", "strength", "is_suppressed").sort("is_suppressed", "strength").collect()
    )
    assert flags.rows() == [
        ("order_split", "objective", False), ("informal_entry_split", "supporting", False),
        ("order_split", "objective", True),
    ]  # fmt: skip
    assert counted(run).height == 1


def test_every_way_to_the_totals_counts_the_same_flags(run):
    tables = read_tables(run)
    owed = measure_owed(run, tables, WEEK)
    value, total = owed.components["value"].base, owed.components["total"].base
    assert (value, owed.flags) == (Decimal("900.00"), 1)
    assert value == value_at_issue(tables.flags, tables.flagged).base
    assert f"value at issue {value:,.2f} USD" in [" ".join(line.split()) for line in summary_lines(run)]
    assert run.prior_disclosure().flags == 1
    assert run.prior_disclosure().loss_base == total
    assert drivers_of(run)["base_usd"].unique().to_list() == [total]
    assert set(owed.clock["flags"]) == {1}


def test_the_workbook_says_which_flags_are_in_the_totals(run, tmp_path):
    book = openpyxl.load_workbook(run.report("2025-W11", out=tmp_path / "r.xlsx"))
    headings, *rows = [[cell.value for cell in row] for row in book["flags"].iter_rows()]
    told = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [row["base_usd"] for row in told if row["in_totals"] == "yes"] == [900]
    assert len(told) == 3
    summary = {row[0].value: row[1].value for row in book["summary"].iter_rows()}
    assert summary["Flags"] == 1

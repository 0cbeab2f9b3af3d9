"""Each number has one definition: command, Python, report, workbook, queue and disclosure count the same flags.

The store has flags that share shipments, an explained flag, a lead, and a case that was dismissed.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import openpyxl
import polars as pl
import pytest

import analytics
from analytics.cases import open_ledger
from analytics.cases.queue import queue
from analytics.cli.summary import summary_lines
from analytics.reports.headline import measure_headline
from analytics.reports.periods import Period
from analytics.reports.sections.owed.measures import drivers_of, measure_owed
from analytics.reports.tables import counted, read_tables

USUAL = {
    "consignee_address": "12 Elm St", "consignee_postal_code": "62704", "declared_value": "450.00", "mode": "air",
    "entry_type": "86", "origin_country": "DE", "hts_code": "6110303053", "seller_id": "S1",
    "arrival_date": "2025-03-12",
}  # fmt: skip
DEE = {"consignee_name": "Dee Orr", "consignee_address": "77 Oak Ave", "order_id": "A1003"}
FAY = {"consignee_name": "Fay Lund", "consignee_address": "5 Pine Rd", "seller_id": "S2"}
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
    # one order in three lots, two of them on one day: two flags that share shipments
    {**DEE, "house_bill": "HD0"}, {**DEE, "house_bill": "HD1"},
    {**DEE, "house_bill": "HD2", "arrival_date": "2025-03-13"},
    # a day over the limit, of which only a part loses the exemption under some interpretations
    {**FAY, "order_id": "A1004"}, {**FAY, "order_id": "A1005"},
]  # fmt: skip
WEEK = Period(date(2025, 3, 10), date(2025, 3, 16))
WANTED = {
    "all": {"value": ("2700.00", "3150.00", "3150.00"), "duty": "1008.00", "fees": "18.34"},
    "tipping": {"value": ("2700.00", "2700.00", "3150.00"), "duty": "864.00", "fees": "15.72"},
}
COMPONENTS = {"value": "value at issue", "duty": "duty", "fees": "fees"}


@pytest.fixture(scope="module", params=["all", "tipping"])
def run(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("number")
    rows = [{"shipment_id": f"T{number}", **USUAL, **row} for number, row in enumerate(ROWS)]
    pl.DataFrame(rows).write_csv(folder / "in.csv")
    (folder / "c.toml").write_text(f'[scenario]\nexcess_reading = "{request.param}"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        found = analytics.screen(folder / "in.csv", folder / "store", config=folder / "c.toml")
    _open_cases(found)
    return found


def _open_cases(run):
    """Open a case on every consignee with a flag or lead, and dismiss one."""
    (run.root / "cases").mkdir(exist_ok=True)
    ledger = open_ledger(run, by="ann", settings=None)
    flags = run.table("flags").filter(~pl.col("is_suppressed")).sort("flag_id").collect()
    cases = {row["identity_id"]: ledger.open(row["flag_id"]).case_id for row in flags.iter_rows(named=True)}
    ledger.start(min(cases.values()))
    ledger.decide(min(cases.values()), "dismissed", reason="exempt", evidence="the entry, attached")


@pytest.fixture
def wanted(run):
    """The figures of one interpretation, worked out by hand."""
    return WANTED[read_tables(run).reading]


@pytest.fixture
def shown(run, tmp_path):
    """The report as JSON."""
    return json.loads(run.report("2025-W11", out=tmp_path / "r.json").read_text())


def money(value):
    return f"{Decimal(value):,.2f}"


def test_the_flags_are_of_each_kind(run):
    flags = run.table("flags").select("typology", "strength", "is_suppressed")
    assert sorted(flags.collect().rows()) == [
        ("daily_limit", "objective", False), ("daily_limit", "objective", False),
        ("informal_entry_split", "supporting", False), ("order_split", "objective", False),
        ("order_split", "objective", False), ("order_split", "objective", True),
    ]  # fmt: skip


def test_flags_leads_and_explained_flags(run, shown, tmp_path):
    lines = [line.split() for line in summary_lines(run)]
    assert [line[1] for line in lines if line and line[0] in {"flags", "explained", "leads"}] == ["4", "1", "1"]
    assert counted(run).height == 4
    assert "4 flags, 2 leads and explained flags" in repr(run)
    assert shown["headline"]["now"]["flags"] == 4
    assert {each["key"]: each for each in shown["sections"]}["owed"]["measured"]["flags"] == 4
    book = openpyxl.load_workbook(run.report("2025-W11", out=tmp_path / "r.xlsx"))
    headings, *rows = [[cell.value for cell in row] for row in book["flags"].iter_rows()]
    told = [dict(zip(headings, row, strict=True)) for row in rows]
    assert sorted(row["in_totals"] for row in told) == ["no", "no", "yes", "yes", "yes", "yes"]
    assert {row[0].value: row[1].value for row in book["summary"].iter_rows()}["Flags"] == 4
    raised = [[cell.value for cell in row] for row in book["rules_raised"].iter_rows()][1:]
    assert [(row[0], row[1], row[2]) for row in raised] == [
        ("daily_limit", 2, 0), ("order_split", 2, 0), ("informal_entry_split", 0, 1),
    ]  # fmt: skip


def test_value_duty_and_fees(run, wanted, shown, tmp_path):
    low, base, high = map(Decimal, wanted["value"])
    now = measure_headline(read_tables(run), WEEK).now.value
    assert (now.floor, now.base, now.ceiling) == (low, base, high)
    owed = measure_owed(run, read_tables(run), WEEK).components
    lines = {" ".join(line.split()) for line in summary_lines(run)}
    of_json = {each["key"]: each for each in shown["sections"]}["owed"]["measured"]["components"]
    sheet = openpyxl.load_workbook(run.report("2025-W11", out=tmp_path / "r.xlsx"))["owed_totals"]
    of_book = {row[0].value: row[2].value for row in sheet.iter_rows(min_row=2)}
    for component, title in COMPONENTS.items():
        exact = base if component == "value" else Decimal(wanted[component])
        assert owed[component].base == exact
        said = next(line for line in lines if line.startswith(f"{title} "))
        assert said.endswith((f"base {money(exact)}", f"{title} {money(exact)} USD"))
        assert of_json[component]["base"] == str(exact)
        assert Decimal(str(of_book[component])) == exact
    assert shown["headline"]["now"]["value"]["base"] == str(base)


def test_the_page_says_the_value_of_the_headline(run, wanted, tmp_path):
    page = run.report("2025-W11", out=tmp_path / "r.html").read_text()
    assert f"${Decimal(wanted['value'][1]):,.0f}" in page.split('id="trend"')[0]


def test_the_queue_adds_up_to_the_totals_and_a_lead_adds_nothing(run, wanted):
    rows = queue(run, run.cases, is_open=None).rows
    assert rows.height == 4
    assert rows["value_usd"].sum() == Decimal(wanted["value"][1])
    assert rows["duty_base_usd"].sum() == Decimal(wanted["duty"])
    lead = rows.filter(typologies="informal_entry_split")
    assert lead.select("value_usd", "flags").rows() == [(None, 1)]
    assert lead["priority"].item() > 0  # it still has its place


def test_a_disclosure_counts_the_same_flags_and_takes_every_shipment(run):
    every = WANTED["all"]
    found, total = run.prior_disclosure(), Decimal(every["duty"]) + Decimal(every["fees"])
    assert (found.flags, found.shipments, found.loss_base) == (4, 7, total)
    assert drivers_of(run)["base_usd"].unique().to_list() == [total]
    assert set(measure_owed(run, read_tables(run), WEEK).clock["flags"]) == {3}  # of two that share, the larger

"""The workbook of losses computes, from rates and values, what the run found; a shipment can be left out of it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
import polars as pl
import pytest

from analytics.cases.dossier import dossier
from analytics.cases.packet.context import context_of
from analytics.cases.packet.disclosure.basis import basis_of_case
from analytics.cases.packet.disclosure.workbook import disclosure_workbook
from analytics.cases.packet.loss_rows import duty_of, whole_dollars

from .formulas import Spreadsheet

LOSS = "04_loss_of_duties.xlsx"


@pytest.fixture(scope="module")
def sheet(filed):
    return Spreadsheet(filed.read(LOSS))


def row_of(sheet, title, label):
    """Cells of the row that begins with a label."""
    return next([cell.coordinate for cell in row] for row in sheet.typed[title].iter_rows() if row[0].value == label)


def amounts(sheet, label, title="Summary"):
    return [sheet.value(title, cell) for cell in row_of(sheet, title, label)[1:4]]


def test_every_formula_comes_to_what_is_written_beside_it(sheet):
    cells = sheet.formulas()
    assert len(cells) > 100
    assert [(cell, sheet.value(*cell)) for cell in cells if sheet.value(*cell) != sheet.shown(*cell)] == []


def test_rates_values_and_fees_are_typed_and_every_duty_is_a_formula(sheet):
    duties = sheet.typed["Duties"]
    for row in range(2, duties.max_row):
        kinds = [duties.cell(row, column).data_type for column in (5, 6, 7, 11, 12, 13)]
        assert kinds == ["f"] * 6
    assert {cell.data_type for cell in sheet.typed["Shipments"]["J"][1:-1]} == {"n"}


def test_the_totals_are_those_of_the_store(filed, sheet):
    loss = filed.store.prior_disclosure(list(filed.ledger.case(filed.case_id).flag_ids))
    assert amounts(sheet, "Loss of duty and fees") == [loss.loss_floor, loss.loss_base, loss.loss_ceiling]
    owed = filed.store.table("exposure_shipments").collect()
    for row in range(2, sheet.typed["Shipments"].max_row):
        uid = sheet.value("Shipments", f"A{row}")
        known = owed.filter(pl.col("shipment_uid") == uid).row(0, named=True)
        found = [sheet.value("Shipments", f"{column}{row}") for column in "GHIJ"]
        assert found == [known[name] for name in ("duty_floor_usd", "duty_base_usd", "duty_ceiling_usd", "fee_usd")]


def test_a_shipment_that_was_set_aside_is_not_counted_and_can_be_taken_back(filed):
    sheet = Spreadsheet(filed.read(LOSS))
    counted = "Of this, shipments that are counted"
    assert amounts(sheet, counted)[1] == Decimal("158.72")
    sheet.write("Shipments", f"N{row_of(sheet, 'Shipments', '5X0070237636')[0][1:]}", 1)
    assert amounts(sheet, counted)[1] == amounts(sheet, "Loss of duty and fees")[1] == Decimal("340.84")


def test_another_rate_moves_the_loss_and_shows_a_difference(filed):
    sheet = Spreadsheet(filed.read(LOSS))
    row = row_of(sheet, "Duties", "5X0070245924")[0][1:]
    sheet.write("Duties", f"C{row}", 0.1)
    assert amounts(sheet, "Loss of duty and fees")[1] == Decimal("340.84") - Decimal("29.36") + Decimal("55.40")
    assert sheet.value("Duties", f"Q{row}") == 2 * (Decimal("55.40") - Decimal("29.36"))


def test_losses_of_every_flag_of_the_samples_replay(copied):
    store, ledger = copied
    flags = store.table("exposure").filter(component="total").select("flag_id").unique().collect()["flag_id"]
    for flag_id in flags.sort():
        case = ledger.open(flag_id)
        found = dossier(store, ledger, case.case_id)
        sheet = Spreadsheet(disclosure_workbook(basis_of_case(store, context_of(store, found))))
        wrong = [cell for cell in sheet.formulas() if sheet.value(*cell) != sheet.shown(*cell)]
        assert wrong == []
        total = row_of(sheet, "Summary", "Loss of duty and fees")
        screened = [sheet.value("Summary", cell) for cell in total[4:7]]
        assert screened in ([sheet.value("Summary", cell) for cell in total[1:4]], [None] * 3)


def layer(**changes):
    row = {"layer": "GENERAL", "driver": "certain", "lines": 1, "rate_least": Decimal("0.075"),
           "rate_most": Decimal("0.075"), "source": "HTS"}  # fmt: skip
    return {**row, **dict.fromkeys(("floor_usd", "base_usd", "ceiling_usd"), Decimal("5.03")), **changes}


def test_half_a_cent_and_half_a_dollar_go_up():
    assert whole_dollars(Decimal("66.50")) == 67
    assert duty_of(layer(), Decimal(67)).amounts == (Decimal("5.03"),) * 3


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({}, (1, 1, 1)),
        ({"floor_usd": Decimal(0)}, (0, 1, 1)),
        (dict.fromkeys(("floor_usd", "base_usd", "ceiling_usd"), Decimal(0)), (0, 0, 0)),
        ({"rate_least": Decimal(0), "floor_usd": Decimal(0), "base_usd": Decimal(0)}, (1, 1, 1)),
        ({"rate_least": None, "rate_most": None, **dict.fromkeys(("floor_usd", "base_usd", "ceiling_usd"), Decimal(0))},
         (1, 1, 1)),
    ],
)  # fmt: skip
def test_which_figures_hold_a_duty_is_told_by_what_the_run_has(changes, held):
    duty = duty_of(layer(**changes), Decimal(67))
    assert (duty.held, duty.is_computed, duty.amounts) == (held, True, duty.screened)


def test_a_duty_of_several_lines_is_typed_in():
    amounts = dict.fromkeys(("floor_usd", "base_usd", "ceiling_usd"), Decimal("4.40"))
    row = layer(lines=2, rate_least=Decimal("0.05"), rate_most=Decimal("0.1"), **amounts)
    duty = duty_of(row, Decimal(67))
    assert (duty.is_computed, duty.amounts) == (False, duty.screened)


def test_the_entries_hold_every_shipment_with_its_file_and_line(filed):
    book = openpyxl.load_workbook(BytesIO(filed.read("03_entries.xlsx")))
    assert book.sheetnames == ["shipments", "entries", "days", "flags", "aliases", "links"]
    head, *rows = book["shipments"].iter_rows(values_only=True)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert len(told) == 6
    assert {(row["shipment_id"], row["source_line"]) for row in told} >= {("5X0070237636", 919)}
    aside = [row["exclude_reason"] for row in told if row["is_included"] == "no"]
    assert aside == ["The seller says that it was returned before release."]
    entries = list(book["entries"].iter_rows(values_only=True))
    assert sum(row[entries[0].index("shipments")] for row in entries[1:]) == 4

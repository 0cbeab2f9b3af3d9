"""The workbook computes what the page says, to the cent; texts are texts; the same terms give the same bytes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from analytics.cases.packet.disclosure import Selection, Terms
from analytics.cases.packet.disclosure.totals import claims_range, totals_of
from analytics.cases.packet.disclosure.workbook import disclosure_workbook
from tests.cases.packet.formulas import Spreadsheet
from tests.reading import text_of_office, text_of_pdf

from .conftest import FORMULA, TAX_ID

SHEETS = [
    "Summary", "Tender", "Entries", "Interest", "Shipments", "Duties", "Interpretations", "Flags", "Open questions",
    "Assumptions", "Unknowns",
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(disclosable):
    """Every flag of the store, with interest over a change of the rate."""
    return disclosable.prior_disclosure(terms=Terms(discloser=FORMULA, interest_to=date(2025, 4, 1)))


@pytest.fixture(scope="module")
def content(whole):
    return disclosure_workbook(whole.basis)


@pytest.fixture
def sheet(content):
    return Spreadsheet(content)


def column(sheet, name, title="Entries"):
    """Cells under a heading, by shipment."""
    head = next(row for row in sheet.typed[title].iter_rows() if any(cell.value == "Shipment" for cell in row))
    at = {cell.value: cell.column for cell in head}
    rows = range(head[0].row + 1, sheet.typed[title].max_row)
    key = {sheet.typed[title].cell(row, at["Shipment"]).value: row for row in rows}
    return {uid: sheet.typed[title].cell(row, at[name]).coordinate for uid, row in key.items()}


def amount(sheet, label):
    cell = next(row[1] for row in sheet.typed["Tender"].iter_rows() if str(row[0].value).startswith(label))
    return sheet.value("Tender", cell.coordinate)


def test_every_formula_comes_to_what_python_computed(sheet):
    cells = sheet.formulas()
    assert sheet.typed.sheetnames == SHEETS
    assert len(cells) > 120
    assert [(cell, sheet.value(*cell)) for cell in cells if sheet.value(*cell) != sheet.shown(*cell)] == []


def test_the_entries_are_those_of_the_page_to_the_cent(sheet, whole):
    for entry in whole.basis.entries:
        told = [sheet.value("Entries", column(sheet, name)[entry.uid]) for name in ("Loss", "Interest", "Total")]
        if entry.loss is None:
            assert told == ["unknown"] * 3
        else:
            assert told == [entry.loss, entry.interest_usd, entry.loss + entry.interest_usd]


def test_the_tender_is_the_sum_of_its_parts(sheet, whole):
    totals = totals_of(whole.basis)
    assert amount(sheet, "Loss of entries") == Decimal("487.10")
    assert amount(sheet, "Loss told by flag") == Decimal("27.47")
    assert amount(sheet, "Interest") == totals.interest == Decimal("10.13")
    assert amount(sheet, "Loss with interest, at least") == totals.tender == Decimal("524.70")


def claims_of(sheet):
    row = next(row for row in sheet.typed["Tender"].iter_rows() if str(row[0].value).startswith("Range"))
    return [sheet.value("Tender", cell.coordinate) for cell in row[1:3]]


def test_the_range_of_the_false_claims_act_is_a_formula_without_a_most_where_a_duty_is_unread(sheet, whole):
    assert claims_of(sheet) == [claims_range(whole.basis, totals_of(whole.basis)).least, "unknown"]
    sheet.write("Shipments", column(sheet, "Counted (1 or 0)", "Shipments")["M1"], 0)
    assert claims_of(sheet)[0] == Decimal("101699.71") - 3 * Decimal("160.62")


def test_the_range_of_a_loss_that_is_whole_has_two_ends(disclosable):
    flag = disclosable.table("flags").filter(typology="informal_entry_split").collect()["flag_id"][0]
    maria = disclosable.prior_disclosure(selection=Selection(sellers=("S1",)))
    for found, ends in (
        (maria, ["44369.58", "87302.58"]),
        (disclosable.prior_disclosure([flag]), ["28698.41", "57320.41"]),
    ):
        sheet = Spreadsheet(disclosure_workbook(found.basis))
        assert claims_of(sheet) == [Decimal(end) for end in ends]


def test_a_duty_that_could_not_be_read_is_a_word(sheet):
    assert sheet.value("Entries", column(sheet, "General rate")["-B1"]) == "unknown"
    assert sheet.value("Entries", column(sheet, "Rate: General rate")["-B1"]) == "unknown"
    assert sheet.value("Entries", column(sheet, "Rate: General rate")["M1"]) == Decimal("0.32")
    assert sheet.value("Entries", column(sheet, "Rate: Section 301, China")["M1"]) == Decimal("0.075")
    assert sheet.value("Entries", column(sheet, "Paid")["C1"]) == "unknown"
    labels = [row[0].value for row in sheet.typed["Entries"].iter_rows()]
    assert labels[-1] == "Total, at least"


def test_another_day_of_deposit_moves_the_interest(sheet):
    sheet.write("Interest", column(sheet, "From", "Interest")["M1"], datetime(2025, 1, 1))
    assert sheet.value("Interest", column(sheet, "Interest", "Interest")["M1"]) == Decimal("2.80")
    assert sheet.value("Entries", column(sheet, "Total")["M1"]) == Decimal("163.42")


def test_what_was_paid_lowers_the_loss(sheet):
    sheet.write("Entries", column(sheet, "Paid")["M1"], 100)
    assert sheet.value("Entries", column(sheet, "Loss")["M1"]) == Decimal("60.62")
    assert sheet.value("Interest", column(sheet, "Interest", "Interest")["M1"]) == Decimal("1.27")


def test_a_shipment_that_is_not_counted_leaves_entries_and_tender(sheet):
    sheet.write("Shipments", column(sheet, "Counted (1 or 0)", "Shipments")["M1"], 0)
    assert amount(sheet, "Loss of entries") == Decimal("326.48")
    assert amount(sheet, "Interest") == Decimal("6.76")


def test_days_without_a_rate_are_counted(about):
    beyond = about("daily_limit", interest_to=date(2199, 1, 1))
    sheet = Spreadsheet(disclosure_workbook(beyond.basis))
    days = column(sheet, "Days without a rate", "Interest")
    reach = beyond.basis.growth.reach
    assert sheet.value("Interest", days["M1"]) == (date(2199, 1, 1) - reach).days > 0
    assert [cell for cell in sheet.formulas() if sheet.value(*cell) != sheet.shown(*cell)] == []
    assert beyond.interest is None


def test_without_a_day_there_is_no_interest_and_no_nought(about):
    sheet = Spreadsheet(disclosure_workbook(about("daily_limit").basis))
    assert "Interest" not in sheet.typed.sheetnames
    assert sheet.value("Entries", column(sheet, "Interest")["M1"]) == "unknown"
    assert amount(sheet, "Interest") == "unknown"


def test_what_strangers_typed_is_text(content):
    book = openpyxl.load_workbook(BytesIO(content))
    formulas = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert [text for text in formulas if "HYPERLINK" in text or "SUM(1)" in text or text == "=1+1"] == []
    texts = {cell.value for row in book["Entries"].iter_rows() for cell in row}
    assert {"=1+1", "@SUM(1)", "-B1"} <= texts


def test_no_form_names_a_consignee_or_bears_a_tax_id(whole, content, tmp_path):
    files = whole.write(tmp_path / "out")
    assert [file.name for file in files] == ["disclosure.pdf", "disclosure.docx", "disclosure.xlsx"]
    pdf, word, sheet = (file.read_bytes() for file in files)
    for text in (text_of_pdf(pdf), text_of_office(word), text_of_office(sheet)):
        assert [name for name in ("Maria", "Elm St", "Bo Ek", TAX_ID, "123456789") if name in text] == []
    assert sheet == content
    assert FORMULA in text_of_pdf(pdf).replace("\n", "")


@pytest.mark.parametrize("form", [".pdf", ".docx", ".xlsx"])
def test_the_same_terms_give_the_same_bytes(about, tmp_path, form):
    terms = {"interest_to": date(2025, 4, 1), "role": "broker"}
    one, other = (about("daily_limit", **terms).write(tmp_path / f"{name}{form}")[0] for name in "ab")
    assert one.read_bytes() == other.read_bytes()

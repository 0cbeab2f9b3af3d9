"""Whatever strangers typed prints literally: markup, formulas, control characters, scripts that the font lacks."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest

import analytics
from analytics.cases import open_ledger
from analytics.cases.packet import verify_packet, write_packet
from tests.reading import joined, text_of_pdf

NAME = '#strong[x] $a^2$ @ref `raw` */_ "q" \\n Lopez'
FORMULA = '=HYPERLINK("http://evil.example","click")'
SELLER = "</text><script>alert(1)</script>&amp; Co"
ORDER = "@SUM(1+1)*cmd|' /C calc'!A0"
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 60
SCRIPTS = "\u738b\u82b3 \u0639\u0645\u0631 \u202egnp.exe\u202c \U0001f600 \ufffe Zo\u00eb"
ESCAPE = "Bo\x1b[2J\x07 Ek"
PHONE = {"consignee_phone": "+1 (217) 555-0142"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """One order in lots on five days to names that mean to do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    row = {
        "consignee_address": "12 Elm St", "consignee_city": "Springfield",
        "consignee_state": "IL", "consignee_postal_code": "62704", "declared_value": "450.00", "entry_type": "86",
        "mode": "air", "origin_country": "DE",
        "order_id": ORDER, "seller_name": SELLER, **PHONE,
        "released_at": "2025-03-15T10:30:00Z", "declared_at": "2025-03-09T08:00:00Z",
    }  # fmt: skip
    names = (NAME, FORMULA, LONG, SCRIPTS, ESCAPE)
    rows = [
        {
            **row,
            "shipment_id": f"-S{number}",
            "arrival_date": f"2025-03-1{number}",
            "consignee_name": name,
            "description": FORMULA,
        }
        for number, name in enumerate(names)
    ]
    with (folder / "in.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        store = analytics.screen(folder / "in.csv", folder / "store")
    ledger = open_ledger(store, by='#eval("a")')
    case = ledger.open(store.table("flags").filter(typology="order_split").collect()["flag_id"][0])
    ledger.note(case.case_id, "=1+1 #pagebreak() \x1b[31m\u738b " + LONG)
    ledger.attach(case.case_id, ("../../\u738b =x.txt", b"<html>"))
    ledger.exclude(case.case_id, "-S0", "+cmd|' /C calc'!A0 #let x = 1")
    file = write_packet(store, ledger, case.case_id, folder / "p.zip")
    return store, ledger, case.case_id, file


def read(hostile, name):
    with ZipFile(hostile[3]) as archive:
        return archive.read(name)


def test_markup_is_set_as_it_is_written(hostile):
    text = joined(text_of_pdf(read(hostile, "05_identity_basis.pdf")))
    assert joined(NAME) in text
    assert joined(FORMULA) in text
    assert LONG[:400] in text
    assert text.count("bergerdorff") >= 58, "the whole name, page breaks apart"


def test_what_the_font_lacks_is_shown_in_latin_letters_and_kept_in_the_workbook(hostile):
    text = joined(text_of_pdf(read(hostile, "05_identity_basis.pdf")))
    assert "\u2039Wang\u203a" in text or "\u2039WangFang\u203a" in text
    assert "Zo\u00eb" in text
    book = openpyxl.load_workbook(BytesIO(read(hostile, "03_entries.xlsx")))
    assert any("\u738b\u82b3 \u0639\u0645\u0631" in str(value) for value in values(book["shipments"]))


def values(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row]


def test_instants_stand_in_the_workbook_as_instants(hostile):
    book = openpyxl.load_workbook(BytesIO(read(hostile, "03_entries.xlsx")))
    assert datetime(2025, 3, 15, 10, 30) in values(book["shipments"])


def test_no_text_of_a_workbook_is_a_formula_or_a_link(hostile):
    for name in ("03_entries.xlsx", "04_loss_of_duties.xlsx"):
        book = openpyxl.load_workbook(BytesIO(read(hostile, name)))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        own = [cell for cell in cells if cell.data_type == "f"]
        assert not [cell.value for cell in own if "HYPERLINK" in cell.value or "cmd" in cell.value]
        assert not [cell for cell in cells if cell.hyperlink]
        assert bool(own) is name.startswith("04")
    assert FORMULA in values(openpyxl.load_workbook(BytesIO(read(hostile, "03_entries.xlsx")))["shipments"])


def test_the_event_log_opens_as_text(hostile):
    rows = list(csv.DictReader(StringIO(read(hostile, "08_event_log.csv").decode())))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert not [cell for row in rows for cell in row.values() if "\x1b" in cell]


def test_the_docx_holds_the_names_as_text(hostile):
    document = docx.Document(BytesIO(read(hostile, "02_narrative.docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert NAME in cells
    assert f"{LONG[:119]}\u2026" in cells
    assert any(cell.startswith("\u738b\u82b3") for cell in cells)
    assert not [cell for cell in cells if "\x1b" in cell or "\u202e" in cell or "\ufffe" in cell]


def test_names_of_documents_cannot_leave_the_folder(hostile):
    with ZipFile(hostile[3]) as archive:
        found = [name for name in archive.namelist() if name.startswith("documents/")]
    assert len(found) == 1
    assert ".." not in found[0]
    assert found[0].isascii()


def test_a_hostile_packet_replays(hostile):
    store, ledger, _, file = hostile
    assert verify_packet(file, store, ledger).is_whole


def test_the_masked_edition_hides_hostile_names_too(hostile, tmp_path):
    store, ledger, case_id, _ = hostile
    file = write_packet(store, ledger, case_id, tmp_path / "masked.zip", masked=True)
    with ZipFile(file) as archive:
        texts = [
            joined(text_of_pdf(archive.read(name)))
            if name.endswith(".pdf")
            else archive.read(name).decode("utf-8", "replace")
            for name in archive.namelist()
        ]
    assert not [text for text in texts if "Wolfeschlegel" in text or "HYPERLINK" in text or "Elm" in text]

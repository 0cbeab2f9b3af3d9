"""LibreOffice computes every formula of the workbook to what is written beside it."""

from __future__ import annotations

import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from analytics.cases.packet.disclosure import Terms
from analytics.cases.packet.disclosure.workbook import disclosure_workbook
from tests.cases.packet.formulas import Spreadsheet
from tests.debian import program


def recomputed(content, folder):
    """Return the workbook as LibreOffice computes it: saved once without the results that we wrote."""
    openpyxl.load_workbook(BytesIO(content)).save(folder / "bare.xlsx")
    (folder / "out").mkdir()
    asked = [
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    soffice = program(("soffice",), "libreoffice-calc-nogui")
    subprocess.run(
        [soffice, *asked, "--outdir", str(folder / "out"), str(folder / "bare.xlsx")], check=True, timeout=180
    )
    return openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)


@pytest.mark.slow
@pytest.mark.parametrize("until", [date(2025, 4, 1), date(2199, 1, 1), None])
def test_a_spreadsheet_program_computes_the_same(samples, tmp_path, until):
    content = disclosure_workbook(samples.prior_disclosure(terms=Terms(interest_to=until)).basis)
    sheet, book = Spreadsheet(content), recomputed(content, tmp_path)
    cells = sheet.formulas()
    assert len(cells) > 1000
    found = {cell: book[cell[0]][cell[1]].value for cell in cells}
    wrong = [
        (cell, value, sheet.shown(*cell))
        for cell, value in found.items()
        if round(Decimal(repr(value)), 9) != round(sheet.shown(*cell), 9)
    ]
    assert wrong == []

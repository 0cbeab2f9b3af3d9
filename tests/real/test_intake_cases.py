"""Files as couriers, brokers and shops write them: each is read right at once, or asks and then is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import analytics
from analytics.errors import InputError
from tests.answers import answered
from tests.shared_data import shared, shared_root

FOLDER = "cases/intake"
COUNTED = {"objective", "inferred"}

CHOSEN = {
    "c07_padded_headings_apostrophes.csv": ('date_format.arrival_date = "MDY"',),
    "c25_ibc_fullman_no_headings.csv": ('columns.consignee_name = "column:D"',),
    "c35_DeclaredValueperUnit_Qty.csv": ('columns.declared_value = "Declared Value per Unit"',),
    "c35_ItemValue_Quantity.csv": ('columns.declared_value = "Item Value"',),
    "c35_PricePaid_Qty.csv": ('columns.declared_value = "Price Paid"',),
    "c35_Price_Qty.csv": ('columns.declared_value = "Price"',),
    "c35_UnitValue_Qty.csv": ('columns.declared_value = "Unit Value"',),
    "c35_ValueUnit_Qty.csv": ('columns.declared_value = "Value (Unit)"',),
}
"""What a user who knows the file chooses, where it is not the first setting that is offered."""
SAID = {
    "c09_chinese_forwarder_gb18030.csv": "daily_limit 853.74",
    "c09b_unit_price_only.csv": "daily_limit 853.74",
    "c45b_thousands_only.csv": "none",
    "c45c_mixed_marks.csv": "daily_limit 911.00",
}
"""What the cells of a file add up to, where the expected flags are those of the file that it was made from: unit prices
were rounded; all values are 1,055, which is over the limit alone or 1.06; all values are 455.50 or 455,50."""


def cases():
    """Return a row a case; one that skips where the files are not there."""
    expected = shared_root() / FOLDER / "expected.csv"
    if not expected.exists():
        return [pytest.param({}, id="absent")]
    with expected.open(encoding="utf-8", newline="") as opened:
        return [pytest.param(row, id=row["files"]) for row in csv.DictReader(opened)]


def flags_of(run: analytics.Run) -> str:
    flags = run.table("flags").collect().rows(named=True)
    found = sorted(f"{flag['typology']} {flag['total_usd'] or 0:.2f}" for flag in flags if flag["strength"] in COUNTED)
    return "; ".join(found) or "none"


def screened(files: list[Path], folder: Path) -> tuple[analytics.Run, str]:
    """Screen files; where they ask, put the settings that are offered into a mapping and screen them again."""
    try:
        return analytics.screen(files, folder / "first"), "right"
    except InputError as error:
        message = str(error)
    chosen = CHOSEN.get(files[0].name, ())
    mapping = answered(message, lambda offered: next((item for item in offered if item in chosen), offered[0]))
    (folder / "map.toml").write_text(mapping, encoding="utf-8")
    return analytics.screen(files, folder / "second", mappings=[folder / "map.toml"]), "asked"


@pytest.mark.slow
@pytest.mark.parametrize("case", cases())
def test_a_file_is_read_right_or_asks_and_then_is(tmp_path: Path, case, record_property):
    folder = shared(FOLDER)
    run, outcome = screened([folder / name for name in case["files"].split(" + ")], tmp_path)
    record_property("outcome", outcome)
    assert outcome == "right" or case["may_ask"] == "yes"
    assert flags_of(run) == SAID.get(case["files"], case["flags"])
    assert not case["accepted"] or run.accepted == int(case["accepted"])

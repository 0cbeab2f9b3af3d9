"""What holds for every input: nothing is lost, and no tax id leaves in clear."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.conftest import Desk

HEADINGS = [
    "shipment_id",
    "arrival_date",
    "consignee_name",
    "consignee_address",
    "declared_value",
    "consignee_tax_id",
    "line_no",
]
TAX_IDS = st.from_regex(r"\A[A-Z]{0,3}[1-9]{9,11}\Z")
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
CELLS = [
    st.sampled_from(["S1", "S2", "S3", ""]) | WORDS,
    st.sampled_from(["2025-03-04", "2025-03-05", "2026-06-01", "", "soon", "2025-02-30"]),
    st.sampled_from(["Ann", "TO ORDER", ""]) | WORDS,
    st.sampled_from(["1 Elm", ""]) | WORDS,
    st.sampled_from(["10", "$1,000.50", "-3", "(4)", "", "many", "USD 7"]),
    TAX_IDS,
    st.sampled_from(["", "1", "2", "x"]),
]
ROWS = (
    st.tuples(*CELLS).map(list)
    | st.tuples(*CELLS).map(lambda row: row[2:])
    | st.tuples(*CELLS).map(lambda row: [*row, "x"])
)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def screened(rows):
    """Take a file of these rows in, twice: in halves, as two files."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for at, part in enumerate((rows[: len(rows) // 2], rows[len(rows) // 2 :])):
            text = io.StringIO()
            csv.writer(text).writerows([HEADINGS, *part])
            intake = desk.take(desk.write(f"{at}.csv", text.getvalue()))
            yield part, intake, [pl.read_parquet(file) for file in (*intake.landed, *intake.rejected)]


@QUICK
@given(st.lists(ROWS, max_size=12))
def test_every_row_is_accepted_rejected_or_repeated(rows):
    for part, intake, _ in screened(rows):
        (record,) = intake.inputs
        if record.skipped is None:
            assert record.read == sum(any(row) for row in part)
            assert record.read == record.accepted + record.rejected + record.repeated


@QUICK
@given(st.lists(ROWS, max_size=12))
def test_no_tax_id_is_in_any_output(rows):
    tax_ids = {row[5] for row in rows if len(row) == len(HEADINGS)}
    for _, intake, tables in screened(rows):
        shown = repr(intake.inputs) + "".join(table.write_ndjson() for table in tables)
        elsewhere = {
            tax_id for tax_id in tax_ids if any(tax_id in cell for row in rows for cell in (*row[:5], *row[6:]))
        }
        assert not [tax_id for tax_id in tax_ids - elsewhere if tax_id in shown]

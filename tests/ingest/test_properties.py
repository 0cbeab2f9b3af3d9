"""What holds for every input: nothing is lost, and no tax id leaves in clear."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from analytics.errors import AmbiguousInput
from tests.examples import at_length
from tests.ingest.conftest import SOUND, Desk

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
ROWS = st.lists(
    st.tuples(*CELLS).map(list)
    | st.tuples(*CELLS).map(lambda row: row[2:])
    | st.tuples(*CELLS).map(lambda row: [*row, "x"]),
    max_size=12,
)
QUICK = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])

MANY = 40


def screened(rows):
    """Take a file of these rows in, twice: in halves, as two files."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for at, part in enumerate((rows[: len(rows) // 2], rows[len(rows) // 2 :])):
            text = io.StringIO()
            csv.writer(text).writerows([HEADINGS, *part])
            try:
                intake = desk.take(desk.write(f"{at}.csv", text.getvalue()))
            except AmbiguousInput:  # empty cells by chance look like those of a pivot table: it asks, rightly
                reject()
            yield part, intake, [pl.read_parquet(file) for file in (*intake.landed, *intake.rejected)]


@QUICK
@given(ROWS)
def test_every_row_is_accepted_rejected_or_repeated(rows):
    for part, intake, _ in screened(rows):
        (record,) = intake.inputs
        if record.skipped is None:
            assert record.read == sum(any(row) for row in part)
            assert record.read == record.accepted + record.rejected + record.repeated


test_every_row_of_many_files = at_length(test_every_row_is_accepted_rejected_or_repeated, MANY, ROWS)


@QUICK
@given(ROWS)
def test_no_tax_id_is_in_any_output(rows):
    tax_ids = {row[5] for row in rows if len(row) == len(HEADINGS)}
    for _, intake, tables in screened(rows):
        shown = repr(intake.inputs) + "".join(table.write_ndjson() for table in tables)
        elsewhere = {
            tax_id for tax_id in tax_ids if any(tax_id in cell for row in rows for cell in (*row[:5], *row[6:]))
        }
        assert not [tax_id for tax_id in tax_ids - elsewhere if tax_id in shown]


test_no_tax_id_is_in_any_output_of_many_files = at_length(test_no_tax_id_is_in_any_output, MANY, ROWS)
FEW = st.fixed_dictionaries(
    {
        "shipment_id": st.sampled_from(["S1", "S2"]),
        "arrival_date": st.sampled_from(["2025-03-04"] * 5 + ["2025-03-05", "2026-06-01"]),
        "consignee_name": st.sampled_from(["Ann Ek"] * 5 + ["Bohdan Tal"]),
        "declared_value": st.sampled_from(["10", "20", "-3"]),
        "declared_at": st.sampled_from([""] * 5 + ["2025-03-01 08:00", "2025-03-02 08:00"]),
        "record_action": st.sampled_from([""] * 8 + ["replace", "cancel"]),
    }
)


SHUFFLED = st.lists(FEW, min_size=1, max_size=10), st.randoms()


def outcome(intake):
    """Tell what became of the rows, whatever their order; all add up."""
    (record,) = intake.inputs
    assert record.read == record.accepted + record.rejected + record.repeated
    values = [pl.read_parquet(file)["declared_value"].sum() for file in intake.landed]
    return record.accepted, record.rejected, record.repeated, values


@QUICK
@given(*SHUFFLED)
def test_order_and_format_change_nothing_and_the_same_rows_again_double_nothing(rows, random):
    shuffled = random.sample(rows, len(rows))
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        first = outcome(desk.take(desk.rows("a.csv", *rows), remember=False))
        text = "\n".join(json.dumps({**SOUND, **row}) for row in shuffled)
        assert outcome(desk.take(desk.write("b.jsonl", text))) == first
        again = desk.take(desk.rows("c.csv", *rows, {"shipment_id": "new"}))
        assert again.inputs[0].accepted == 1


test_order_and_format_of_many_files = at_length(
    test_order_and_format_change_nothing_and_the_same_rows_again_double_nothing, MANY, *SHUFFLED
)

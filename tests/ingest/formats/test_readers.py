"""Every form of file gives the same rows, with the line each stands on."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from analytics.errors import AmbiguousInput, InputError, UnreadableFile, UsageError

HEAD = "shipment_id,arrival_date,consignee_name,consignee_address,declared_value\n"
ROW = "S1,2025-03-04,Zoë Müller,1 Test Street,10.50\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_reads_western_encodings(desk, landed, encoding):
    intake = desk.take(desk.write("a.csv", (HEAD + ROW).encode(encoding)))
    assert landed(intake)[0]["consignee_name"] == "Zoë Müller"


def test_reads_gb18030(desk, landed):
    intake = desk.take(desk.write("a.csv", (HEAD + "S1,2025-03-04,王小明,上海市浦东新区,10\n").encode("gb18030")))
    assert landed(intake)[0]["consignee_address"] == "上海市浦东新区"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_the_delimiter(desk, landed, delimiter):
    intake = desk.take(desk.write("a.txt", (HEAD + ROW).replace(",", delimiter)))
    assert landed(intake)[0]["declared_value"] == Decimal("10.50")


def test_obeys_the_declaration_of_excel(desk, landed):
    intake = desk.take(desk.write("a.csv", "sep=;\n" + (HEAD + ROW).replace(",", ";")))
    assert [row["source_line"] for row in landed(intake)] == [3]


def test_reads_gzip(desk, landed):
    intake = desk.take(desk.write("a.csv.gz", gzip.compress((HEAD + ROW).encode())))
    assert len(landed(intake)) == 1


def test_a_cut_off_gzip_is_an_error(desk):
    with pytest.raises(UnreadableFile, match="gzip"):
        desk.take(desk.write("a.csv.gz", gzip.compress((HEAD + ROW * 500).encode())[:-9]))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_through_cells_of_several_lines(desk, landed, line_end):
    body = 'S1,2025-03-04,Ann,"1 Test\nStreet",1\n\nS2,2025-03-04,Ann,"a\nb\nc",1\nS3,2025-03-04,Ann,d,1\n'
    intake = desk.take(desk.write("a.csv", (HEAD + body).replace("\n", line_end)))
    assert [(row["shipment_id"], row["source_line"]) for row in landed(intake)] == [("S1", 2), ("S2", 5), ("S3", 8)]


def test_rows_with_too_many_cells_are_rejected_and_never_shifted(desk, landed, rejected):
    body = "S2,2025-03-04,Ann,1 Elm,5,extra\nS3,2025-03-04,Ann,1 Elm,5\n"
    intake = desk.take(desk.write("a.csv", HEAD + body))
    assert [row["shipment_id"] for row in landed(intake)] == ["S3"]
    assert [(row["source_line"], json.loads(row["raw"])["line"]) for row in rejected(intake)] == [
        (2, "S2,2025-03-04,Ann,1 Elm,5,extra"),
    ]


def reasons(rows):
    return [(row["source_line"], *(item["reason"] for item in json.loads(row["reasons"]))) for row in rows]


def test_a_row_without_its_last_cells_is_judged_by_what_it_lacks(desk, landed, rejected):
    head = HEAD.replace("\n", ",description,quantity\n")
    body = "S1,2025-03-04,Ann,1 Elm,5,Mug,1\nS2,2025-03-04,Ann,1 Elm,5\nS3,2025-03-04,Ann,1 Elm\nS4,2025-03-04\n"
    intake = desk.take(desk.write("a.csv", head + body))
    assert [row["shipment_id"] for row in landed(intake)] == ["S1", "S2"]
    assert reasons(rejected(intake)) == [(4, "value_missing"), (5, "consignee_blank", "value_missing")]


@pytest.mark.parametrize(("head_end", "row_end"), [("", ","), (",", ""), (",,", ",,"), ("", ",,,"), (",,", ",")])
def test_delimiters_at_the_end_of_rows_or_headings_are_no_cells(desk, landed, head_end, row_end):
    body = "".join(f"S{number},2025-03-04,Ann,1 Elm,5{row_end}\n" for number in range(3))
    intake = desk.take(desk.write("a.csv", HEAD.strip() + head_end + "\n" + body))
    assert [(row["shipment_id"], row["source_line"]) for row in landed(intake)] == [("S0", 2), ("S1", 3), ("S2", 4)]


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ("S9,2025-03-04,Ann Bee,1 Elm Boston,MA,02134,10.00,2", "ragged_row"),  # a delimiter is lost
        ("S9,2025-03-04,Ann Bee,1 Elm, Apt 4,Boston,MA,02134,10.00,2,", "ragged_row"),  # one is too many
        ("S9,2025-03-04,Ann Bee,1 Elm,Boston,MA,02134", "value_missing"),
        ("S9,2025-03-04,Ann Bee,1 Elm,Boston,MA,02134,10.00", None),
        ("S9,2025-03-04,Ann Bee,1 Elm,Boston,MA,02134,10.00,,,", None),
    ],
)
def test_a_row_whose_cells_stand_under_wrong_headings_is_rejected(desk, landed, rejected, odd, reason):
    head = "shipment_id,arrival_date,consignee_name,consignee_address,consignee_city,consignee_state,"
    head += "consignee_postal_code,declared_value,quantity,description\n"
    sound = "".join(f"S{at},2025-03-0{at},Ann Bee,{at} Elm,Boston,MA,0213{at},{at}.50,1,\n" for at in range(1, 10))
    intake = desk.take(desk.write("a.csv", head + sound.replace("S9", "S8") + odd + "\n"))
    assert [row["shipment_id"] for row in landed(intake) if row["source_line"] == 11] == ([] if reason else ["S9"])
    assert [found[1] for found in reasons(rejected(intake)) if found[0] == 11] == ([reason] if reason else [])


def test_quotes_inside_a_cell_are_content(desk, landed):
    intake = desk.take(desk.write("a.csv", HEAD + 'S1,2025-03-04,Ann 32" TV,"say ""hi""",5\n'))
    assert (landed(intake)[0]["consignee_name"], landed(intake)[0]["consignee_address"]) == ('Ann 32" TV', 'say "hi"')


def test_an_unclosed_quote_costs_its_own_line_only(desk, landed, rejected):
    body = 'S1,2025-03-04,"Ann,1 Elm,5\n' + "".join(f"S{n},2025-03-04,Ann,1 Elm,5\n" for n in range(2, 50))
    intake = desk.take(desk.write("a.csv", HEAD + body))
    assert [row["source_line"] for row in landed(intake)] == list(range(3, 51))
    assert [row["source_line"] for row in rejected(intake)] == [2]


def test_a_list_of_numbers_to_cancel_needs_no_delimiter(desk, landed):
    mapping = '[[source]]\nmatch = "a.csv"\nconstants = { record_action = "cancel" }\n'
    intake = desk.take(desk.write("a.csv", "shipment_id\nS1\nS2\n"), mapping=mapping)
    assert [(row["shipment_id"], row["record_action"]) for row in landed(intake)] == [
        ("S1", "cancel"),
        ("S2", "cancel"),
    ]


def test_a_file_of_headings_has_no_rows(desk):
    record = desk.take(desk.write("a.csv", HEAD)).inputs[0]
    assert (record.read, record.skipped) == (0, None)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"just one line of prose\n", b"\xff\xfe\x00"])
def test_what_is_no_table_is_an_error(desk, content):
    with pytest.raises(InputError):
        desk.take(desk.write("a.csv", content))


def test_a_line_of_data_is_not_shown_as_headings(desk):
    with pytest.raises(InputError) as error:
        desk.take(desk.write("a.csv", "S100,2025-03-04,Maria Lopez,12 Elm,5\n"))
    assert "Maria" not in str(error.value)


def test_parquet_keeps_types(desk, landed):
    frame = pl.DataFrame(
        {
            "shipment_id": [7],
            "arrival_date": [datetime(2025, 3, 5, 3, 0, tzinfo=UTC)],
            "consignee_id": ["c"],
            "declared_value": [1.234],
            "quantity": [Decimal("2.50")],
        }
    )
    path = desk.folder / "a.parquet"
    frame.write_parquet(path)
    row = landed(desk.take(path))[0]
    assert (row["shipment_id"], row["arrival_date"], row["source_line"]) == ("7", date(2025, 3, 4), 1)
    assert (row["declared_value"], row["quantity"]) == (Decimal("1.23"), Decimal("2.5000"))


def test_a_cut_off_parquet_is_an_error(desk):
    with pytest.raises(UnreadableFile, match="Parquet"):
        desk.take(desk.write("a.parquet", b"PAR1 and no more"))


def test_folders_and_globs_are_unfolded_and_sorted(desk):
    folder = desk.folder / "in"
    (folder / "deep").mkdir(parents=True)
    for number, name in enumerate(["b.csv", "a.csv", "deep/c.csv", "README.md", ".hidden.csv"]):
        (folder / name).write_text(HEAD + ROW.replace("S1", f"S{number}"))
    by_folder = desk.take(folder, remember=False)
    by_glob = desk.take(str(folder / "**" / "*.csv"), remember=False)
    names = [item.path.removeprefix(str(folder)) for item in by_folder.inputs]
    assert names == ["/a.csv", "/b.csv", "/deep/c.csv"]
    assert sorted(item.path for item in by_glob.inputs) == sorted(item.path for item in by_folder.inputs)


@pytest.mark.parametrize("name", ["nothing.csv", "no*.csv"])
def test_an_input_that_is_not_there_is_an_error(desk, name):
    with pytest.raises(UsageError, match="not found"):
        desk.take(desk.folder / name)


def test_nothing_but_tables_is_left_in_the_work_folder(desk):
    desk.take(desk.rows("a.csv", {}, {"shipment_id": "", "declared_value": "-1"}))
    assert sorted(path.name for path in (desk.folder / "out-1").iterdir()) == [
        "landed-000000.parquet",
        "rejected-000000.parquet",
    ]


def test_a_pipe_is_refused_at_once(desk):
    os.mkfifo(desk.folder / "pipe")
    with pytest.raises(UsageError, match="Write it to a file first"):
        desk.take(desk.folder / "pipe")


@pytest.mark.parametrize(
    ("days", "orders"),
    [
        (["03/03/25", "04/03/25", "05/03/25"], ["DMY", "MDY", "YMD"]),
        (["03/03/25", "03/04/25", "03/05/25"], ["MDY", "DMY", "YMD"]),
        (["25/03/03", "25/03/04", "25/03/05"], ["YMD", "DMY"]),
    ],
)
def test_a_day_that_fits_three_orders_is_asked_with_the_likeliest_first(desk, days, orders):
    rows = [{"shipment_id": day, "arrival_date": day} for day in days]
    with pytest.raises(AmbiguousInput) as error:
        desk.take(desk.rows("a.csv", *rows))
    assert error.value.questions[0].choices == tuple(f'date_format.arrival_date = "{order}"' for order in orders)

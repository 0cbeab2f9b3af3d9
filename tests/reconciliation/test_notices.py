"""A file of notices is taken whole or not at all, and each notice once."""

import pytest

from analytics.errors import InputError, UnreadableFile
from analytics.reconciliation import take_notices


@pytest.fixture
def store(tmp_path, screened_once):
    (tmp_path / "in.csv").write_text(
        "shipment_id,arrival_date,consignee_name,consignee_address,declared_value\nS1,2025-08-14,Ana Ruiz,1 Elm,10\n"
    )
    return screened_once(tmp_path / "in.csv", tmp_path / "store", threads=2)


def notices(folder, text):
    (folder / "n.csv").write_text(text, encoding="utf-8")
    return folder / "n.csv"


@pytest.mark.parametrize(
    "text",
    [
        "bill,code,date\nHB 1,4M,2025-08-14\n",
        "House Bill;Disposition Code;Notice Date\nHB 1;4m;20250814\n",
        "\ufeffDate\tCode\tHAWB\n2025-08-14\t 4M \tHB 1\n\n",
    ],
)
def test_headings_separators_and_days_as_they_come(store, tmp_path, text):
    taken = take_notices(store, notices(tmp_path, text), by="Ana")
    assert (taken.read, taken.fresh, taken.known) == (1, 1, 0)
    (row,) = store.table("notices").collect().rows(named=True)
    assert (row["bill"], row["code"], str(row["notice_date"]), row["taken_by"], row["source_line"]) == (
        "HB 1", "4M", "2025-08-14", "Ana", 2,
    )  # fmt: skip


def test_what_is_known_is_passed_over_and_counted(store, tmp_path):
    take_notices(store, notices(tmp_path, "bill,code,date\nA,4M,2025-08-14\nA,4M,2025-08-14\n"))
    taken = take_notices(store, notices(tmp_path, "bill,code,date\nA,4M,2025-08-14\nB,4M,2025-08-14\n"))
    assert (taken.read, taken.fresh, taken.known) == (2, 1, 1)
    assert store.table("notices").collect().height == 2


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", UnreadableFile, "0 columns for bill"),
        ("bill,date\nA,2025-08-14\n", UnreadableFile, "0 columns for code"),
        ("bill,hawb,code,date\nA,A,4M,2025-08-14\n", UnreadableFile, "2 columns for bill"),
        ("bill,code,date\nA,4M,2025-08-14\n,4M,2025-08-14\n", InputError, "line 3: bill or code is missing"),
        ("bill,code,date\nA,4M,14.8.2025\n", InputError, "line 2: '14.8.2025' is no day"),
        ("bill,code,date\nA\n", InputError, "line 2: bill or code is missing"),
    ],
)
def test_a_wrong_file_is_told_and_nothing_is_taken(store, tmp_path, text, error, says):
    with pytest.raises(error, match=says):
        take_notices(store, notices(tmp_path, text))
    assert store.table("notices").collect().is_empty()


def test_a_file_that_is_no_text_is_told(store, tmp_path):
    (tmp_path / "n.csv").write_bytes(b"\xff\xfe\x00\x00\x81")
    with pytest.raises(UnreadableFile, match="Give a CSV file in UTF-8"):
        take_notices(store, tmp_path / "n.csv")

"""Tables made from published lists: what of each line is said, and that making them again changes nothing."""

import csv
import filecmp

import pytest

from analytics.contracts.paths import sql_folder
from analytics.exposure.make_tables import Program, china_rows, main, program_rows, rate_rows
from tests.shared_data import shared

LINES = ["10010000", "10020010", "10020020", "10030000", "20010000"]


def told(rows):
    return [(row["hts_prefix"], row["goods_list"], row["valid_from"], row["valid_to"]) for row in rows]


def made(*stretches, otherwise="none"):
    return told(program_rows(Program("S", "a source", dict(stretches), otherwise), LINES))


def test_lines_that_are_alike_have_one_row_and_others_their_own():
    rows = made(("2020-01-01", [("1002", "A"), ("20", "B?")]))
    assert rows == [
        ("20", "B|none", "2020-01-01", ""),
        ("1002", "A", "2020-01-01", ""),
        ("ALL", "none", "2020-01-01", ""),
    ]


def test_a_list_of_a_part_of_a_line_leaves_the_line_open_and_the_part_sure():
    rows = made(("2020-01-01", [("1003000010", "A")]))
    assert rows[:-1] == [("1003", "A|none", "2020-01-01", ""), ("1003000010", "A", "2020-01-01", "")]


def test_a_line_changes_on_the_day_its_list_does():
    rows = made(("2020-01-01", []), ("2021-02-03", [("10010000", "A")]))
    assert rows[:2] == [("1001", "none", "2020-01-01", "2021-02-03"), ("1001", "A", "2021-02-03", "")]


def test_a_chapter_as_a_whole_gives_way_to_what_is_listed():
    rows = made(("2020-01-01", [("10", "A~"), ("1002", "B")]))
    assert {row[:2] for row in rows} == {("1001", "A|none"), ("1002", "B"), ("1003", "A|none"), ("ALL", "none")}


def test_lines_that_are_spared_are_none_and_all_others_owe():
    assert made(("2020-01-01", [("20", "none")]), otherwise="GOODS") == [
        ("20", "none", "2020-01-01", ""),
        ("ALL", "GOODS", "2020-01-01", ""),
    ]


@pytest.mark.parametrize(
    ("lists", "found"),
    [
        ([("3", "9903.88.03")], [("L3", "")]),
        ([("4B", "9903.88.16")], [("none", "")]),
        ([("3", "9903.88.03"), ("4B", "9903.88.16")], [("L3", "")]),
        ([("1", "9903.88.01"), ("3", "9903.88.03")], [("L1", "")]),
        ([("3", "9903.88.03"), ("4A", "9903.88.15")], [("L3|L4A", "")]),
        ([("biden_25", "9903.91.01")], [("L1|L2|L3|L4A|none", "2024-09-27"), ("Y25", "")]),
        ([("4A", "9903.88.15"), ("biden_50_jan25", "9903.91.05")], [("L4A", "2025-01-01"), ("Y50", "")]),
    ],
)
def test_lists_of_section_301(lists, found):
    rows = china_rows([{"hts8": "10020010", "list": name, "ch99_code": code} for name, code in lists], {}, LINES)
    assert [(row["goods_list"], row["valid_to"]) for row in rows] == found
    assert {row["hts_prefix"] for row in rows} == {"10020010"}


def test_what_is_written_by_hand_of_a_line_stands():
    lists = [{"hts8": line, "list": "3", "ch99_code": "9903.88.03"} for line in LINES]
    rows = china_rows(lists, {"1002": True, "20": False}, LINES)
    assert {row["hts_prefix"] for row in rows} == {"1001", "1003", "2001"}


def rate(hts8, text, end="2026-01-01"):
    return {
        "hts8": hts8, "rate_text": text, "ad_valorem_rate": "", "is_value_only": "false", "valid_from": "2020-07-01",
        "valid_to": end, "source": "USITC HTS 2025 rev. 15", "confidence": "official",
    }  # fmt: skip


def test_a_rate_that_the_newer_schedule_repeats_is_prolonged_and_another_has_its_own_row():
    held = [rate("10010000", "6.8%"), rate("10020010", "3 cents/kg"), rate("10030000", "Free"), rate("20010000", "2%")]
    newer = {"10010000": "6.8%", "10020010": "3¢/kg", "10030000": "4.5%", "20020000": "Free", "99030100": "10%"}
    rows = rate_rows(held, [{"hts8": hts8, "general_rate": text} for hts8, text in newer.items()])
    assert [(row["hts8"], row["ad_valorem_rate"], row["valid_to"], row["read_on"]) for row in rows] == [
        ("10010000", "", "2027-01-01", "2026-02-12"),
        ("10020010", "", "2027-01-01", "2026-02-12"),
        ("10030000", "", "2026-01-01", ""),
        ("10030000", "0.045", "2027-01-01", "2026-02-12"),
        ("20010000", "", "2026-01-01", ""),
        ("20020000", "0", "2027-01-01", "2026-02-12"),
    ]
    assert rate_rows(rows, [{"hts8": hts8, "general_rate": text} for hts8, text in newer.items()]) == rows


def test_the_shipped_tables_are_those_that_are_made(tmp_path):
    main(shared("data/us_reference"), shared("data/us_tariff_programs"), tmp_path)
    for name in ("ref_hts_rates.csv", "ref_duty_layer_goods.csv"):
        assert filecmp.cmp(tmp_path / name, sql_folder() / "00_reference" / name, shallow=False), name


def test_every_list_of_goods_has_a_rate():
    folder = sql_folder() / "00_reference"
    with (folder / "ref_duty_layers.csv").open() as file:
        rated = {(row["scheme"], row["goods_list"]) for row in csv.DictReader(file) if row["scheme"]}
    with (folder / "ref_duty_layer_goods.csv").open() as file:
        named = {
            (row["scheme"], name)
            for row in csv.DictReader(file)
            for name in row["goods_list"].split("|")
            if name != "none"
        }
    assert named == rated

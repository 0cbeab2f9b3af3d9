"""Flags against notices: the square, and why each kind of miss may be one."""

import csv
from datetime import date

import pytest
from typer.testing import CliRunner

import analytics
from analytics.cli.main import app
from analytics.errors import UsageError
from analytics.reconciliation import reconcile, take_notices

USUAL = {
    "arrival_date": "2025-08-14", "consignee_postal_code": "62704", "entry_type": "86", "mode": "air",
    "origin_country": "DE", "declared_value": "500",
}  # fmt: skip


def who(name, number, **changes):
    return {**USUAL, "consignee_name": name, "consignee_address": f"{number} Elm St", **changes}


ROWS = [
    {**who("Maria Lopez", 12), "house_bill": "HB-1"},
    {**who("Maria Lopez", 12), "house_bill": "HB-2"},
    {**who("Jon Reyes", 77), "house_bill": "HB-3"},
    {**who("Jon Reyes", 77), "house_bill": "HB-4"},
    {**who("Ana Ruiz", 40), "house_bill": "HB-5"},
    {**who("Bob Stone", 9, declared_value="900"), "house_bill": "HB-6"},
    {**who("Kim Park", 5, entry_type="11"), "house_bill": "HB-7"},
    {**who("TO ORDER", 8), "house_bill": "HB-8"},
    {**who("Lee Wong", 3, mode="mail", entry_type="mail"), "house_bill": "HB-9"},
    {**who("Lee Wong", 3, mode="mail", entry_type="mail"), "house_bill": "HB-10"},
    {**who("Di Rossi", 6, arrival_date="2025-03-14"), "house_bill": "HB-11"},
    {**who("Di Rossi", 6, arrival_date="2025-03-14", mode="rail"), "house_bill": "HB-12"},
]
NOTICES = """bill,code,date
HB1,4M,2025-08-14
HB 5,4M,2025-08-14
HB-6,4M,2025-08-14
HB-7,4M,2025-08-14
HB-8,ZZ,2025-08-14
HB-99,2M,2019-01-01
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reconciliation")
    with (folder / "in.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, ["shipment_id", *ROWS[0]])
        writer.writeheader()
        writer.writerows({"shipment_id": f"S{number:02}", **row} for number, row in enumerate(ROWS, start=1))
    (folder / "n.csv").write_text(NOTICES)
    store = analytics.screen(folder / "in.csv", folder / "store", threads=2)
    take_notices(store, folder / "n.csv", by="Ana")
    return folder


@pytest.fixture(scope="module")
def found(folder):
    return reconcile(analytics.open_store(folder / "store"))


def test_the_square_counts_every_claimed_shipment_once(found):
    assert (found.both, found.ours_only, found.theirs_only, found.neither) == (1, 7, 3, 0)
    claimed = sum(row["entry_type"] != "11" for row in ROWS)
    assert found.both + found.ours_only + found.theirs_only + found.neither == claimed
    assert (found.notices, found.unknown_bills) == (6, 1)


def test_the_square_stands_by_week_of_arrival_too(found):
    assert found.weeks.rows() == [(date(2025, 3, 10), 0, 2, 0, 0), (date(2025, 8, 11), 1, 5, 3, 0)]


def test_why_we_may_not_have_flagged_what_was_noticed(found):
    assert dict(found.missed_by_us.select("bill", "why").rows()) == {
        "HB 5": "within the limit in these data: 500.00 of 800.00 USD that day; more may have come through others",
        "HB-6": "over the limit alone: set aside, no split",
        "HB-7": "the exemption was not claimed",
        "HB-8": "its consignee names nobody",
        "HB-99": "no such bill in the data",
    }


def test_why_what_we_flagged_may_not_have_been_noticed(found):
    assert dict(found.missed_by_them.select("shipment_id", "why").rows()) == {
        "S02": "another shipment of the flag was noticed",
        "S03": "no shipment of the flag was noticed",
        "S04": "no shipment of the flag was noticed",
        "S09": "mail is not checked by these codes",
        "S10": "mail is not checked by these codes",
        "S11": "no shipment of the flag was noticed",
        "S12": "no code is known to have been in use on that day in its mode",
    }


def test_codes_are_explained_by_the_law_as_data(found):
    codes = {row["code"]: row for row in found.codes.iter_rows(named=True)}
    assert (codes["4M"]["notices"], codes["4M"]["effect"], codes["4M"]["out_of_use"]) == (4, "withhold", 0)
    assert (codes["2M"]["out_of_use"], codes["ZZ"]["meaning"]) == (1, None)


def test_both_misses_are_one_list(found):
    assert found.misses["missed_by"].value_counts().sort("missed_by").rows() == [("customs", 7), ("us", 5)]


def test_the_command_tells_the_square_and_writes_the_misses(folder, tmp_path):
    out = tmp_path / "misses.csv"
    told = CliRunner().invoke(
        app, ["reconcile", "--store", str(folder / "store"), "--out", str(out)], catch_exceptions=False
    )
    assert "flagged by us              1             7" in told.stdout
    assert "ZZ           1  not in ref_ace_notice_codes" in told.stdout
    assert len(out.read_text().splitlines()) == 13


def test_without_a_notice_it_says_how_to_hand_one_in(tmp_path, folder):
    (tmp_path / "in.csv").write_text(
        "shipment_id,arrival_date,consignee_name,consignee_address,declared_value\nS1,2025-08-14,Ana,1 Elm St,10\n"
    )
    store = analytics.screen(tmp_path / "in.csv", tmp_path / "store", threads=2)
    assert reconcile(store) is None
    with pytest.raises(UsageError, match=r"splitship reconcile NOTICES\.csv"):
        CliRunner().invoke(app, ["reconcile", "--store", str(tmp_path / "store")], catch_exceptions=False)

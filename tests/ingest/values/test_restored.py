"""A leading zero that a spreadsheet took is given back where nothing else explains the number, and it is said."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("901210020", "0901210020"),  # coffee, not the 9012.10 of microscopes
        ("9012100", "09012100"),
        ("90121", "090121"),
        ("901.21.00", "09012100"),
        ("0901.21.0020", "0901210020"),
        ("901210020.0", "0901210020"),
        ("999999999", None),  # no such subheading
        ("610910001", None),  # a digit short at the end: chapter 06 has no such subheading
        ("9012.1", None),  # a zero is lost, but at the end
        ("6109100012", "6109100012"),
        ("610910", "610910"),
        ("6109", "6109"),
        ("6109 10 0012", "6109100012"),
        ("HS 6109.10", "610910"),
        ("HTSUS: 6109.10.00", "61091000"),
    ],
)
def test_tariff_numbers(desk, landed, written, read):
    assert landed(desk.take(desk.rows("a.csv", {"hts_code": written})))[0]["hts_code"] == read


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("999999", "hts_nowhere"),
        ("9999.99.99", "hts_nowhere"),
        ("0000000000", "hts_nowhere"),
        ("7701100000", "hts_nowhere"),
        ("HS 888888", "hts_nowhere"),
        ("8888", "hts_nowhere"),
        ("88888888x", "hts_unreadable"),
        ("9903.88.03", None),
        ("7801100000", None),
        ("9999980000", "hts_nowhere"),
        ("9998990000", None),
    ],
)
def test_a_number_that_no_tariff_has_is_none(desk, landed, unread, written, reason):
    intake = desk.take(desk.rows("a.csv", {"hts_code": written}))
    assert (landed(intake)[0]["hts_code"] is None) is (reason is not None)
    assert [row["reason"] for row in unread(intake)] == ([reason] if reason else [])


def test_a_column_that_kept_its_zeros_has_lost_none(desk, landed, unread):
    rows = [{"hts_code": "0902100000"}, {"hts_code": "901210020", "shipment_id": "S2"}]
    intake = desk.take(desk.rows("a.csv", *rows))
    assert [row["hts_code"] for row in landed(intake)] == ["0902100000", None]
    assert [row["reason"] for row in unread(intake)] == ["hts_unreadable"]


def test_a_zero_before_a_dot_tells_nothing_of_numbers_without_one(desk, landed):
    rows = [{"hts_code": "0902.10.00"}, {"hts_code": "901210020", "shipment_id": "S2"}]
    assert [row["hts_code"] for row in landed(desk.take(desk.rows("a.csv", *rows)))] == ["09021000", "0901210020"]


@pytest.mark.parametrize(
    ("written", "state", "country", "read"),
    [
        ("2134", "MA", "", "02134"),
        ("7102", "New Jersey", "US", "07102"),
        ("21341234", "MA", "", "021341234"),
        ("901", "PR", "", "00901"),
        ("02134", "MA", "", "02134"),
        ("7870", "TX", "", "7870"),  # a digit is missing, and no zero
        ("2134", "", "", "2134"),
        ("8001", "", "CH", "8001"),
        ("2134", "MA", "AU", "2134"),
    ],
)
def test_zip_codes(desk, landed, written, state, country, read):
    cells = {"consignee_postal_code": written, "consignee_state": state, "consignee_country": country}
    assert landed(desk.take(desk.rows("a.csv", cells)))[0]["consignee_postal_code"] == read


def test_what_was_restored_is_counted_in_a_note(desk):
    rows = [
        {"hts_code": "901210020", "consignee_postal_code": "2134", "consignee_state": "MA", "shipment_id": number}
        for number in ("S1", "S2")
    ]
    assert desk.take(desk.rows("a.csv", *rows)).inputs[0].notes == [
        "hts_code: the lost leading zero restored in numbers of 5, 7 or 9 digits: 2",
        "consignee_postal_code: the lost leading zero restored in ZIP codes: 2",
    ]

"""What is written becomes the value that is meant, or the row is rejected with a reason, or the run stops: no guess."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from analytics.errors import AmbiguousInput


def reasons(row):
    return [item["reason"] for item in json.loads(row["reasons"])]


def only_row(intake, landed):
    (row,) = landed(intake)
    return row


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("$1,234.50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1,23,456.70", "123456.70"),
        ("USD 12", "12.00"),
        ("12 USD", "12.00"),
        ("US$12.5", "12.50"),
        ("$ 12.50", "12.50"),
        ("0.999", "1.00"),
        ("12.345678", "12.35"),
        ("12.", "12.00"),
        (".5", "0.50"),
        ("1,234,567", "1234567.00"),
        ("+7", "7.00"),
        ("0", "0.00"),
    ],
)
def test_money_is_understood(desk, landed, written, meant):
    intake = desk.take(desk.rows("a.csv", {"declared_value": written}))
    assert only_row(intake, landed)["declared_value"] == Decimal(meant)


@pytest.mark.parametrize("written", ["-12", "(12.00)", "12-", "\u221212", "-$12.00", "$-12.00", "($12.00)", "USD -12"])
def test_an_amount_below_zero_is_rejected(desk, rejected, written):
    (row,) = rejected(desk.take(desk.rows("a.csv", {"declared_value": written})))
    assert reasons(row) == ["negative_value"]


@pytest.mark.parametrize(
    "written",
    [
        "twelve",
        "12.34.56",
        "1,2345.00",
        "12 bananas",
        "(12",
        "--12",
        "1.5e3",
        "12/5",
        "inf",
        "1e309",
        "\u0661\u0662",
        "0,500.00",
    ],
)
def test_an_amount_nobody_understands_is_rejected(desk, rejected, written):
    (row,) = rejected(desk.take(desk.rows("a.csv", {"declared_value": written})))
    assert reasons(row) == ["value_unreadable"]


@pytest.mark.parametrize("written", ["", "  ", "N/A", "null"])
def test_a_missing_amount_is_rejected(desk, rejected, written):
    (row,) = rejected(desk.take(desk.rows("a.csv", {"declared_value": written}, {"shipment_id": "S2"})))
    assert reasons(row) == ["value_missing"]


def test_a_lone_thousands_mark_is_ambiguous(desk):
    with pytest.raises(AmbiguousInput, match=r"(?s)declared_value.*'1,234'.*decimal = \"\.\""):
        desk.take(desk.rows("a.csv", {"declared_value": "1,234"}, {"declared_value": "500", "shipment_id": "S2"}))


@pytest.mark.parametrize(("mark", "meant"), [(".", "1234.00"), (",", "1.23")])
def test_the_mapping_settles_the_decimal_mark(desk, landed, mark, meant):
    mapping = f'[[source]]\nmatch = "a.csv"\ndecimal = "{mark}"\n'
    intake = desk.take(desk.rows("a.csv", {"declared_value": "1,234"}), mapping=mapping)
    assert only_row(intake, landed)["declared_value"] == Decimal(meant)


def test_another_value_of_the_column_settles_the_decimal_mark(desk, landed):
    rows = [{"declared_value": "1.234"}, {"declared_value": "12,50", "shipment_id": "S2"}]
    intake = desk.take(desk.rows("a.csv", *rows))
    assert [row["declared_value"] for row in landed(intake)] == [Decimal("1234.00"), Decimal("12.50")]


def test_another_column_of_the_file_settles_the_decimal_mark(desk, landed):
    intake = desk.take(desk.rows("a.csv", {"declared_value": "12,50", "weight_kg": "1,250"}))
    assert only_row(intake, landed)["weight_kg"] == Decimal("1.250")


def test_two_decimal_marks_in_one_column_are_ambiguous(desk):
    rows = [{"declared_value": "1,234.50"}, {"declared_value": "1.234,50", "shipment_id": "S2"}]
    rows.append({"declared_value": "1,234", "shipment_id": "S3"})
    with pytest.raises(AmbiguousInput, match="decimal comma"):
        desk.take(desk.rows("a.csv", *rows))


def test_two_decimal_marks_are_asked_and_read_value_by_value(desk, landed):
    written = ["1,234.50", "1.234,50", "12,5", "12.5", "0,500", "7", "1,234,567"]
    file = desk.rows("a.csv", *({"declared_value": text, "shipment_id": text} for text in written))
    with pytest.raises(AmbiguousInput, match='decimal = "each"'):
        desk.take(file)
    intake = desk.take(file, mapping='[[source]]\nmatch = "*"\ndecimal = "each"')
    meant = ["1234.50", "1234.50", "12.50", "12.50", "0.50", "7.00", "1234567.00"]
    assert [str(row["declared_value"]) for row in landed(intake)] == meant
    assert any("decimal point and others a decimal comma" in note for note in intake.inputs[0].notes)


@pytest.mark.parametrize(
    ("cells", "is_accepted"),
    [
        ({"declared_value": "100000000.00"}, True),
        ({"declared_value": "999999999.99"}, True),
        ({"declared_value": "1000000000.00"}, False),
        ({"declared_value": "99999999999999999999999999999999999999999"}, False),
        ({"declared_value": "$1,000,000,000.00"}, False),
        ({"declared_value": "7000000000.00", "currency": "CNY"}, True),  # 980 million dollars
        ({"declared_value": "7200000000.00", "currency": "CNY"}, False),
        ({"declared_value": "800000000.01", "currency": "GBP"}, False),
    ],
)
def test_an_amount_larger_than_any_shipments_is_rejected(desk, landed, rejected, cells, is_accepted):
    intake = desk.take(desk.rows("a.csv", cells))
    assert len(landed(intake)) == is_accepted
    assert [reasons(row) for row in rejected(intake)] == ([] if is_accepted else [["value_out_of_range"]])


def test_one_value_against_the_decimal_mark_of_its_column_is_rejected(desk, rejected):
    rows = [{"declared_value": "12.50", "shipment_id": f"S{n}"} for n in range(30)]
    intake = desk.take(desk.rows("a.csv", *rows, {"declared_value": "12,5", "shipment_id": "odd"}))
    assert [(row["shipment_id"], reasons(row)) for row in rejected(intake)] == [("odd", ["value_unreadable"])]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-03-04", date(2025, 3, 4)),
        ("2025/3/4", date(2025, 3, 4)),
        ("20250304", date(2025, 3, 4)),
        ("3/14/2025", date(2025, 3, 14)),
        ("03/14/25", date(2025, 3, 14)),
        ("14.03.2025", date(2025, 3, 14)),
        ("14-Mar-2025", date(2025, 3, 14)),
        ("14 March 2025", date(2025, 3, 14)),
        ("Mar 4, 2025", date(2025, 3, 4)),
        ("March 4th, 2025", date(2025, 3, 4)),
        ("Tue, 04 Mar 2025", date(2025, 3, 4)),
        ("04/04/2025", date(2025, 4, 4)),
        ("2025-03-04 23:30", date(2025, 3, 4)),
        ("2025-03-04T23:30:15.123456", date(2025, 3, 4)),
        ("2025-03-05T03:30:00Z", date(2025, 3, 4)),
        ("2025-03-05 12:30:00+08:00", date(2025, 3, 4)),
        ("2025-03-05 13:30:00+0800", date(2025, 3, 5)),
        ("2025-03-04 20:00:00-05", date(2025, 3, 4)),
        ("3/14/2025 11:59 PM", date(2025, 3, 14)),
        ("3/14/2025, 12:01:00 a.m.", date(2025, 3, 14)),
    ],
)
def test_days_are_understood(desk, landed, written, day):
    assert only_row(desk.take(desk.rows("a.csv", {"arrival_date": written})), landed)["arrival_date"] == day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2025-02-30", "date_impossible"),
        ("2025-13-01", "date_impossible"),
        ("20251301", "date_impossible"),
        ("0205-03-04", "date_impossible"),
        ("2205-03-04", "date_impossible"),
        ("31/31/2025", "date_impossible"),
        ("2025-03-04 25:00", "date_impossible"),
        ("2025-03-04 13:00 PM", "date_impossible"),
        ("30-Feb-2025", "date_impossible"),
        ("4-Foo-2025", "date_impossible"),
        ("0000-01-01", "date_impossible"),
        ("9999-12-31", "date_impossible"),
        ("10000-01-01", "date_unreadable"),
        ("2025-03-04 24:00", "date_impossible"),
        ("2025-03-04 \u0661\u0662:00", "date_unreadable"),
        ("45720", "date_unreadable"),
        ("yesterday", "date_unreadable"),
        ("2025-03-04 10:00 CST", "date_unreadable"),
        ("N/A", "date_missing"),
    ],
)
def test_a_day_that_is_none_is_rejected(desk, rejected, written, reason):
    intake = desk.take(
        desk.rows("a.csv", {"arrival_date": written}, {"shipment_id": "S2", "arrival_date": "3/14/2025"})
    )
    assert [reasons(row) for row in rejected(intake)] == [[reason]]


def test_a_day_with_two_readings_is_ambiguous(desk):
    with pytest.raises(AmbiguousInput, match=r"(?s)'arrival_date'.*'03/04/2025'.*DMY.*MDY.*date_format"):
        desk.take(desk.rows("a.csv", {"arrival_date": "03/04/2025"}))


def test_a_two_digit_year_may_stand_first(desk):
    with pytest.raises(AmbiguousInput, match="YMD"):
        desk.take(desk.rows("a.csv", {"arrival_date": "25/03/14"}))


@pytest.mark.parametrize(
    ("order", "day"),
    [("MDY", date(2025, 3, 4)), ("DMY", date(2025, 4, 3)), ("%d/%m/%Y", date(2025, 4, 3))],
)
def test_the_mapping_settles_the_order(desk, landed, order, day):
    mapping = f'[[source]]\nmatch = "a.csv"\ndate_format = "{order}"\n'
    intake = desk.take(desk.rows("a.csv", {"arrival_date": "03/04/2025"}), mapping=mapping)
    assert only_row(intake, landed)["arrival_date"] == day


def test_each_column_has_its_own_order(desk, landed):
    rows = [{"arrival_date": "03/14/2025", "order_date": "14/03/2025"}]
    row = only_row(desk.take(desk.rows("a.csv", *rows)), landed)
    assert (row["arrival_date"], row["order_date"]) == (date(2025, 3, 14), date(2025, 3, 14))


def test_one_day_against_the_order_of_its_column_is_rejected(desk, landed, rejected):
    rows = [{"arrival_date": f"03/{n}/2025", "shipment_id": f"S{n}"} for n in range(1, 32)] * 2
    rows = [{**row, "shipment_id": f"{row['shipment_id']}-{at}"} for at, row in enumerate(rows)]
    intake = desk.take(desk.rows("a.csv", *rows, {"arrival_date": "14/03/2025", "shipment_id": "odd"}))
    assert [(row["shipment_id"], reasons(row)) for row in rejected(intake)] == [("odd", ["date_impossible"])]
    assert {row["arrival_date"].month for row in landed(intake)} == {3}


def test_times_without_an_offset_are_in_the_zone_of_the_mapping(desk, landed):
    mapping = '[[source]]\nmatch = "a.csv"\ntimezone = "Asia/Shanghai"\n'
    row = only_row(desk.take(desk.rows("a.csv", {"arrival_date": "2025-03-05 12:30"}), mapping=mapping), landed)
    assert (row["arrival_date"], row["arrival_at"]) == (date(2025, 3, 4), datetime(2025, 3, 5, 4, 30, tzinfo=UTC))


def test_times_without_an_offset_are_new_york_and_the_record_says_so(desk, landed):
    intake = desk.take(desk.rows("a.csv", {"arrival_date": "2025-07-04 12:30"}))
    assert only_row(intake, landed)["arrival_at"] == datetime(2025, 7, 4, 16, 30, tzinfo=UTC)
    assert any("America/New_York" in note for note in intake.inputs[0].notes)


def test_midnight_on_every_row_is_a_day_and_no_time(desk, landed):
    mapping = '[[source]]\nmatch = "a.csv"\ntimezone = "Asia/Shanghai"\n'
    row = only_row(desk.take(desk.rows("a.csv", {"arrival_date": "2025-03-05 00:00:00"}), mapping=mapping), landed)
    assert (row["arrival_date"], row["arrival_at"]) == (date(2025, 3, 5), None)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2025-03-09 02:30", datetime(2025, 3, 9, 7, 30, tzinfo=UTC)),  # that hour was skipped
        ("2025-11-02 01:30", datetime(2025, 11, 2, 5, 30, tzinfo=UTC)),  # that hour came twice
    ],
)
def test_clock_changes_keep_the_day(desk, landed, written, instant):
    row = only_row(desk.take(desk.rows("a.csv", {"arrival_date": written})), landed)
    assert (row["arrival_date"], row["arrival_at"]) == (instant.date(), instant)


@pytest.mark.parametrize(
    ("cells", "day", "basis"),
    [
        ({"arrival_date": "", "estimated_arrival_date": "2025-03-05"}, date(2025, 3, 5), "estimated_arrival"),
        ({"arrival_date": "", "released_at": "2025-03-06T03:00:00Z"}, date(2025, 3, 5), "release"),
        ({"estimated_arrival_date": "2025-03-05", "released_at": "2025-03-06"}, date(2025, 3, 4), "arrival"),
    ],
)
def test_the_nearest_known_date_stands_for_arrival(desk, landed, cells, day, basis):
    row = only_row(desk.take(desk.rows("a.csv", cells)), landed)
    assert (row["arrival_date"], row["date_basis"]) == (day, basis)


def test_an_arrival_that_cannot_be_read_is_not_passed_over(desk, rejected):
    intake = desk.take(desk.rows("a.csv", {"arrival_date": "soon", "estimated_arrival_date": "2025-03-05"}))
    assert [reasons(row) for row in rejected(intake)] == [["date_unreadable"]]


@pytest.mark.parametrize(
    ("column", "written", "meant"),
    [
        ("is_gift", "Yes", True),
        ("is_gift", "0", False),
        ("is_gift", "", None),
        ("has_invoice", "TRUE", True),
        ("mode", "Air Freight", "air"),
        ("mode", "40", "air"),
        ("mode", "Vessel", "ocean"),
        ("entry_type", "T86", "86"),
        ("entry_type", "Type 86", "86"),
        ("entry_type", "SECTION 321", "321"),
        ("entry_type", "1", "01"),
        ("entry_type", "Postal", "mail"),
        ("entry_type", "ft2", "FT2"),
        ("origin_country", "China", "CN"),
        ("origin_country", "chn", "CN"),
        ("origin_country", "Viet Nam", "VN"),
        ("origin_country", "NA", "NA"),
        ("origin_country", "N/A", None),
        ("consignee_country", "", "US"),
        ("consignee_country", "United States of America", "US"),
        ("hts_code", "6110.30.3059", "6110303059"),
        ("line_no", "3", 3),
        ("line_no", "3.0", 3),
        ("line_no", "", None),  # numbered by its place, later
        ("weight_kg", "2 lb", Decimal("0.907")),
        ("weight_kg", "1.5 kg", Decimal("1.500")),
        ("weight_kg", "32oz", Decimal("0.907")),
        ("weight_kg", "500 g", Decimal("0.500")),
        ("weight_kg", "2 LB 3 OZ", Decimal("0.992")),
        ("quantity", "2 pcs", Decimal("2.0000")),
        ("quantity", "3 EA", Decimal("3.0000")),
        ("quantity", "10件", Decimal("10.0000")),
        ("line_no", "2/3", 2),
        ("line_no", "2 of 3", 2),
        ("quantity", "2.5", Decimal("2.5000")),
    ],
)
def test_codes_and_names_are_understood(desk, landed, column, written, meant):
    name = "exemption_claimed_declared" if column == "exemption_claimed" else column
    rows = [{column: written}, {column: "1" if column == "is_gift" else "", "shipment_id": "S2"}]
    assert landed(desk.take(desk.rows("a.csv", *rows)))[0][name] == meant


@pytest.mark.parametrize(
    ("column", "written", "reason"),
    [
        ("line_no", "first", "number_unreadable"),
        ("line_no", "-1", "number_unreadable"),
        ("currency", "dollars?", "currency_unknown"),
        ("shipment_id", "", "shipment_id_missing"),
    ],
)
def test_a_key_or_currency_nobody_understands_is_rejected(desk, rejected, column, written, reason):
    (row,) = rejected(desk.take(desk.rows("a.csv", {column: written})))
    assert reasons(row) == [reason]


@pytest.mark.parametrize(
    ("cells", "currency"),
    [
        ({}, "USD"),
        ({"currency": "gbp"}, "GBP"),
        ({"declared_value": "£12"}, "GBP"),
        ({"declared_value": "12 EUR", "currency": "EUR"}, "EUR"),
        ({"declared_value": "$12"}, "USD"),
        ({"declared_value": "¥12", "currency": "CNY"}, "CNY"),
    ],
)
def test_the_currency_is_found(desk, landed, cells, currency):
    assert only_row(desk.take(desk.rows("a.csv", cells)), landed)["currency"] == currency


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"declared_value": "£12", "currency": "USD"}, "currency_contradicts"),
        ({"declared_value": "$12", "currency": "EUR"}, "currency_contradicts"),
        ({"declared_value": "¥12"}, "currency_unclear"),
        ({"currency": "JPY"}, "currency_without_rate"),
        ({"currency": "GBP", "arrival_date": "2024-12-31"}, "currency_without_rate"),
        ({"currency": "GBP", "arrival_date": "2026-01-01"}, "currency_without_rate"),
    ],
)
def test_a_currency_in_doubt_is_rejected(desk, rejected, cells, reason):
    (row,) = rejected(desk.take(desk.rows("a.csv", cells)))
    assert reasons(row) == [reason]


def test_a_rate_holds_from_its_first_day_to_the_day_before_its_last(desk, landed):
    days = ["2025-01-01", "2025-12-31"]
    rows = [{"currency": "GBP", "arrival_date": day, "shipment_id": day} for day in days]
    assert len(landed(desk.take(desk.rows("a.csv", *rows)))) == 2


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"consignee_name": "", "consignee_address": ""}, "consignee_blank"),
        ({"consignee_name": "--", "consignee_address": " . "}, "consignee_blank"),
        ({"consignee_name": ""}, "consignee_name_missing"),
        ({"consignee_address": ""}, "consignee_address_missing"),
    ],
)
def test_a_blank_consignee_is_rejected(desk, rejected, cells, reason):
    (row,) = rejected(desk.take(desk.rows("a.csv", {**cells, "consignee_id": ""})))
    assert reasons(row) == [reason]


@pytest.mark.parametrize("name", ["TO ORDER", "UNKNOWN", "N/A", "TBD"])
def test_a_placeholder_is_accepted_as_written(desk, landed, name):
    assert only_row(desk.take(desk.rows("a.csv", {"consignee_name": name})), landed)["consignee_name"] == name


def test_an_account_number_stands_for_name_and_address(desk, landed):
    cells = {"consignee_name": "", "consignee_address": "", "consignee_id": "C7", "marketplace": "Bazaar"}
    row = only_row(desk.take(desk.rows("a.csv", cells)), landed)
    assert (row["consignee_id"], row["consignee_id_issuer"]) == ("C7", "Bazaar")


@pytest.mark.parametrize(
    ("cells", "account", "order"),
    [
        ({"marketplace": "M", "seller_id": "s1", "seller_name": "S"}, "M", "s1"),
        ({"seller_id": "s1", "seller_name": "S"}, "s1", "s1"),
        ({"seller_name": "S"}, "constant", "S"),
        ({}, "constant", "constant"),
        ({"consignee_id_issuer": "given", "order_issuer": "given", "seller_id": "s1"}, "given", "given"),
    ],
)
def test_numbers_are_trusted_within_their_issuer(desk, landed, cells, account, order):
    mapping = (
        '[[source]]\nmatch = "a.csv"\nconstants = { consignee_id_issuer = "constant", order_issuer = "constant" }\n'
    )
    intake = desk.take(desk.rows("a.csv", {"consignee_id": "C7", "order_id": "O1", **cells}), mapping=mapping)
    row = only_row(intake, landed)
    assert (row["consignee_id_issuer"], row["order_issuer"]) == (account, order)


def test_a_row_names_every_reason(desk, rejected):
    cells = {"shipment_id": "", "arrival_date": "2025-02-30", "declared_value": "-5", "mode": "teleport"}
    (row,) = rejected(desk.take(desk.rows("a.csv", cells)))
    assert set(reasons(row)) == {"shipment_id_missing", "date_impossible", "negative_value", "mode_unknown"}
    assert json.loads(row["raw"])["mode"] == "teleport"


def test_a_claim_stays_as_declared(desk, landed):
    rows = [{"exemption_claimed": "yes"}, {"exemption_claimed": "", "entry_type": "86", "shipment_id": "S2"}]
    assert [row["exemption_claimed_declared"] for row in landed(desk.take(desk.rows("a.csv", *rows)))] == [True, None]


@pytest.mark.parametrize("written", ["2025年3月4日", "2025年03月04日 09:30", "2025 年 3 月 4 日"])
def test_chinese_days_are_read(desk, landed, written):
    (row,) = landed(desk.take(desk.rows("a.csv", {"arrival_date": written})))
    assert str(row["arrival_date"]) == "2025-03-04"

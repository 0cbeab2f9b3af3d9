"""What looks like a tax id in free text, and the numbers of the trade that only resemble one."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.ingest.privacy.tax_forms import anywhere, replaced

TAX_IDS = [
    "123-45-6789", "914-66-2001", "914\u201366\u20132001", "12-3456789", "12-345678900", "123456789RT0001",
    "123.456.789-09", "11.222.333/0001-81", "20-05536168-2", "12.345.678-5", "213.123.432-1", "HEGG560427MVZRRL04",
    "12345678Z", "X1234567L", "RSSMRA85T10A562S", "1 84 12 76 451 089 46", "CHE-109.322.551", "756.9217.0769.85",
    "AB123456C", "AB 12 34 56 C", "GB980780684", "DE136695976", "51 824 753 556", "22AAAAA0000A1Z5",
    "110101199003070011", "91110000600037341L", "A123456(7)", "850101-1234567", "P123456789012", "1-2345-45678-78-1",
    "12.345.678.9-012.345",
]  # fmt: skip
AFTER_A_WORD = [
    "SSN 123456789", "SSN914662001", "ssn: 914 66 2001", "My SSN is 123-45-6789", "EIN 123456789", "tax id # 123456789",
    "Social Security No. 123456789", "RFC XAXX010101000", "CPF 12345678909", "CNPJ: 11222333000181", "NIT 8001972684",
    "RUT 123456785", "ABN 51824753556", "NINO AB123456C", "UTR 1234567890", "IRD 49-091-850", "Aadhaar 1234 5678 9012",
    "PAN ABCPK1234Z", "BN 123456789", "VAT 123456789", "passport E12345678", "Passport No. E12345678",
    "身份证号码:110101199003070011", "税号 91350211M000100Y43",
]  # fmt: skip
NUMBERS_OF_THE_TRADE = [
    "1Z999AA10123456784", "9400110200881234567890", "7749 1234 5678", "774912345678", "RR123456785CN", "LZ123456785US",
    "YT2312345678901234", "JJD0002230012345678", "GM60511234567890", "00340434161094042557", "112-1234567-1234567",
    "SO-2025-000123", "INV-0012345", "ORD250304001", "LOT 20250304001", "SKU12345678", "B08N5WRWNW", "4006381333931",
    "ISBN 978-3-16-148410-0", "1234567890", "123456789", "+1 (212) 555-0123", "212-555-0123", "44 20 7946 0958",
    "010-1234-5678", "98101-1234", "PO BOX 1234567", "12345 Elm Street Apt 12", "6109.10.0012", "6109100012",
    "2025-03-04", "03/04/2025", "100.00", "12 345 678", "CIF 1200.00", "CIF value 12345.67", "VAT 20.00", "GST 15%",
    "Tin box 500 ml 12 pcs", "Frying pan 28 cm", "Days Inn 12345 Elm Road", "176-12345675", "HLCU1234567",
    "BN022981797BE", "TINU26206507", "UENV9999917", "1Z0BNWGX4775579078", "923524737586803109",
]  # fmt: skip


@pytest.mark.parametrize("number", TAX_IDS)
@pytest.mark.parametrize("around", ["{}", "Ann Example {}", "mug ({}), blue"])
def test_a_tax_id_is_known_by_its_form(number, around):
    text = around.format(number)
    assert replaced(text, lambda _: "#") == around.format("#")
    assert pl.Series([text]).str.contains(anywhere()).all()


@pytest.mark.parametrize("text", AFTER_A_WORD)
def test_a_tax_id_is_known_by_the_word_before_it(text):
    shown = replaced(f"Ann {text}, blue", lambda _: "#")
    assert shown.startswith("Ann ")
    assert shown.endswith("#, blue")
    assert pl.Series([text]).str.contains(anywhere()).all()


@pytest.mark.parametrize("text", NUMBERS_OF_THE_TRADE)
def test_a_number_of_the_trade_stays(text):
    assert replaced(f"Ann {text}", lambda _: "#") == f"Ann {text}"


@pytest.mark.parametrize(
    "number", ["123.456.789-012", "110101199003070012", "12345678A", "20-05536168-3", "DE136695977"]
)
def test_a_wrong_check_digit_or_length_is_no_tax_id(number):
    assert replaced(number, lambda _: "#") == number


def test_what_stands_in_its_place_is_made_from_the_number_alone():
    assert replaced("Ann SSN: 123-45-6789 x", lambda number: f"<{number}>") == "Ann <123-45-6789> x"


def test_a_number_that_stops_the_check_counts_as_a_tax_id():
    """The list of counties has a gap, in which python-stdnum 2.2 looks for a name."""
    gaps = [f"{county}0119900307{tail:04d}" for county in range(1100, 9999, 100) for tail in (11, 29)]
    assert all(isinstance(replaced(number, lambda _: "#"), str) for number in gaps)


@pytest.mark.parametrize("numbers", ["1Z0A1B2C{:010d}", "94001102008{:011d}", "(212) 555-{:04d}", "6109.10.{:04d}"])
def test_series_of_trade_numbers_stay(numbers):
    texts = [numbers.format(number * 37 % 10_000) for number in range(2_000)]
    assert [replaced(text, lambda _: "#") for text in texts] == texts

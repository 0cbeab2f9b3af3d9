"""Addresses taken apart."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.parties.addresses import address_keys

COLUMNS = ("address", "address2", "city", "state", "postal_code", "country")


def keys(address: str | None = None, **others: str) -> dict[str, str | None]:
    """The keys of one address."""
    written = {"address": address} | others
    return address_keys(
        pl.DataFrame({f"consignee_{name}": pl.Series([written.get(name)], dtype=pl.String) for name in COLUMNS})
    ).row(0, named=True)


@pytest.mark.parametrize(
    ("written", "house", "street", "unit"),
    [
        ("142 Alder Street", "142", "alder", None),
        ("142 alder st.", "142", "alder", None),
        ("142 N Alder St", "142", "alder", None),
        ("142 Alder", "142", "alder", None),
        ("55 Birch Rd Apartment 12", "55", "birch", "12"),
        ("55 Birch Rd #12", "55", "birch", "12"),
        ("55 Birch Rd, Unit 4B", "55", "birch", "4b"),
        ("600 Walnut Ave 4B", "600", "walnut", "4b"),
        ("Apt 4B, 600 Walnut Ave", "600", "walnut", "4b"),
        ("221B Baker Ln", "221", "baker", "b"),
        ("21 Prince St 3rd Floor", "21", "prince", "3"),
        ("12 Oak St, 3rd Floor, #308", "12", "oak", "308"),
        ("12 Oak St Floor 3", "12", "oak", "3"),
        ("10641-43 Main St", "10641", "main", None),
        ("10641-41 Main St", "1064141", "main", None),
        ("107-20 Queens Blvd", "10720", "queens", None),
        ("1450 County Road 220", "1450", "cr220", None),
        ("County Road 220 1450", "1450", "cr220", None),
        ("1450 Co Rd 220", "1450", "cr220", None),
        ("1450 CR-220", "1450", "cr220", None),
        ("8021 State Route 27", "8021", "sr27", None),
        ("8021 St Rt 27", "8021", "sr27", None),
        ("77 Township Road 281 Lot 4", "77", "tr281", "4"),
        ("1200 U.S. Hwy 20 Apt 4", "1200", "us20", "4"),
        ("1200 US-20", "1200", "us20", None),
        ("9000 FM 1960 Rd W", "9000", "fm1960", None),
        ("12 Hwy. 9 Unit B", "12", "hwy9", "b"),
        ("12 Fifth Avenue", "12", "5", None),
        ("12 5th Ave", "12", "5", None),
        ("230 42 Street", "230", "42", None),
        ("91-1234 Keoneula Blvd", "911234", "keoneula", None),
        ("45-12 Bell Blvd", "4512", "bell", None),
        ("0042 Summit Rd", "42", "summit", None),
        ("300 MLK Blvd", "300", "martinlutherking", None),
        ("400 E St", "400", "e", None),
        ("8300 NW 30th Ter Ste ABX12345", "8300", "30", "abx12345"),
        ("Urb Las Flores 123 Calle Sol", "123", "las flores street sol", None),
        ("71 Quarry Rd 1/2", "71", "quarry road 1 2", None),
    ],
)
def test_house_street_and_unit(written: str, house: str, street: str, unit: str | None) -> None:
    found = keys(written)
    assert (found["house"], found["street"], found["unit"]) == (house, street, unit)


@pytest.mark.parametrize(
    ("written", "box"),
    [
        ("PO Box 412", "412"),
        ("P.O. Box 412", "412"),
        ("Post Office Box 977", "977"),
        ("RR 2 Box 45", "rr2-45"),
        ("Box 9", "9"),
    ],
)
def test_boxes(written: str, box: str) -> None:
    found = keys(written)
    assert found["box"] == box
    assert found["house"] is None


def test_type_and_direction_are_kept_beside_the_street() -> None:
    found = keys("400 NW Canyon Ave")
    assert (found["direction"], found["street_type"]) == ("nw", "avenue")
    assert keys("400 Canyon Avenue NW")["direction"] == "nw"


@pytest.mark.parametrize(
    ("written", "postal"),
    [
        ("02139", "02139"),
        ("2139", "02139"),
        ("02139-1234", "02139"),
        ("021391234", "02139"),
        ("", None),
        ("K1A 0B1", "k1a0b1"),
    ],
)
def test_postal_codes(written: str, postal: str | None) -> None:
    assert keys(postal_code=written)["postal"] == postal


def test_postal_codes_of_other_countries_keep_their_length() -> None:
    assert keys(postal_code="2139", country="AU")["postal"] == "2139"


def test_places() -> None:
    found = keys(city="St. Louis", state="Missouri")
    assert (found["city"], found["state"]) == ("saint louis", "MO")
    assert keys(city="Ft Worth", state="tx")["city"] == "fort worth"


def test_a_place_at_the_end_of_the_line_fills_empty_columns() -> None:
    found = keys("19 Vine Ct, Boston, MA 02116-1234")
    assert (found["house"], found["street"]) == ("19", "vine")
    assert (found["city"], found["state"], found["postal"]) == ("boston", "MA", "02116")
    assert keys("19 Vine Ct, Boston, MA 02116", city="Cambridge")["city"] == "cambridge"


@pytest.mark.parametrize(
    "written",
    [
        "300 Raymond Blvd NEWARK NJ07114 US",
        "300 Raymond Blvd, Newark, NJ 07114",
        "300 RAYMOND BLVD NEWARK NJ 07114 USA",
        "300 RAYMOND BLVD,NEWARK,NJ,07114,US",
    ],
)
def test_a_place_is_found_however_it_is_joined_to_the_street(written: str) -> None:
    told = keys(written)
    assert (told["house"], told["street"]) == ("300", "raymond")
    assert (told["city"], told["state"], told["postal"]) == ("newark", "NJ", "07114")


def test_what_may_be_a_side_of_the_street_is_no_city() -> None:
    assert keys("100 Park Ave South New York NY 10003")["city"] is None


def test_a_second_line_is_a_unit_or_stands_beside() -> None:
    assert keys("55 Birch Rd", address2="Apt 12")["unit"] == "12"
    beside = keys("55 Birch Rd", address2="Sunrise Towers")
    assert (beside["street"], beside["detail"]) == ("birch", "sunrise towers")
    assert keys("Sunrise Towers", address2="55 Birch Rd")["house"] == "55"


def test_care_of_is_taken_out() -> None:
    found = keys("c/o Jane Doe, 71 Quarry Rd")
    assert (found["address_care_of"], found["house"], found["street"]) == ("jane doe", "71", "quarry")


def test_nothing_written_is_nothing() -> None:
    assert set(keys(None).values()) == {None}
    assert set(keys("").values()) == {None}

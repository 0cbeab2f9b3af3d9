"""Who is listed to speak to: unusual by its own history, never by volume, one line for a carrier and its mirror."""

from __future__ import annotations

from datetime import timedelta

import pytest

from analytics.reports.periods import Period
from analytics.reports.sections.page_one.parties import unusual_parties
from analytics.reports.tables import read_tables

from .made import WEEK, Weeks


def listed(made, period=WEEK, contacted=()):
    found = unusual_parties(read_tables(made.store()), period, contacted)
    return [(each.role, each.party, each.mirror, each.flags, each.flags_before) for each in found]


def seller(party, carrier):
    return {"seller_id": party, "seller_name": f"Seller {party}", "carrier_code": carrier, "filer_code": "W7K"}


def two_sellers(flags_before, flags_now):
    """A large seller with its usual flags, and a small one; both share a carrier, so that no carrier stands out."""
    made = Weeks(history=0)
    for weeks_ago in range(8, -1, -1):
        made.ship(100, weeks_ago, **seller("BIG", "UPSN"))
        made.ship(10, weeks_ago, **seller("SMALL", "UPSN"))
        for _ in range(4):
            made.flag("daily_limit", "900.00", weeks_ago, **seller("BIG", "UPSN"))
    for _ in range(flags_before):
        made.flag("daily_limit", "900.00", 3, **seller("SMALL", "UPSN"))
    for _ in range(flags_now):
        made.flag("daily_limit", "900.00", 0, **seller("SMALL", "UPSN"))
    return made


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (0, 0, []),  # the large seller has the most flags, as many as ever
        (0, 2, []),  # two flags list nobody
        (0, 3, [("seller", "SMALL", "", 3, 0)]),
        (16, 3, []),  # as ever
    ],
)
def test_a_party_is_held_against_its_own_history(before, now, expected):
    assert listed(two_sellers(before, now)) == expected


def test_a_party_without_a_flag_in_the_week_is_not_listed():
    week_after = Period.of_week(WEEK.start + timedelta(weeks=1))
    made = two_sellers(0, 6)
    made.ship(10, -1, **seller("SMALL", "UPSN"))
    assert listed(made, week_after) == []


def test_a_contacted_party_is_not_listed_again():
    assert listed(two_sellers(0, 3), contacted={("seller", "SMALL")}) == []


@pytest.mark.parametrize(("strangers", "mirror"), [(0, "F2A"), (1, "F2A"), (9, None)])
def test_a_carrier_and_the_filer_of_the_same_shipments_are_one_line(strangers, mirror):
    made = two_sellers(0, 0)
    own = {"seller_id": "BIG", "carrier_code": "DHLC", "filer_code": "F2A"}
    for _ in range(8):
        made.flag("daily_limit", "900.00", 0, **own)
    made.ship(4, 0, **own)
    made.ship(strangers, 1, carrier_code="FDEG", filer_code="F2A", seller_id="BIG")
    found = [(role, party, other) for role, party, other, _, _ in listed(made) if role != "seller"]
    expected = [("carrier", "DHLC", mirror)] if mirror else [("filer", "F2A", ""), ("carrier", "DHLC", "")]
    assert found == expected


def test_the_first_week_of_all_lists_who_differs_from_the_others():
    made = Weeks(history=0)
    for number in range(6):
        made.ship(30, **seller(f"S{number}", "UPSN"))
    for _ in range(5):
        made.flag("daily_limit", "900.00", **seller("S3", "UPSN"))
    assert listed(made) == [("seller", "S3", "", 5, 0)]


def test_a_store_without_parties_lists_nobody():
    made = Weeks(history=0)
    made.ship(3, seller_id=None, seller_name=None, carrier_code=None, filer_code=None)
    assert listed(made) == []

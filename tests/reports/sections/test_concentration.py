"""How few hold how much, worked by hand."""

from __future__ import annotations

from datetime import date

from analytics.reports.periods import Period
from analytics.reports.sections.concentration import measure_concentration
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)


def test_orders_recipients_by_value_and_finds_who_holds_half():
    excess = {"i1": "600.00", "i2": "200.00", "i3": "100.00", "i4": "100.00"}
    flags = [
        {"flag_id": f"f{person}", "identity_id": person, "excess_usd": value, "window_end": MONDAY}
        for person, value in excess.items()
    ]
    flags.append({"flag_id": "nobody", "identity_id": None, "excess_usd": "999.00", "window_end": MONDAY})
    found = measure_concentration(read_tables(store_of(flags=flags)), WEEK)
    assert (found.recipients, found.half_recipients, found.top_ten_share) == (4, 1, 1)
    assert found.curve.rows() == [(0, 0), (0.25, 0.6), (0.5, 0.8), (0.75, 0.9), (1, 1)]
    assert found.largest["share"].to_list() == [0.6, 0.2, 0.1, 0.1]


def test_nobody_flagged_is_no_concentration():
    assert measure_concentration(read_tables(store_of()), WEEK) is None

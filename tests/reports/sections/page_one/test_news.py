"""Which statement comes first: half is enough, the greatest share wins, and what is no news does not count."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.page_one import SECTION
from analytics.reports.sections.page_one.news import ranked
from analytics.wording.news import News

from .made import MONDAY, WEEK, Weeks


def news(kind, usd, flags=0):
    return News(kind, usd=Decimal(usd), flags=flags)


@pytest.mark.parametrize(
    ("found", "first"),
    [
        ([news("wave", "49.99", 4)], None),
        ([news("wave", "50.00", 4)], "wave"),
        ([news("wave", "1.00", 5)], "wave"),
        ([news("wave", "60.00", 1), news("one_flag", "61.00", 1)], "one_flag"),
        ([news("wave", "60.00", 1), news("one_flag", "60.00", 1)], "one_flag"),
        ([news("one_flag", "60.00"), news("new_seller", "60.00"), news("rule", "60.00")], "rule"),
        ([news("late_data", "300.00"), news("rule", "100.00", 10)], "late_data"),
        ([], None),
    ],
)
def test_half_of_value_or_flags_counts_and_the_greatest_share_is_first(found, first):
    order = [each.kind for each in ranked(found, Decimal("100.00"), 10)]
    assert (order[0] if order else None) == first


@pytest.mark.parametrize(("usd", "kinds"), [("1.00", ["late_data"]), ("0.00", [])])
def test_any_part_of_nothing_is_all_of_it(usd, kinds):
    assert [each.kind for each in ranked([news("late_data", usd)], Decimal(0), 0)] == kinds


def first_kind(made):
    return Contents(made.store(), WEEK).of(SECTION).news.kind


def waves(now, last, usual):
    made = Weeks()
    for weeks_ago in range(8, 1, -1):
        for _ in range(usual):
            made.flag("daily_limit", "900.00", weeks_ago)
    for _ in range(last):
        made.flag("daily_limit", "900.00", 1)
    for _ in range(now):
        made.flag("daily_limit", "900.00")
    return made


@pytest.mark.parametrize(
    ("now", "last", "usual", "kind"),
    [(2, 0, 0, "one_flag"), (3, 0, 0, "wave"), (3, 3, 0, "most"), (4, 3, 2, "wave"), (3, 2, 2, "most")],
)
def test_a_wave_is_three_flags_more_than_last_week_and_twice_the_usual(now, last, usual, kind):
    assert first_kind(waves(now, last, usual)) == kind


@pytest.mark.parametrize(("history", "kind"), [(3, "most"), (4, "new_seller")])
def test_a_seller_is_new_only_after_four_weeks_of_data(history, kind):
    made = Weeks(history=0)
    made.ship(5, weeks_ago=history, arrival_date=MONDAY - timedelta(weeks=history))
    for seller, number in (("S1", 2), ("S9", 3)):
        for _ in range(number):
            made.flag("order_split", "900.00", seller_id=seller, seller_name=seller)
    made.flag("order_split", "900.00", weeks_ago=1)
    made.flag("order_split", "900.00", weeks_ago=2)
    for _ in range(4):
        made.flag("order_split", "900.00", weeks_ago=1)
    assert first_kind(made) == kind


def test_a_span_that_is_no_week_has_a_page_one_too():
    made = Weeks()
    made.flag("daily_limit", "900.00", weeks_ago=1)
    page = Contents(made.store(), Period(MONDAY - timedelta(weeks=2), WEEK.end)).of(SECTION)
    assert SECTION.says(page)[0] == "1 same-day total over the exemption limit on 2 of 42 shipments, $900 at issue."

"""Ticks stand on round numbers and days, and are written as on the page."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.reports.charts import Axis
from analytics.reports.svg.ticks import day_ticks, number_ticks, said
from analytics.typesetting.letters import text_width, wrapped


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, "usd", "$0"),
        (999, "usd", "$999"),
        (1000, "usd", "$1k"),
        (1500, "usd", "$1.5k"),
        (2_500_000, "usd", "$2.5M"),
        (-1500, "usd", "\u2212$1.5k"),
        (12345, "whole", "12,345"),
        (0.25, "share", "25%"),
        (0.30000000000000004, "", "0.3"),
        (1250, "", "1,250"),
    ],
)
def test_a_tick_is_written_by_its_unit(value, unit, text):
    assert said(value, unit) == text


@pytest.mark.parametrize(
    ("low", "high", "most", "values"),
    [
        (0, 10, 5, [0, 2, 4, 6, 8, 10]),
        (0, 7, 4, [0, 2, 4, 6]),
        (3, 3.4, 5, [3.0, 3.1, 3.2, 3.3, 3.4]),
        (-50, 120, 4, [-50, 0, 50, 100]),
    ],
)
def test_ticks_are_round_and_few(low, high, most, values):
    assert [value for value, _ in number_ticks(low, high, most, Axis())] == pytest.approx(values)


def test_whole_things_have_no_tick_between_them():
    assert [text for _, text in number_ticks(0, 2, 10, Axis("whole"))] == ["0", "1", "2"]


def test_mondays_are_counted_back_from_the_last():
    mondays = [str(date.fromordinal(date(2025, 1, 6).toordinal() + 7 * week)) for week in range(26)]
    found = day_ticks(0, 1, Axis("week", ticks=mondays))
    assert len(found) == 7
    assert found[-1] == (date(2025, 6, 30).toordinal(), "30 Jun\n2025")


def test_quarters_have_their_first_days():
    low, high = date(2026, 12, 1).toordinal(), date(2028, 2, 1).toordinal()
    assert [text for _, text in day_ticks(low, high, Axis("quarter", most_ticks=10))] == [
        "Jan\n2027", "Apr\n2027", "Jul\n2027", "Oct\n2027", "Jan\n2028",
    ]  # fmt: skip


def test_a_span_without_a_first_of_a_month_has_a_tick_all_the_same():
    low, high = date(2027, 3, 2).toordinal(), date(2027, 3, 20).toordinal()
    assert day_ticks(low, high, Axis())[0][1] == "Mar\n2027"


def test_lines_break_between_words_only():
    assert wrapped("one two three", text_width("one two", 10) + 1, 10) == ["one two", "three"]
    assert wrapped("unbreakable", 5, 10) == ["unbreakable"]
    assert wrapped("a\nb", 100, 10) == ["a", "b"]


def test_wide_letters_are_wide():
    assert text_width("王", 10) > text_width("W", 10) > text_width("w", 10) > text_width("i", 10)

"""How figures, days and lists are written for a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.wording.prose import counted, days, dollars, listed, money, percent


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.5", "USD", "$1,234.50"),
        ("150", "EUR", "€150.00"),
        ("-3.10", "USD", "\u2212$3.10"),
        ("1000", "NZD", "1,000.00 NZD"),
    ],
)
def test_money_is_written_to_the_cent(amount, currency, text):
    assert money(Decimal(amount), currency) == text


def test_what_is_not_known_is_a_dash():
    assert money(None) == dollars(None) == percent(None) == "\u2013"


def test_dollars_are_rounded_half_to_even():
    assert [dollars(Decimal(text)) for text in ("0.50", "1.50", "2345.49")] == ["$0", "$2", "$2,345"]


def test_small_shares_keep_a_decimal():
    assert [percent(share) for share in (0, 0.034, 0.5, 1)] == ["0%", "3.4%", "50%", "100%"]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2025, 3, 10), date(2025, 3, 10), "March 10, 2025"),
        (date(2025, 3, 10), date(2025, 3, 16), "March 10\u201316, 2025"),
        (date(2025, 3, 31), date(2025, 4, 6), "March 31 \u2013 April 6, 2025"),
        (date(2024, 12, 30), date(2025, 1, 5), "December 30, 2024 \u2013 January 5, 2025"),
    ],
)
def test_days_name_month_and_year_once(first, last, text):
    assert days(first, last) == text


def test_counts_and_lists_read_as_sentences():
    assert [counted(number, "flag") for number in (0, 1, 1204)] == ["no flags", "1 flag", "1,204 flags"]
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]

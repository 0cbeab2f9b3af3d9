"""How figures, days and foreign text are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.reports.wording import clean, counted, days, dollars, listed, money, name_of, percent, short


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë O'Brien", "Zoë O'Brien"),
        ("محمد العلي", "محمد العلي"),
        ("می\u200cشد", "می\u200cشد"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("a\x00b\x1bc\x7f", "a\ufffdb\ufffdc\ufffd"),
        ("two\nlines\there", "two lines here"),
        ("zero\u200bwidth\ufeff", "zero\ufffdwidth\ufffd"),
        ("none\ufffe\U0001ffff", "none\ufffd\ufffd"),
    ],
)
def test_hidden_characters_become_visible_and_scripts_stay(text, shown):
    assert clean(text) == shown


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
        (date(2025, 3, 10), date(2025, 3, 10), "10 March 2025"),
        (date(2025, 3, 10), date(2025, 3, 16), "10\u201316 March 2025"),
        (date(2025, 3, 31), date(2025, 4, 6), "31 March \u2013 6 April 2025"),
        (date(2024, 12, 30), date(2025, 1, 5), "30 December 2024 \u2013 5 January 2025"),
    ],
)
def test_days_name_month_and_year_once(first, last, text):
    assert days(first, last) == text


def test_counts_and_lists_read_as_sentences():
    assert [counted(number, "flag") for number in (0, 1, 1204)] == ["no flags", "1 flag", "1,204 flags"]
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_long_text_is_cut_with_an_ellipsis():
    assert (short("abc", 3), short("abcd", 3), short(None)) == ("abc", "ab\u2026", None)


def test_a_kind_without_a_name_of_its_own_is_still_readable():
    assert name_of("order_split") == "Order in lots"
    assert name_of("address_hub") == "Address hub"

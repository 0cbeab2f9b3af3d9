"""Columns share a line by what stands in them."""

from __future__ import annotations

from analytics.typesetting.widths import column_widths


def test_a_long_text_takes_what_short_columns_leave():
    rows = [["A-1", "x " * 60, "$12,345.00"], ["A-2", "x " * 55, "$1.00"]]
    code, text, money = column_widths(["Flag", "Why", "Value"], rows, numbers={2})
    assert (code, money) == (6.0, 12.0)
    assert text == 96.0


def test_numbers_stay_whole_and_long_words_do_not_take_the_line():
    widths = column_widths(["Id", "N"], [["Q" * 180, "1,234,567,890.00"]], numbers={1})
    assert widths[1] == 17.0
    assert widths[0] == 98.0


def test_a_table_that_asks_for_less_than_the_line_is_given_what_it_asks():
    assert column_widths(["A", "B"], [["one two", "3"]]) == [9.0, 6.0]


def test_where_the_least_is_too_much_columns_share_by_it():
    head = [f"Heading{number:02d}" for number in range(12)]
    assert column_widths(head, [["x"] * 12]) == [11.0] * 12


def test_a_table_without_rows_has_the_widths_of_its_headings():
    assert column_widths(["Quarter", "N"], []) == [10.0, 6.0]

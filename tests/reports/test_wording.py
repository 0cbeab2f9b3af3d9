"""How figures, days and foreign text are written."""

from __future__ import annotations

import pytest

from analytics.reports.wording import clean, name_of, short


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


def test_long_text_is_cut_with_an_ellipsis():
    assert (short("abc", 3), short("abcd", 3), short(None)) == ("abc", "ab\u2026", None)


def test_a_kind_without_a_name_of_its_own_is_still_readable():
    assert name_of("order_split") == "Order in lots"
    assert name_of("address_hub") == "Address hub"

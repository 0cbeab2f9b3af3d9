"""How figures, lists and objects are written."""

import json
from decimal import Decimal

import pytest

from analytics.wording import money, percent, rounded, without_zeros
from analytics.wording.texts import as_list, as_object, joined_lists, joined_objects


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.285, 2, "0.29"), (0.125, 2, "0.13"), (0.1249, 2, "0.12"), (2.5, 0, "3"), (-2.5, 0, "-3"),
        (1e-9, 6, "0.000000"), (Decimal("12.34"), 1, "12.3"), (1.0, 3, "1.000"),
    ],
)  # fmt: skip
def test_a_half_is_rounded_up_by_the_digits_that_are_shown(value, places, text):
    assert rounded(value, places) == text


def test_money_keeps_its_places_and_a_share_loses_its_zeros():
    assert money("JPY", Decimal("10000.00")) == "JPY 10000.00"
    assert [without_zeros(Decimal(text)) for text in ("0.050000", "10", "0.10")] == ["0.05", "10", "0.1"]


def test_a_rate_is_told_in_percent_with_the_places_that_it_has():
    assert [percent(Decimal(text)) for text in ("0.125", "0.10000000", "1.25", "0", "0.0034")] == [
        "12.5%", "10%", "125%", "0%", "0.34%",
    ]  # fmt: skip


def test_text_with_any_sign_stays_json():
    hostile = 'a "b" \\ {c}\n\u202e'
    assert json.loads(as_list([hostile, "ü"])) == [hostile, "ü"]
    assert "ü" in as_list(["ü"])
    assert json.loads(as_object({hostile: hostile})) == {hostile: hostile}


def test_an_object_keeps_places_and_leaves_out_what_is_not_known():
    values = {"a": Decimal("0.850"), "b": True, "c": None, "d": ["x", 1], "e": {"f": 1e-07}, "g": 0}
    assert as_object(values) == '{"a": 0.850, "b": true, "d": ["x", 1], "e": {"f": 1e-07}, "g": 0}'


def test_lists_and_objects_are_joined_and_empty_ones_leave_no_comma():
    assert joined_lists("[]", '["a"]', "[]", '["b", "c"]') == '["a", "b", "c"]'
    assert joined_lists("[]", "[]") == "[]"
    assert joined_objects('{"a": 1}', "{}") == '{"a": 1}'
    assert joined_objects('{"a": 1}', '{"b": 2}') == '{"a": 1, "b": 2}'

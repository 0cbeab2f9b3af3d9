"""Completeness by field, filer and week."""

from datetime import date

import pytest


@pytest.fixture(scope="module")
def profile(later):
    return later.profile()


def test_it_counts_what_is_filled_by_filer_and_week(profile):
    rows = profile.frame.filter(field="filer_code").drop("field").rows()
    assert rows == [("(none)", date(2025, 3, 17), 2, 0, 0.0), ("ABC", date(2025, 3, 10), 7, 7, 1.0)]


def test_a_field_that_no_row_has_is_never_filled(profile):
    assert profile.fields.filter(field="seller_name").rows() == [("seller_name", 9, 0, 0.0)]


def test_the_heat_map_has_a_row_for_each_field(profile):
    cells = profile.figure.data[0]
    assert list(cells.x) == ["2025-03-10", "2025-03-17"]
    assert list(cells.y) == profile.fields["field"].to_list()
    assert list(cells.z[list(cells.y).index("filer_code")]) == [1.0, 0.0]
    assert list(profile.heat("filer").data[0].x) == ["(none)", "ABC"]


def test_it_is_named_in_one_line(profile):
    assert repr(profile).startswith("<Profile: 9 shipments, 2 filers, 2 weeks, ")

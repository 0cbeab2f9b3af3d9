"""The day of an instant is that of New York."""

from datetime import date

import pytest

from analytics.days import day_of_event


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2025-08-29T03:59:59Z", date(2025, 8, 28)),
        ("2025-08-29T04:00:00Z", date(2025, 8, 29)),
        ("2025-12-01T04:59:59Z", date(2025, 11, 30)),
        ("2025-12-01T05:00:00+00:00", date(2025, 12, 1)),
    ],
)
def test_midnight_of_summer_and_of_winter(at, day):
    assert day_of_event(at) == day

"""The words of a flag's costs."""

from __future__ import annotations

from analytics.reports.sections.flags import cost_parts


def test_cost_parts_are_in_reading_order():
    assert cost_parts({"all": {"total": {}, "duty": {}}, "lots": {"value": {}}}) == ["value", "duty", "total"]

"""What a typology is said not to be tested for."""

import pytest

from analytics.wording.status import Status, status_text

TESTED = Status(None, 12, None, None, None, None, None, None, None, None)


@pytest.mark.parametrize(
    ("changes", "tested", "note"),
    [
        ({}, "yes", None),
        ({"obstacle": "not_made"}, "not tested: not in this version", None),
        ({"obstacle": "pruned_run"}, "not tested: pruned run", None),
        ({"obstacle": "no_rule"}, "not tested: no such rule on these days", None),
        ({"obstacle": "no_goods"}, "not tested: no goods in ref_ineligible_goods", None),
        ({"obstacle": "orders_ignored"}, "not tested: missing_order_id is ignore", None),
        ({"obstacle": "columns_absent", "absent": "order_id"}, "not tested: no order_id", None),
        ({"obstacle": "columns_absent", "absent": "a|b"}, "not tested: no a, no b", None),
        (
            {"obstacle": "circumstances_absent", "absent": "informal entry"},
            "not testable on these entries: no informal entry",
            None,
        ),
        (
            {"obstacle": "never_together", "needed": "consignee; house_bill|conveyance_id"},
            "not tested: no shipment carries all of: consignee, house_bill or conveyance_id",
            None,
        ),
        (
            {"obstacle": "few_words"},
            "not tested: too few shipments with description and tariff number (12) to learn words from",
            None,
        ),
        ({"missed_shipments": 1, "missed_fields": "mode"}, "yes", "not tested for 1 shipment: mode unread"),
        (
            {"missed_shipments": 2, "missed_fields": "declared_value|mode"},
            "yes",
            "not tested for 2 shipments: declared_value, mode unread",
        ),
        ({"way_without_column": "order"}, "yes", "by order: not tested: no order_id"),
        (
            {"way_without_column": "conveyance", "missed_shipments": 1, "missed_fields": "mode"},
            "yes",
            "by conveyance and consignee: not tested: no conveyance_id; not tested for 1 shipment: mode unread",
        ),
        (
            {"obstacle": "no_rule", "way_without_column": "order"},
            "not tested: no such rule on these days",
            None,
        ),
    ],
)
def test_it_is_told_in_words(changes, tested, note):
    assert status_text(TESTED._replace(**changes)) == (tested, note)


LIMITS = {"unlearned_currencies": "USD|EUR", "unlearned_pools": "claims|gifts", "unlearned_buyers": "3|0"}
FEW = (
    "under the limits in USD (claims): too few buyers around them (3) to learn from; "
    "under the limits in EUR (gifts): too few buyers around them (0) to learn from"
)


def test_where_some_limits_could_not_be_learned_around_a_note_says_which():
    assert status_text(TESTED._replace(**LIMITS)) == ("yes", f"not tested {FEW}")


def test_where_none_could_be_nothing_was_tested():
    assert status_text(TESTED._replace(obstacle="few_buyers", **LIMITS)) == (f"not tested: {FEW}", None)

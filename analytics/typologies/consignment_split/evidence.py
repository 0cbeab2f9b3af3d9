"""What a consignment_split flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money

__all__ = ["EVIDENCE", "Measures"]


_WAYS = {
    "consignment": "shipments under one transport document for one consignee",
    "sender_conveyance": "shipments from one sender for one consignee on one conveyance",
    "conveyance_consignee": "shipments for one consignee on one conveyance",
    "purchase_day": "shipments that one consignee bought from one seller on one day",
}


class Measures(NamedTuple):
    """What was measured of a flag: what belongs together by the rule, each within a limit and over it together."""

    shipments: int
    total_amount: Decimal
    limit_amount: Decimal
    limit_currency: str
    way: str
    order_count: int
    is_unit_known: bool
    is_unverified: bool
    is_certain: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    together = f"{flag.shipments} {_WAYS[flag.way]} came in under the relief"
    limit = f"each within the limit of {money(flag.limit_currency, flag.limit_amount)}"
    yield Sentence("over_limit_together", f"{together}, {limit} and together worth {flag.total_amount}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if not flag.is_unit_known:
        text = "The conveyance is not known; what arrived on one day is taken to have come together."
        yield Sentence("conveyance_unknown", text)
    if flag.is_unverified:
        text = "The rule is stated from memory or from practice; no official text of it was seen."
        yield Sentence("rule_unverified", text)
    if not flag.is_certain:
        yield Sentence("origin_or_mode_unknown", "Origin or mode is not known for some shipments.")
    if flag.order_count > 1:
        yield Sentence("several_orders", f"The shipments belong to {flag.order_count} different orders.")
    text = "Shipments may be consigned apart for other reasons, such as stock, size or a back order."
    yield Sentence("apart_for_other_reasons", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"way": flag.way}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""

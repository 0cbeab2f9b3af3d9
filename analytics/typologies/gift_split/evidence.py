"""What a gift_split flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, counted, money

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: gifts of one sender to one consignee, or to many in one week."""

    shipments: int
    total_amount: Decimal
    limit_amount: Decimal | None
    limit_currency: str | None
    days: int
    sold_count: int
    consignees: int
    is_of_many: bool
    is_over_limit: bool


_BOUGHT = "from a seller or carry an order; what a firm sends is taken to be bought."


def _reason(flag: Measures) -> Iterator[Sentence]:
    if flag.is_of_many:
        sent = f"{flag.shipments} gifts of one sender went to {flag.consignees} consignees in one week"
        yield Sentence("to_many", f"{sent}, as the goods of a seller do.")
        if flag.sold_count > 0:
            yield Sentence("from_seller", f"{flag.sold_count} of them come {_BOUGHT}")
        return
    gifts = counted(flag.shipments, "gift", "gifts")
    days = counted(flag.days, "day", "near days")
    sent = f"{gifts} of one sender to one consignee on {days}"
    if flag.is_over_limit:
        limit = f"each within the gift limit of {money(flag.limit_currency, flag.limit_amount)}"
        yield Sentence("over_limit_together", f"{sent}, {limit}, are together worth {flag.total_amount}.")
        if flag.sold_count > 0:
            yield Sentence("from_seller", f"{flag.sold_count} of them come {_BOUGHT}")
    elif flag.shipments == 1:
        yield Sentence("from_seller", f"{sent} comes {_BOUGHT.replace('carry', 'carries')}")
    else:
        yield Sentence("from_seller", f"{sent} come {_BOUGHT}")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.days > 1 and flag.is_over_limit:
        text = "The gift limit is for one day; gifts of other days are not added up."
        yield Sentence("limit_is_of_one_day", text)
    if flag.is_of_many:
        text = "A person may send gifts to as many before a holiday."
        yield Sentence("many_before_holiday", text)
    if not flag.is_over_limit and flag.sold_count > 0:
        text = "A shop may send a gift on behalf of the buyer."
        yield Sentence("present_from_shop", text)
    if flag.sold_count == 0:
        yield Sentence("sender_may_be_private", "Nothing shows that the sender is a firm.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"consignees": flag.consignees, "days": flag.days, "from_sellers": flag.sold_count}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""

"""What an informal_entry_split flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money

__all__ = ["EVIDENCE", "Measures"]


_WAYS = {
    "order": "lots of one order",
    "bill": "shipments for one consignee on one conveyance and one house bill",
    "mailing": "mail items from one sender to one addressee on one day",
    "conveyance_consignee": "shipments for one consignee on one conveyance",
    "series": "shipments of the same goods from one sender to one consignee, days apart and without an order number",
}


class Measures(NamedTuple):
    """What was measured of a flag: informal entries that belong together, each within the limit and over it together.

    ``way`` says by what they belong together: order, bill, mailing, conveyance_consignee or
    series.
    """

    way: str
    shipments: int
    total_amount: Decimal
    limit_amount: Decimal
    limit_currency: str
    bills: int
    declared_count: int
    proxy_count: int
    numbered_count: int
    billed_count: int
    has_issuer: bool
    is_mail: bool
    is_all_near: bool
    near_amount: Decimal
    is_numbered_in_a_row: bool
    is_of_equals: bool
    is_of_one_bill: bool
    is_of_one_day: bool
    is_of_several_bills: bool
    is_of_several_centers: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    limit = f"each within the informal limit of {money(flag.limit_currency, flag.limit_amount)}"
    text = f"{flag.shipments} {_WAYS[flag.way]}, {limit}, are together worth {flag.total_amount}."
    yield Sentence("over_limit_together", text)
    if flag.way == "series" and flag.is_all_near:
        yield Sentence("all_near_limit", f"Each is worth the limit or less than {flag.near_amount} below it.")
    if flag.way == "series" and flag.is_numbered_in_a_row:
        yield Sentence("bills_in_a_row", "Their house bills are numbered in a row.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    yield from _unknown(flag)
    yield from _lawful(flag)
    yield from _by_way(flag)


def _unknown(flag: Measures) -> Iterator[Sentence]:
    """Say what is not given, and what is assumed for it."""
    if flag.declared_count < flag.shipments:
        text = "The entry type is not given for every shipment; informal entry is assumed."
        yield Sentence("entry_type_assumed", text)
    if not flag.has_issuer:
        text = "The issuer of the order number is not known; two sellers may use the same number."
        yield Sentence("issuer_unknown", text)
    if flag.proxy_count > 0:
        given = f"For {flag.proxy_count} of the shipments it is not given, and the declared value stands in."
        yield Sentence("customs_value_unknown", f"The limit goes by the customs value. {given}")
    if flag.numbered_count < flag.shipments:
        text = "Entry numbers are not given for every shipment; each is taken for an entry of its own."
        yield Sentence("entry_numbers_unknown", text)


def _lawful(flag: Measures) -> Iterator[Sentence]:
    """Say what would make entries of their own right."""
    if flag.is_of_equals and (flag.way == "bill" or flag.is_of_one_bill):
        equal = "The entries of the bill are equal in goods and value, each with a number of its own"
        yield Sentence(
            "entries_equal", f"{equal}: one may have taken the place of the other, and then nothing was split."
        )
    if flag.is_of_several_centers:
        classes = "The goods are of classes that different centers process, and each class is within the limit"
        yield Sentence("several_centers", f"{classes}: 19 CFR 141.52(f) lets them be entered apart.")


def _by_way(flag: Measures) -> Iterator[Sentence]:
    if flag.way == "order" and flag.is_mail:
        yield _of_mailed_order(flag)
    elif flag.way == "mailing":
        text = "Mail is added up where it was sent at one time (19 CFR 145.12); the day of mailing would settle it."
        yield Sentence("day_of_mailing", text)
    elif flag.way == "order" and not flag.is_of_one_bill:
        installments = "Each installment within the limit may be entered informally (19 CFR 143.21(b))"
        yield Sentence("instalments", f"{installments}; the lots may be apart for stock, size or a back order.")
    elif flag.way == "series":
        text = "No order number ties them together; an order or an invoice would settle it."
        yield Sentence("no_order_number", text)
        allowed = "Separate sales may be entered apart, and so may installments within the limit"
        yield Sentence("instalments", f"{allowed} (19 CFR 143.21(b)).")
    elif flag.way == "conveyance_consignee":
        yield from _of_conveyance(flag)
    elif not flag.is_of_several_centers:
        text = "Another exception of 19 CFR 141.52 may let the goods be entered apart."
        yield Sentence("another_exception", text)


def _of_mailed_order(flag: Measures) -> Sentence:
    if flag.is_of_one_day:
        rule = "Mail is added up only where it was sent at one time, or apart to avoid duty (19 CFR 145.12)."
        return Sentence(
            "mailed_at_one_time", f"{rule} The items arrived on one day; the day of mailing would settle it."
        )
    text = "Mail sent at different times is added up only where it was divided to avoid duty (19 CFR 145.12)."
    return Sentence("mailed_at_different_times", text)


def _of_conveyance(flag: Measures) -> Iterator[Sentence]:
    if not flag.is_of_several_bills:
        allowed = "Under separate bills, separate entries are allowed (19 CFR 141.52(e)); the bills would settle it."
        yield Sentence("bills_unknown", f"House bills are not given for every shipment. {allowed}")
        return
    text = f"The shipments are under {flag.bills} bills of lading, which 19 CFR 141.52(e) lets be entered apart."
    yield Sentence("several_bills", text)
    if flag.billed_count < flag.shipments:
        given = "Not every house bill is given; under whichever of these bills the others are"
        yield Sentence("some_bills_unknown", f"{given}, it would be within the limit.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"way": flag.way}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""

"""What an order_split flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, counted, money

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: lots of one order, each within a limit and over it together."""

    shipments: int
    total_amount: Decimal
    limit_amount: Decimal
    limit_currency: str
    day_count: int
    number_count: int
    identity_count: int
    has_issuer: bool
    is_certain: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    days = counted(flag.day_count, "day", "days")
    limit = f"each within the limit of {money(flag.limit_currency, flag.limit_amount)}"
    came = f"{flag.shipments} lots of one order came under the exemption on {days}"
    yield Sentence("over_limit_together", f"{came}, {limit} and together worth {flag.total_amount}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if not flag.has_issuer:
        text = "It is not known whose order number this is; two sellers may use the same one."
        yield Sentence("issuer_unknown", text)
    if flag.number_count > 1:
        text = "The lots carry different numbers that are read as parts of one order."
        yield Sentence("several_numbers", text)
    if flag.identity_count > 1:
        text = f"The lots are addressed to {flag.identity_count} different consignees."
        yield Sentence("several_consignees", text)
    if not flag.is_certain:
        yield Sentence("origin_or_mode_unknown", "Origin or mode is not known for some lots.")
    text = "Lots may be sent apart for other reasons, such as stock, size or a back order."
    yield Sentence("apart_for_other_reasons", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {
        "days": flag.day_count,
        "order_numbers": flag.number_count,
        "order_identities": flag.identity_count,
    }


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""

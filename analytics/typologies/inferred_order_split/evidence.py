"""What an inferred_order_split flag says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, counted, money, share

__all__ = ["EVIDENCE", "Measures"]


_TELLING = math.log(1.25)
_MOST = 1000


class Measures(NamedTuple):
    """What was measured of a flag: shipments without an order number that look like lots of one order."""

    shipments: int
    total_amount: Decimal
    limit_amount: Decimal
    limit_currency: str
    day_count: int
    score: float
    pace: float
    worth: float
    goods: float
    numbers: float
    other_orders: int
    knows_goods: bool
    is_like_back_order: bool
    is_like_repeat: bool
    is_evenly_spaced: bool
    is_certain: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    days = counted(flag.day_count, "day", "days")
    came = f"{flag.shipments} shipments without an order number came from one seller to one consignee on {days}"
    limit = f"each within the limit of {money(flag.limit_currency, flag.limit_amount)}"
    alike = f"they look more like lots of one order than like separate ones (score {share(flag.score)})"
    yield Sentence("like_one_order", f"{came}, {limit} and together worth {flag.total_amount}; {alike}.")
    weights = {"pace": flag.pace, "values": flag.worth, "goods": flag.goods, "numbers": flag.numbers}
    yield from _weighed({f"the {sign}": weight for sign, weight in weights.items()})


def _weighed(weights: Mapping[str, float]) -> Iterator[Sentence]:
    """Say what speaks for one order and what against it, heaviest first, each with how many times likelier it is."""
    parts = sorted(((weight, sign) for sign, weight in weights.items()), reverse=True)
    speaks_for = [(weight, sign) for weight, sign in parts if weight >= _TELLING]
    against = [(-weight, sign) for weight, sign in reversed(parts) if weight <= -_TELLING]
    if speaks_for:
        yield Sentence("speaks_for", f"For it: {_listed(speaks_for)}.")
    if against:
        yield Sentence("speaks_against", f"Against it: {_listed(against)}.")


def _listed(told: list[tuple[float, str]]) -> str:
    (heaviest, first), *others = told
    rest = (f"{sign} ({_times(weight)} times)" for weight, sign in others)
    return ", ".join([f"{first} ({_times(heaviest)} times likelier)", *rest])


def _times(weight: float) -> str:
    times = math.exp(min(weight, 10.0))
    if times >= _MOST:
        return f"over {_MOST:,}"
    return f"{times:.0f}" if times >= 10 else f"{times:.1f}"


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    text = "No order number ties them together; one on any of them would settle it."
    yield Sentence("no_order_number", text)
    if flag.is_like_back_order:
        text = "A small rest came after nearly all of it: it may have been out of stock."
        yield Sentence("like_back_order", text)
    if flag.is_like_repeat:
        alike = "Two of them are alike in value and in goods as far as known"
        yield Sentence("like_repeat", f"{alike}: a replacement or a subscription would look so.")
    if flag.is_evenly_spaced:
        yield Sentence("evenly_spaced", "They came at even intervals, as a subscription does.")
    if not flag.knows_goods:
        text = "There are too few product numbers to say whether the goods belong together."
        yield Sentence("goods_unknown", text)
    if flag.other_orders == 0:
        text = "This buyer has no other order from that seller: what is usual is taken from other buyers."
        yield Sentence("no_other_order", text)
    if not flag.is_certain:
        yield Sentence("origin_or_mode_unknown", "Origin or mode is not known for some of them.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {
        "days": flag.day_count,
        "other_orders": flag.other_orders,
        "score": flag.score,
        "weight_of_goods": flag.goods,
        "weight_of_numbers": flag.numbers,
        "weight_of_pace": flag.pace,
        "weight_of_values": flag.worth,
    }


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""

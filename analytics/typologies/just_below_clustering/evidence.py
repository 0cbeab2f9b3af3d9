"""What a just_below_clustering flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money, rounded, share, without_zeros

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: amounts of a party or route that crowd just below a limit."""

    unit_kind: str
    method: str
    limit_amount: Decimal
    limit_currency: str
    near_amount: Decimal
    excess: float
    excess_low: float
    excess_high: float
    elsewhere: int
    elsewhere_share: float
    tests: int
    p_value: float
    q_value: float
    false_share: Decimal
    heaped_share: float
    is_of_few_prices: bool | None
    at_limit: int
    is_certain: bool


_HELD_AGAINST = {"step": "the density above the limit"}
_HELD_OTHERWISE = "the trend further below, since hardly anything lies above"


def _reason(flag: Measures) -> Iterator[Sentence]:
    interval = f"95%: {rounded(flag.excess_low, 0)} to {rounded(flag.excess_high, 0)}"
    more = f"about {rounded(flag.excess, 0)} shipments more than expected ({interval})"
    worth = f"worth the limit of {money(flag.limit_currency, flag.limit_amount)} or up to {flag.near_amount} less"
    against = f"held against {_HELD_AGAINST.get(flag.method, _HELD_OTHERWISE)}"
    aside = "whole amounts and prices ending in 95 to 99 are not counted"
    yield Sentence("more_than_expected", f"Of this {flag.unit_kind}, {more} are {worth}, {against}; {aside}.")
    elsewhere = f"As much shows at a share of {share(flag.elsewhere_share)} of {flag.elsewhere} other values"
    chance = f"a share of {without_zeros(flag.false_share)} at most is expected to be chance"
    found = f"{elsewhere}; of flags as striking as this among {flag.tests} tested {chance}."
    yield Sentence("by_chance", found)


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.is_of_few_prices:
        again = "It may be a few prices that are paid again and again"
        once = "counting each seller (of a seller: each buyer) and amount once, hardly a step is left"
        yield Sentence("few_prices", f"{again}: {once}.")
    if flag.at_limit > 0:
        text = f"{flag.at_limit} are of exactly the limit, a round number; they are not part of the excess."
        yield Sentence("at_limit", text)
    if not flag.is_certain:
        yield Sentence("origin_or_mode_unknown", "Origin or mode is not known for some of them.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {
        "at_limit": flag.at_limit,
        "excess": flag.excess,
        "excess_high": flag.excess_high,
        "excess_low": flag.excess_low,
        "heaped_share": flag.heaped_share,
        "p_value": flag.p_value,
        "q_value": flag.q_value,
        "tests": flag.tests,
    }


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""

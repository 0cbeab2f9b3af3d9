"""What a structuring flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money, rounded, share, without_zeros

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: days of an identity and quarter that lie just below a limit."""

    near_days: int
    around_days: int
    limit_amount: Decimal
    limit_currency: str
    near_amount: Decimal
    days: str
    amount_count: int
    method: str
    usual_share: float
    spread: float
    buyers: int
    p_value: float
    q_value: float
    tests: int
    one_in: int
    false_share: Decimal
    is_certain: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    near = f"{flag.near_days} of {flag.around_days} days of one quarter near the limit"
    below = f"of {money(flag.limit_currency, flag.limit_amount)} were at or below it by less than {flag.near_amount}"
    yield Sentence("days_below", f"{near} {below}: {flag.days}.")
    bands = "below and above" if flag.method == "trend" else "below"
    usual = f"The days of {flag.buyers} buyers {bands} make a share of {share(flag.usual_share)} usual."
    yield Sentence("usual_share", usual)
    once = f"By chance this happens once in {flag.one_in} times"
    tested = f"{flag.tests} quarters of buyers were tested (q = {rounded(flag.q_value, 4)})"
    chance = f"of flags as striking as this a share of {without_zeros(flag.false_share)} at most is expected"
    yield Sentence("by_chance", f"{once}, and {tested}: {chance} to be chance.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    yield Sentence("no_proof", "Amounts near a limit are no proof by themselves.")
    yield Sentence("usual_for_some", "Someone who always buys at about this value looks the same.")
    if flag.amount_count == 1:
        text = "The amount is the same each time: it may be the price of one thing."
        yield Sentence("one_price", text)
    if not flag.is_certain:
        yield Sentence("origin_or_mode_unknown", "Origin or mode is not known for some of them.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {
        "around_days": flag.around_days,
        "buyers": flag.buyers,
        "days": flag.days.split(", "),
        "method": flag.method,
        "near_days": flag.near_days,
        "p_value": Decimal(rounded(flag.p_value, 6)),
        "q_value": Decimal(rounded(flag.q_value, 6)),
        "spread": Decimal(rounded(flag.spread, 6)),
        "tests": flag.tests,
        "usual_share": Decimal(rounded(flag.usual_share, 6)),
    }


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""

"""What is said of values around a limit, and of how many would lie there without it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.wording.prose import counted, days, money

__all__ = ["LEAD", "MEANINGS", "NO_LIMIT", "Crowding", "axis_title", "bunching_sentences", "bunching_title"]

LEAD = (
    "Honest values fall where prices fall. Values chosen with a limit in mind crowd just under it. The line is what "
    "would be expected without a limit: a trend fitted to the bars further from it, with round amounts allowed for."
)
NO_LIMIT = "No shipment of the last quarter came under a limit."
MEANINGS = {
    "low": "Values over this amount, in the currency of the limit",
    "high": "Values up to this amount, included",
    "shipments": "Shipments with such a value",
    "expected": "How many would be expected without a limit",
    "expected_low": "Lower end of its interval of 95%",
    "expected_high": "Upper end",
}
"""What the columns of the sheet mean."""
_VALUES = {"exemption": "Declared value", "informal entry": "Customs value"}
_LIMITS = {"exemption": "around the limit of the exemption", "informal entry": "around the limit of informal entry"}
_CARRIED_ON = "Hardly any value lies above the limit, so the trend below it is carried on."
_PROVES_NOTHING = "A crowd under a limit is a reason to look and proves nothing about one shipment."


@dataclass(frozen=True)
class Crowding:
    """What a sentence needs.

    Attributes
    ----------
    kind : str
        ``exemption`` or ``informal entry``.
    limit, currency : Decimal, str
        The limit.
    near : int
        How far just under it reaches.
    first, last : date
        Days of the shipments.
    below, above : int
        Shipments just under and just over it.
    expected : float or None
        Just under it, without a limit; None where too few lie further off to fit a trend.
    excess, excess_low, excess_high : float
        Beyond those, with an interval of 95%.
    is_carried_on : bool
        The trend below is carried on, since hardly anything lies above.
    """

    kind: str
    limit: Decimal
    currency: str
    near: int
    first: date
    last: date
    below: int
    above: int
    expected: float | None
    excess: float
    excess_low: float
    excess_high: float
    is_carried_on: bool


def axis_title(kind: str, currency: str) -> str:
    """Return what the axis along the values is called."""
    return f"{_VALUES[kind]} ({currency})"


def bunching_title(kind: str) -> str:
    """Return what the chart is called."""
    return f"{_VALUES[kind]}s around the limit"


def bunching_sentences(found: Crowding) -> list[str]:
    """Say how many lie just under the limit, how many would be expected, and whether chance explains the difference.

    Parameters
    ----------
    found : Crowding
        What was measured.

    Returns
    -------
    list of str
        In their order.
    """
    limit, near = money(found.limit, found.currency), money(found.limit - found.near, found.currency)
    said = [
        f"{days(found.first, found.last)}, {_LIMITS[found.kind]}: {counted(found.below, 'shipment')} over {near} and "
        f"up to {limit}; {found.above:,} in the band of that width above."
    ]
    if found.expected is None:
        return [*said, "Too few shipments lie further from the limit to say how many would be expected."]
    said.append(f"Without a limit {found.expected:,.0f} would be expected. {_beyond(found)}")
    return [*said, *([_CARRIED_ON] if found.is_carried_on else []), _PROVES_NOTHING]


def _beyond(found: Crowding) -> str:
    interval = f"95% interval {_whole(found.excess_low)} to {_whole(found.excess_high)}"
    if found.excess_low > 0:
        return f"That leaves {_whole(found.excess)} beyond expectation ({interval})."
    if found.excess_high < 0:
        return f"That is {_whole(-found.excess)} fewer than expected (difference: {interval})."
    return f"The difference is {_whole(found.excess)} ({interval}), no more than chance."


def _whole(value: float) -> str:
    return f"{round(value):,}".replace("-", "\u2212")

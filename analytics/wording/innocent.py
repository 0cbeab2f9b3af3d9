"""Innocent explanations that the shipments of a flag show."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from analytics.wording.figures import rounded

__all__ = ["Innocent", "innocent_reason"]


class Innocent(NamedTuple):
    """An innocent explanation and the figures that it is told with.

    Attributes
    ----------
    benign : str
        Its code, as in ``ref_benign_splits``.
    sellers : int or None
        Sellers of the order.
    lightest_two_kg : Decimal or None
        What the two lightest shipments weigh together.
    most_kg : Decimal or None
        What one shipment may weigh at most.
    shortest_gap, longest_gap : int or None
        Days between two shipments.
    replacements : int
        Shipments described as replacements.
    """

    benign: str
    sellers: int | None
    lightest_two_kg: Decimal | None
    most_kg: Decimal | None
    shortest_gap: int | None
    longest_gap: int | None
    replacements: int


def innocent_reason(shown: Innocent) -> str:
    """Say what innocent explanation the shipments of a flag show."""
    return _TEXTS[shown.benign](shown)


def _carrier_split(_: Innocent) -> str:
    divided = "the carrier may have divided what was sent as one"
    treated = "customs may treat it as one on application (19 CFR 141.57, 141.58)"
    return f"All shipments are under one house bill: {divided}, and {treated}."


def _multi_vendor(shown: Innocent) -> str:
    placed = f"The order was placed on a marketplace with {shown.sellers} sellers"
    return f"{placed}, and what each of them sent is within the limit."


def _oversize(shown: Innocent) -> str:
    weigh = f"the lightest two weigh {rounded(shown.lightest_two_kg or 0, 1)} kg"
    most = f"one may weigh at most {rounded(shown.most_kg or 0, 1)} kg"
    return f"No two of the shipments could have traveled as one: {weigh}, {most}."


def _subscription(shown: Innocent) -> str:
    came = f"The same goods at the same price came every {shown.shortest_gap} to {shown.longest_gap} days"
    return f"{came}: the deliveries of a subscription."


def _replacement(shown: Innocent) -> str:
    return f"{shown.replacements} of the shipments are described as replacements; without them the limit is kept."


def _backorder_seen(shown: Innocent) -> str:
    return f"Other goods of the order came {shown.shortest_gap} days or more after the first, as with a back order."


_TEXTS: dict[str, Callable[[Innocent], str]] = {
    "carrier_split": _carrier_split,
    "multi_vendor": _multi_vendor,
    "oversize": _oversize,
    "subscription": _subscription,
    "replacement": _replacement,
    "backorder_said": lambda _: "What came later is described as the rest of a back order.",
    "backorder_seen": _backorder_seen,
    "known_place": lambda _: "The address is listed as a place where many names are usual.",
}

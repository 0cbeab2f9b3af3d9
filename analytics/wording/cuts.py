"""What a flag rests on: the fewest shipments without which it would not stand, or a single thing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from analytics.wording.figures import money, rounded

__all__ = ["Cut", "SingleCut", "cut_statement", "single_cut_reason"]


class Cut(NamedTuple):
    """How many of a flag's shipments it needs.

    Attributes
    ----------
    stands_on : str
        What a typology stands on: sum, each, pieces, shipments, names or pattern.
    shipments : int
        Shipments of the flag.
    cut_count : int or None
        The fewest of them without which it would not stand.
    cut_usd : Decimal or None
        What these are worth.
    """

    stands_on: str
    shipments: int
    cut_count: int | None
    cut_usd: Decimal | None


def cut_statement(cut: Cut) -> str:
    """Say how few shipments a flag would not stand without."""
    if cut.stands_on == "each" and cut.shipments == 1:
        return "The flag rests on this one shipment."
    if cut.stands_on == "each":
        return "Each of its shipments is enough by itself. The flag falls only without all of them."
    if cut.stands_on == "pattern":
        return "The flag rests on a pattern over time. No smallest set of shipments was found."
    without = f"Without {cut.cut_count} of its {cut.shipments} shipments"
    if cut.stands_on == "sum":
        return f"{without}, the highest in value ({money('USD', cut.cut_usd)}), the flag would not stand."
    return f"{without} the flag would not stand."


class SingleCut(NamedTuple):
    """The smallest single thing of a kind without which a flag falls.

    Attributes
    ----------
    cut : str
        Its kind: piece, link or numbers.
    arrival_date : date or None
        Day of the shipment.
    amount : Decimal or None
        What it adds to the total.
    limit_currency : str or None
        Currency of that.
    is_last_pair : bool or None
        There are no more shipments than a split needs.
    probability : float or None
        That of the match.
    number_count : int or None
        Order numbers that are read as one order.
    """

    cut: str
    arrival_date: date | None
    amount: Decimal | None
    limit_currency: str | None
    is_last_pair: bool | None
    probability: float | None
    number_count: int | None


def single_cut_reason(cut: SingleCut) -> str:
    """Say without which single thing a flag would not stand."""
    if cut.cut == "link":
        match = f"The flag rests on one match between two aliases (probability {rounded(cut.probability or 0, 3)})"
        return f"{match}. Without it no part is over the limit."
    if cut.cut == "numbers":
        return f"Read as {cut.number_count} orders, one for each number, none is over the limit."
    if cut.is_last_pair:
        return "Each of its shipments is needed. Without one of them there is no split."
    without = f"Without one shipment, {money(cut.limit_currency, cut.amount)} of {cut.arrival_date}"
    return f"{without}, the rest is within the limit."

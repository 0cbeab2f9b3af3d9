"""The loss and its interest in all, and the range of the False Claims Act, each shipment once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from analytics.cases.packet.disclosure.basis import Basis

__all__ = ["ClaimsRange", "Totals", "claims_range", "totals_of"]

_NOUGHT = Decimal("0.00")


@dataclass(frozen=True)
class Totals:
    """What the entries that nobody set aside come to, with flags whose loss is not told by entry.

    Attributes
    ----------
    low, base, high : Decimal
        Loss of duty and fees, as far as it is known.
    by_flag : Decimal
        Of the base, what is told by flag and not by entry.
    interest : Decimal or None
        What is known of it; None where none is.
    is_loss_whole, is_interest_whole : bool
        Nothing of it is unknown.
    """

    low: Decimal
    base: Decimal
    high: Decimal
    by_flag: Decimal
    interest: Decimal | None
    is_loss_whole: bool
    is_interest_whole: bool

    @property
    def tender(self) -> Decimal:
        """Base of the loss with the interest that is known."""
        return self.base + (self.interest or _NOUGHT)

    @property
    def is_whole(self) -> bool:
        """Nothing is unknown, so the tender is no "at least"."""
        return self.is_loss_whole and self.is_interest_whole


def totals_of(basis: Basis) -> Totals:
    """Add up a disclosure."""
    entries, apart = basis.at_issue, basis.money.owed_by_flag
    flagged = {name: _sum(apart[f"{name}_usd"]) for name in ("low", "base", "high")}
    paid = _sum(entry.paid for entry in entries if entry.loss is not None)
    interests = [entry.interest_usd for entry in entries if entry.loss is not None]
    known = [amount for amount in interests if amount is not None]
    given = basis.terms.interest_usd
    has_rates = basis.growth.is_whole and len(known) == len(interests) and apart.is_empty()
    return Totals(
        low=_sum(entry.low for entry in entries) - paid + flagged["low"],
        base=_sum(entry.loss for entry in entries) + flagged["base"],
        high=_sum(entry.high for entry in entries) - paid + flagged["high"],
        by_flag=flagged["base"],
        interest=(_sum(known) if known else None) if given is None else given,
        is_loss_whole=not any(entry.is_partial for entry in entries) and not apart["is_unknown"].any(),
        is_interest_whole=given is not None or has_rates,
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), _NOUGHT)


@dataclass(frozen=True)
class ClaimsRange:
    """The range of 31 USC 3729 on the loss of a disclosure.

    Attributes
    ----------
    times, reported_times : Decimal
        Times the damages, and times where the person reported within 30 days (31 USC 3729(a)(2)).
    claims : int
        Entries that claimed an exemption or are in the loss and may be a claim each; how many there are is open.
    least_each, most_each : Decimal
        Penalty for one claim.
    least, most : Decimal
        The low loss so many times with the least penalty, and the high loss with the most.
    is_whole : bool
        Nothing of the loss is unknown.
    source, confidence : str
        Of the amounts.
    """

    times: Decimal
    reported_times: Decimal
    claims: int
    least_each: Decimal
    most_each: Decimal
    least: Decimal
    most: Decimal
    is_whole: bool
    source: str
    confidence: str


def _claims(basis: Basis) -> set[str]:
    """Return the entries that claimed an exemption, or whose loss is in the damages; one where rows share a number."""
    by_flag = set(basis.money.owed_by_flag["flag_id"])
    return {
        entry.number
        for entry in basis.at_issue
        if entry.row["exemption_claimed"] or entry.high or not by_flag.isdisjoint(entry.flags)
    }


def claims_range(basis: Basis, totals: Totals) -> ClaimsRange | None:
    """Return the range at the penalties in force on the day of disclosure, else the newest; None where none is held."""
    rows = basis.law.rows("ref_claim_penalties", basis.terms.disclosed_on)
    if not rows or basis.money.disclosure is None:
        return None
    row, claims = rows[0], len(_claims(basis))
    return ClaimsRange(
        times=row["times_loss"],
        reported_times=row["times_reported"],
        claims=claims,
        least_each=row["least_usd"],
        most_each=row["most_usd"],
        least=(row["times_loss"] * totals.low + claims * row["least_usd"]).quantize(_NOUGHT),
        most=(row["times_loss"] * totals.high + claims * row["most_usd"]).quantize(_NOUGHT),
        is_whole=totals.is_loss_whole,
        source=row["source"],
        confidence=row["confidence"],
    )

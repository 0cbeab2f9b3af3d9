"""One row an entry: what was declared, what each duty on it comes to, what was paid, its interest, its time limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from analytics.cases.dossier_money import Money
from analytics.cases.packet.disclosure.growth import Growth, Interest
from analytics.cases.packet.disclosure.law_rows import Law
from analytics.cases.packet.loss_rows import Duty, duty_of, whole_dollars
from analytics.cases.reentered import Reentered
from analytics.exposure.clocks import years_later

__all__ = ["Entry", "entries_of"]

_PROVEN = ("declared", "entry_type")
"""How it is known that an exemption was claimed, so that nothing was paid."""
_SUIT, _CLAIMS = "penalty_negligence", "false_claims"
_NOUGHT = Decimal("0.00")


@dataclass(frozen=True)
class Entry:
    """One shipment, which is one entry unless several name one entry number.

    Attributes
    ----------
    row : dict
        Its row of ``shipments``, with ``in_flags``, ``is_included`` and ``exclude_reason``.
    duties : tuple of Duty
        Each duty on it that some figure holds or that could not be computed; void duties are left out.
    duty, fee : Decimal or None
        The base of what it would owe; None where the loss is not told by entry.
    low, high : Decimal or None
        Duty and fee, least and most.
    paid : Decimal or None
        Nought where an exemption was claimed; None where the files do not say.
    interest : Interest or None
        What the loss has grown by; None where no day is given.
    is_partial : bool
        Some part of the loss could not be computed.
    suit_ends, claims_end : date or None
        Last day for a suit on negligence (19 USC 1621), and under the False Claims Act (31 USC 3731(b)).
    is_at_issue : bool
        It is in a flag that totals count, and not in leads and explained flags alone.
    reentered : Reentered or None
        The entry with duty that followed this claim under its house bill: what was paid is unknown, the low is nought.
    """

    row: dict[str, Any]
    duties: tuple[Duty, ...]
    duty: Decimal | None
    fee: Decimal | None
    low: Decimal | None
    high: Decimal | None
    paid: Decimal | None
    interest: Interest | None
    is_partial: bool
    suit_ends: date | None
    claims_end: date | None
    is_at_issue: bool = True
    reentered: Reentered | None = None

    @property
    def uid(self) -> str:
        """Its ``shipment_uid``."""
        return str(self.row["shipment_uid"])

    @property
    def number(self) -> str:
        """Its entry number, or its ``shipment_uid`` where the files give none."""
        return str(self.row["entry_number"] or self.uid)

    @property
    def flags(self) -> list[str]:
        """The flags that it is in."""
        return str(self.row["in_flags"]).split(", ")

    @property
    def is_included(self) -> bool:
        """Nobody set it aside."""
        return bool(self.row["is_included"])

    @property
    def loss(self) -> Decimal | None:
        """Duty and fee less what was paid; None where it is not told by entry."""
        return None if self.duty is None or self.fee is None else self.duty + self.fee - (self.paid or _NOUGHT)

    @property
    def interest_usd(self) -> Decimal | None:
        """Interest on the loss, or the part of it that is known; None where none is."""
        return None if self.loss is None or self.interest is None else self.interest.on(self.loss)

    @property
    def is_at_least(self) -> bool:
        """Some part of loss or interest is not in the figures."""
        lacks_interest = self.interest is None or bool(self.interest.unrated)
        return self.loss is None or self.is_partial or lacks_interest

    @property
    def unread(self) -> tuple[Duty, ...]:
        """The duties that could not be computed, or only in part."""
        return tuple(duty for duty in self.duties if duty.row["is_unknown"])


def entries_of(
    shipments: pl.DataFrame, counted: Iterable[str], money: Money, growth: Growth, law: Law
) -> tuple[Entry, ...]:
    """Return one entry a shipment, by day.

    Parameters
    ----------
    shipments : polars.DataFrame
        Those of some flags.
    counted : iterable of str
        The flags of them that totals count.
    money : Money
        What they put at issue.
    growth : Growth
        Interest by day.
    law : Law
        For the time limits.
    """
    at_issue = set(counted)
    rows = shipments.sort("arrival_date", "shipment_uid").rows(named=True)
    values = {row["shipment_uid"]: whole_dollars(row["customs_value_usd"]) for row in rows}
    duties: dict[str, list[Duty]] = {}
    for row in money.duties.iter_rows(named=True):
        if row["shipment_uid"] in values and (row["base_usd"] or row["ceiling_usd"] or row["is_unknown"] or _free(row)):
            duties.setdefault(row["shipment_uid"], []).append(duty_of(row, values[row["shipment_uid"]]))
    owed = {row["shipment_uid"]: row for row in money.owed.iter_rows(named=True)}
    ends = {
        day: (_last_day(law, _SUIT, day), _last_day(law, _CLAIMS, day)) for day in {r["arrival_date"] for r in rows}
    }
    made = (
        _entry(
            row, duties.get(row["shipment_uid"], []), owed.get(row["shipment_uid"]), growth, ends[row["arrival_date"]]
        )
        for row in rows
    )
    aimed = (replace(entry, is_at_issue=not at_issue.isdisjoint(entry.flags)) for entry in made)
    return tuple(_entered(entry, money.reentered.get(entry.uid)) for entry in aimed)


def _entered(entry: Entry, again: Reentered | None) -> Entry:
    """Leave open what was paid on a claim that was followed by an entry with duty."""
    if again is None:
        return entry
    return replace(entry, reentered=again, paid=None, low=None if entry.low is None else _NOUGHT)


def _free(row: dict[str, Any]) -> bool:
    """Tell whether a duty is known to be nought, and not left out as void."""
    return bool(row["widest_usd"] == 0)


def _entry(
    row: dict[str, Any],
    duties: list[Duty],
    own: dict[str, Any] | None,
    growth: Growth,
    ends: tuple[date | None, date | None],
) -> Entry:
    fee = own["fee_usd"] if own else None
    return Entry(
        row=row,
        duties=tuple(duties),
        duty=own["duty_base_usd"] if own else None,
        fee=fee,
        low=own["duty_floor_usd"] + fee if own else None,
        high=own["duty_ceiling_usd"] + fee if own else None,
        paid=_NOUGHT if row["exemption_claimed"] and row["exemption_basis"] in _PROVEN else None,
        interest=growth.by_day.get(row["arrival_date"]) if own else None,
        is_partial=bool(own and own["is_unknown"]),
        suit_ends=ends[0],
        claims_end=ends[1],
    )


def _last_day(law: Law, clock: str, arrived: date) -> date | None:
    rows = law.rows("ref_clocks", arrived, clock=clock)
    if not rows:
        return None
    ends: date = pl.select(years_later(pl.lit(arrived), pl.lit(rows[0]["years"]))).item()
    return ends

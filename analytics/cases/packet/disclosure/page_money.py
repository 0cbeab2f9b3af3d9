"""Loss of duties and fees entry by entry, interest, and the tender, on the page of a disclosure."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.choosing import beside_totals
from analytics.cases.packet.disclosure.entries import Entry
from analytics.cases.packet.disclosure.totals import Totals, totals_of
from analytics.cases.words import us_day
from analytics.contracts.exposure import FINAL_NOTICE_UNREAD
from analytics.reports.wording import listed, money
from analytics.typesetting.blocks import Block, bullets, heading, paragraph, table

__all__ = ["at_least", "money_blocks"]

UNKNOWN = "unknown"
_HUNDRED = 100
_COUNTED = "Every package of a flag that totals count is counted, each once."
_OF_A_DAY = (
    "Every package of a day over the limit is counted. If only the package that tips a day over lost the exemption, "
    "the loss would be less: see the sheet of interpretations."
)
_DAYS = ("daily_limit",)
"""Typologies of a limit on one day."""


def at_least(amount: Decimal | None, *, is_whole: bool) -> str:
    """Return an amount, "at least" it where some part is unknown, and "unknown" where all of it is."""
    if amount is None:
        return UNKNOWN
    return money(amount) if is_whole else f"at least {money(amount)}"


def money_blocks(basis: Basis) -> list[Block]:
    """Return the loss, the interest and the tender."""
    if basis.money.disclosure is None:
        no_loss = "The flags put no duty or fee at issue by themselves: no loss, no tender."
        return [paragraph(no_loss), bullets(beside_totals(basis.flags))]
    totals = totals_of(basis)
    return [
        bullets([*_sums(totals), *_as_proposed(basis), *_counted(basis), _tendered(basis)]),
        heading("Loss and interest by entry", 2),
        table(
            ("Shipment", "Arrived", "Duty", "Fee", "Paid", "Loss", "Interest", "Total"),
            [_row(entry) for entry in basis.at_issue],
            widths=[1.5, 0.9, 1, 0.7, 0.8, 1, 1, 1.1],
            numbers=[2, 3, 4, 5, 6, 7],
        ),
        *_by_flag(basis),
        heading("Interest by quarter", 2),
        *_interest(basis),
    ]


def _sums(totals: Totals) -> list[str]:
    high = money(totals.high) if totals.is_loss_whole else "not known"
    return [
        f"Loss of duty and fees of the packages listed here: {at_least(totals.base, is_whole=totals.is_loss_whole)} "
        f"(low {money(totals.low)}; high {high}).",
        f"Interest on it: {at_least(totals.interest, is_whole=totals.is_interest_whole)}.",
        f"Loss with interest: {at_least(totals.tender, is_whole=totals.is_whole)}.",
    ]


def _counted(basis: Basis) -> list[str]:
    """Say what is counted; of a limit on one day only where such a flag is in the loss."""
    has_days = not basis.flags.filter("in_totals", pl.col("typology").is_in(_DAYS)).is_empty()
    return [_COUNTED, _OF_A_DAY] if has_days else [_COUNTED]


def _as_proposed(basis: Basis) -> list[str]:
    """Say how much of the base stands at rates whose final notice was not read."""
    duties = [duty for entry in basis.at_issue for duty in entry.duties if duty.row["layer"] in FINAL_NOTICE_UNREAD]
    amount = sum((duty.amounts[1] for duty in duties), Decimal("0.00"))
    names = listed(sorted({duty.name for duty in duties}))
    said = f"Of the base, {money(amount)} is {names}: at the rates proposed, and in no low. Read the notice first."
    return [said] if amount else []


def _tendered(basis: Basis) -> str:
    given = basis.law.within("prior_disclosure_tender", basis.terms.disclosed_on)
    within = f"within {given} days" if given else "within the period of 19 CFR 162.74(c)"
    return (
        f"The actual loss is tendered at the time of the disclosure, or {within} after CBP notifies its calculation "
        "(19 CFR 162.74(c)). Interest from the day of the tender is for CBP to compute."
    )


def _row(entry: Entry) -> list[str]:
    total = None if entry.loss is None else entry.loss + (entry.interest_usd or 0)
    is_loss_whole = not entry.is_partial
    has_interest = entry.interest is not None and not entry.interest.unrated
    return [
        str(entry.row["shipment_id"]),
        f"{entry.row['arrival_date']:%m/%d/%Y}",
        at_least(entry.duty if entry.duty or not entry.is_partial else None, is_whole=not entry.is_partial),
        at_least(entry.fee, is_whole=True),
        at_least(entry.paid, is_whole=True),
        at_least(entry.loss, is_whole=is_loss_whole),
        at_least(entry.interest_usd, is_whole=has_interest and is_loss_whole),
        at_least(total, is_whole=is_loss_whole and has_interest),
    ]


def _by_flag(basis: Basis) -> list[Block]:
    apart = basis.money.owed_by_flag
    if apart.is_empty():
        return []
    rows = [
        [row["flag_id"], at_least(row["base_usd"], is_whole=not row["is_unknown"])]
        for row in apart.iter_rows(named=True)
    ]
    said = "The loss of these flags is told by flag and not by entry; it is in the sums above, without interest."
    return [paragraph(said), table(("Flag", "Loss"), rows, widths=[2, 1], numbers=[1])]


def _interest(basis: Basis) -> list[Block]:
    growth = basis.growth
    if growth.until is None:
        return [paragraph("Interest is unknown: no day is given up to which it runs (--interest-to DATE).")]
    rows = [
        [
            f"{quarter.start:%m/%d/%Y}",
            f"{quarter.end:%m/%d/%Y}",
            f"{quarter.rate * _HUNDRED:.2f}%",
            "daily" if quarter.is_daily else "simple",
            quarter.source,
            quarter.confidence,
        ]
        for quarter in growth.quarters
    ]
    head = ["From", "Before", "Rate", "Compounded", "Citation", "Source seen"]
    unrated = sum(bool(found.unrated) for found in growth.by_day.values())
    rest = (
        [paragraph(f"No rate is held from {us_day(growth.reach)} on; interest after it is not in the figures.")]
        if unrated and growth.reach
        else []
    )
    return [
        paragraph(
            f"From each day of arrival up to and without {us_day(growth.until)}, on the loss of that entry (19 USC "
            "1505(c); 26 USC 6621). The workbook has the days of each entry in each quarter."
        ),
        table(head, rows, widths=[0.8, 0.8, 0.6, 0.9, 3.4, 0.9], numbers=[2]),
        *rest,
    ]

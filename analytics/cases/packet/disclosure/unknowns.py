"""What a disclosure lacks, entry by entry: which element or duty could not be read, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.entries import Entry
from analytics.cases.words import packages, us_day
from analytics.reports.wording import listed

__all__ = ["Unknown", "missing_of", "unknowns_of"]

_FIELDS = {
    "entry_number": ("entry numbers", "The filer's entry list, or an ACE report by house bill"),
    "house_bill": ("house bills", "The carrier's manifest"),
    "port_of_entry": ("ports", "The carrier's manifest"),
    "hts_code": ("tariff numbers", "The seller's product list, classified to ten digits"),
    "origin_country": ("origins", "Certificates or marks of origin from the seller"),
}
"""What a disclosure names and a file often lacks; and what would settle it."""
_SETTLED = {
    "rate_unknown": "The tariff number to ten digits, the quantity where the rate is by quantity, and its rate",
    "goods_list": "Whether the goods are on the list: the tariff number to ten digits, or the metal content",
    "postal_method": "The method of duty that the carrier of the mail chose, and its remittance",
    "preference": "A claim and proof of origin under the trade agreement",
    "may_not_apply": "Whether an exclusion applies to the goods",
    "other_schedule": "The rate of the schedule of that day",
    "carried_rate": "The rate of the schedule of that day",
}
"""By why a duty is not certain."""
_ELSE = "The tariff number, origin and value of each line"


class Unknown(NamedTuple):
    """One thing that is not known of one entry, or of all."""

    shipment_uid: str
    what: str
    why: str
    settled_by: str


def missing_of(basis: Basis) -> list[str]:
    """Say what the files do not hold of some packages, in sentences."""
    missing = [label for column, (label, _) in _FIELDS.items() if any(not e.row[column] for e in basis.included)]
    proxies = sum(bool(entry.row["is_customs_value_proxy"]) for entry in basis.included)
    unread = sum(bool(entry.unread) for entry in basis.at_issue)
    again = [entry for entry in basis.at_issue if entry.reentered]
    apart = sum(entry.loss is None for entry in basis.at_issue)
    said = [
        f"Not in the files for every package: {listed(missing)}." if missing else "",
        f"Customs value not given for {packages(proxies)}; the declared value stands in." if proxies else "",
        f"A duty could not be computed for {packages(unread)}: see the sheet of unknowns." if unread else "",
        f"The bill of {packages(len(again))} was then entered with duty: what was paid is unknown, the likely loss is "
        "nil or the difference at most, and low leaves it out. See the sheet of unknowns."
        if again
        else "",
        f"The loss of {packages(apart)} is not told by entry." if apart else "",
        "Payments, deposits, customs bonds and liquidations are not in the files.",
    ]
    return [line for line in said if line]


def unknowns_of(basis: Basis) -> list[Unknown]:
    """Return what is not known of each entry, and of the interest."""
    return [row for entry in basis.included for row in _of(entry)] + list(_of_interest(basis))


def _of(entry: Entry) -> Iterator[Unknown]:
    for column, (label, settled) in _FIELDS.items():
        if not entry.row[column]:
            yield Unknown(entry.uid, label, "not in the files", settled)
    if not entry.is_at_issue:
        return
    for duty in entry.unread:
        driver = str(duty.row["driver"])
        yield Unknown(
            entry.uid, duty.name, f"{driver.replace('_', ' ')}: {duty.row['source']}", _SETTLED.get(driver, _ELSE)
        )
    if entry.loss is None:
        yield Unknown(entry.uid, "loss by entry", "told by flag", "The entry summaries of the flag")
    if entry.reentered:
        yield Unknown(entry.uid, "duties paid", entry.reentered.why, "The entry summary of that house bill")
    elif entry.paid is None:
        yield Unknown(entry.uid, "duties paid", "no payment is in the files", "The entry summary and its statement")
    if entry.row["is_customs_value_proxy"]:
        yield Unknown(entry.uid, "customs value", "the declared value stands in", "The invoice and proof of payment")


def _of_interest(basis: Basis) -> Iterator[Unknown]:
    growth = basis.growth
    if growth.until is None:
        yield Unknown("all", "interest", "no day is given up to which it runs", "--interest-to DATE")
    elif not growth.is_whole:
        reach = us_day(growth.reach) if growth.reach else "the first day"
        yield Unknown(
            "all", "interest", f"no rate is held from {reach} on", "Newer rows of ref_interest_rates (--rules)"
        )

"""What the disclosing party says: its name and role, the day of disclosure, the day up to which interest runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from analytics.days import today
from analytics.errors import UsageError

__all__ = ["ROLES", "Role", "Terms", "day_after"]


@dataclass(frozen=True)
class Role:
    """What the role of the disclosing party changes.

    Attributes
    ----------
    title : str
        The role in words.
    person : str
        Whether it may be a "person" under 19 USC 1592(a).
    duty : str
        Whether duties are restored from it under 19 USC 1592(d).
    """

    title: str
    person: str
    duty: str


ROLES = {
    "importer": Role(
        "Importer of record",
        "Yes: it enters merchandise. A manifest release may have no importer of record.",
        "Yes, with or without a penalty. Its surety may owe them too.",
    ),
    "broker": Role(
        "Customs broker",
        "Possibly, if it entered or introduced goods by a false statement of its own. Negligent aiding alone is "
        "reported not to suffice (United States v. Hitachi America, Fed. Cir. 1999). 19 USC 1641 is separate.",
        "As a rule only where it is importer of record (United States v. Blum, Fed. Cir. 1988).",
    ),
    "carrier": Role(
        "Carrier or express operator",
        "Possibly, if it made the claim on the manifest: introducing goods suffices (United States v. Trek Leather, "
        "Fed. Cir. 2014, en banc). 19 USC 1436 is separate.",
        "Open: it is not importer of record of a manifest release.",
    ),
    "marketplace": Role(
        "Marketplace or seller",
        "Possibly, if it gave the value, the consignee or the division of the order that the claim rests on, or aided "
        "another to introduce the goods.",
        "Open, unless it is owner or purchaser and importer of record.",
    ),
    "consignee": Role(
        "Consignee or purchaser",
        "Possibly, if it made or caused the statement. CBP said that its enforcement was not aimed at private buyers.",
        "Open: it is liable for duties where it entered the goods or is importer of record.",
    ),
}
"""By the word of ``--role``. The cases are cited from memory; counsel confirms them."""


@dataclass(frozen=True)
class Terms:
    """Who discloses, in which role, and the days that it gives.

    Attributes
    ----------
    discloser, role : str or None
        Left blank on the page where not given; the role is a key of `ROLES`.
    disclosed_on : date or None
        The day of disclosure, America/New_York.
    interest_to : date or None
        First day on which interest no longer runs.
    interest_usd : Decimal or None
        Interest in all as customs or counsel computed it; it takes the place of the sum of the entries.

    Raises
    ------
    UsageError
        The role is not known, or the day of disclosure is in the future.
    """

    discloser: str | None = None
    role: str | None = None
    disclosed_on: date | None = None
    interest_to: date | None = None
    interest_usd: Decimal | None = None

    def __post_init__(self) -> None:
        """Reject what cannot be."""
        if self.role is not None and self.role not in ROLES:
            raise UsageError(f"role {self.role!r} is not known. Give one of: {', '.join(ROLES)}.")
        if self.disclosed_on is not None and self.disclosed_on > today():
            raise UsageError(
                f"the day of disclosure, {self.disclosed_on}, is in the future. Leave it out until the disclosure is "
                "made: the page then says '30 days after the day of disclosure'."
            )

    def interest_after(self, first_arrival: date | None) -> None:
        """Reject a day up to which interest runs on which no shipment had arrived."""
        if self.interest_to and first_arrival and self.interest_to <= first_arrival:
            raise UsageError(
                f"the day up to which interest runs, {self.interest_to}, is not after the first arrival, "
                f"{first_arrival}. Give a later day to --interest-to."
            )

    def not_before(self, last_arrival: date | None) -> None:
        """Reject a day of disclosure on which some of the shipments had not arrived."""
        if self.disclosed_on and last_arrival and self.disclosed_on < last_arrival:
            raise UsageError(
                f"the day of disclosure, {self.disclosed_on}, is before the last arrival, {last_arrival}. "
                "Give a later day, or leave out later shipments with --to."
            )


def day_after(start: date | None, days: int) -> date | None:
    """Return the last day of a period of some days: the day of the event is not counted.

    Examples
    --------
    >>> day_after(date(2026, 11, 1), 30)
    datetime.date(2026, 12, 1)
    """
    return None if start is None else start + timedelta(days)

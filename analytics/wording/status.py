"""What a typology was not tested for, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording.figures import counted

__all__ = ["Status", "status_text"]


class Status(NamedTuple):
    """A typology, and what hinders its test.

    Attributes
    ----------
    obstacle : str or None
        Why no shipment was tested, as a code; None where some were.
    shipments : int
        Shipments that carry all that it needs.
    absent : str or None
        Columns and circumstances that no shipment shows, parted by ``|``.
    needed : str or None
        All that it needs: clauses parted by ``; ``, each of columns of which one will do, parted by ``|``.
    missed_shipments : int or None
        Shipments of which something needed could not be read; `missed_fields` names it, parted by ``|``.
    unlearned_currencies, unlearned_pools, unlearned_buyers : str or None
        Limits around which too few buyers are to learn from, and how many they are, each parted by ``|``.
    way_without_column : str or None
        One of several ways of testing for which the column is absent.
    """

    obstacle: str | None
    shipments: int
    absent: str | None
    needed: str | None
    missed_shipments: int | None
    missed_fields: str | None
    unlearned_currencies: str | None
    unlearned_pools: str | None
    unlearned_buyers: str | None
    way_without_column: str | None


_OBSTACLES = {
    "not_made": "not in this version",
    "pruned_run": "pruned run",
    "no_rule": "no such rule on these days",
    "no_goods": "no goods in ref_ineligible_goods",
    "orders_ignored": "missing_order_id is ignore",
}
_WAYS = {
    "conveyance": "by conveyance and consignee: not tested: no conveyance_id",
    "order": "by order: not tested: no order_id",
}


def status_text(status: Status) -> tuple[str, str | None]:
    """Return whether a typology was tested, ``yes`` or why not, and a note on what of it was not; None without one."""
    return _tested(status), "; ".join(_notes(status)) or None


def _tested(status: Status) -> str:
    match status.obstacle:
        case None:
            return "yes"
        case "columns_absent":
            return f"not tested: {_without(status.absent)}"
        case "circumstances_absent":
            return f"not testable on these entries: {_without(status.absent)}"
        case "never_together":
            needed = (status.needed or "").replace("|", " or ").replace("; ", ", ")
            return f"not tested: no shipment carries all of: {needed}"
        case "few_buyers":
            return f"not tested: {_unlearned(status)}"
        case "few_words":
            few = f"too few shipments with description and tariff number ({status.shipments})"
            return f"not tested: {few} to learn words from"
        case obstacle:
            return f"not tested: {_OBSTACLES[obstacle]}"


def _notes(status: Status) -> Iterator[str]:
    if status.obstacle is None and status.way_without_column is not None:
        yield _WAYS[status.way_without_column]
    if status.obstacle is None and status.unlearned_buyers is not None:
        yield f"not tested {_unlearned(status)}"
    if status.missed_shipments is not None:
        unread = (status.missed_fields or "").replace("|", ", ")
        yield f"not tested for {counted(status.missed_shipments, 'shipment', 'shipments')}: {unread} unread"


def _without(absent: str | None) -> str:
    return ", ".join(f"no {field}" for field in (absent or "").split("|"))


def _unlearned(status: Status) -> str:
    lists = (status.unlearned_currencies, status.unlearned_pools, status.unlearned_buyers)
    limits = zip(*((each or "").split("|") for each in lists), strict=True)
    return "; ".join(
        f"under the limits in {currency} ({pool}): too few buyers around them ({buyers}) to learn from"
        for currency, pool, buyers in limits
    )

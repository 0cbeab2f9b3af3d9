"""Which amount is the declared value: never the price of one unit or the total of an order in silence."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.ingest.headings.columns.claims import ORDER_TOTAL, ROW_TOTAL, UNIT_PRICE
from analytics.ingest.headings.columns.plans import Claim
from analytics.ingest.headings.columns.settling import Case, Verdict, agreed
from analytics.ingest.questions import Question, setting

__all__ = ["declared_value"]

_NEARLY_ALL = 0.95
_LOOSE_RANK = 2
"""The rank of prices and values that do not say of what: "Price", "Total", "Value"."""
_FEWEST_ORDERS = 2


def declared_value(case: Case) -> Verdict:
    """Settle the declared value of a row.

    Parameters
    ----------
    case : Case
        The input; quantity, order and shipment number are settled.
    """
    claims, units = case.free("declared_value"), case.free(UNIT_PRICE)
    if claims:
        rank = min(claim.rank for claim in claims)
        best = [claim for claim in claims if claim.rank == rank]
        totals = [*claims, *case.free(ROW_TOTAL)] if rank >= _LOOSE_RANK else best
        return _declared(case, best, units, totals)
    if units:
        rank = min(unit.rank for unit in units)
        return _of_one_unit(case, [unit for unit in units if unit.rank == rank], case.free(ORDER_TOTAL))
    if totals := case.free(ORDER_TOTAL):
        return _total_of_an_order(case, totals)
    return None


def _declared(case: Case, claims: Sequence[Claim], units: Sequence[Claim], totals: Sequence[Claim]) -> Verdict:
    """Settle between headings of a declared value: the one that is the product of another and the quantity wins."""
    chosen = _product(case, claims, totals) or agreed(case, "declared_value", claims)
    if isinstance(chosen, Question):
        return chosen
    for unit in units:
        if _rows_beyond_one(case) and _share(case, unit, _equal(case, chosen, unit)) >= _NEARLY_ALL:
            return _ask_for_product(case, chosen, f"{case.shown(chosen)} holds the same as {case.shown(unit)}")
    if chosen.rank >= _LOOSE_RANK and _repeats_in_orders(case, chosen):
        return case.question(
            "declared_value",
            f"{case.shown(chosen)} is equal on every row of each order, so it may be the total of the order",
            case.answer("declared_value", chosen),
            *(case.answer("declared_value", unit) for unit in units),
        )
    return chosen.use


def _of_one_unit(case: Case, units: Sequence[Claim], totals: Sequence[Claim]) -> Verdict:
    """Settle where there are only prices: of one unit each row, or of rows that hold one unit."""
    chosen = agreed(case, "declared_value", units)
    if isinstance(chosen, Question):
        return chosen
    quantity = case.place("quantity")
    one_each = quantity is not None and case.contents.is_known and not _rows_of_other_than_one(case, quantity)
    if one_each or (quantity is None and chosen.rank >= _LOOSE_RANK and not totals):
        why = "every quantity is 1" if one_each else "there is no quantity"
        case.notes.append(f"declared_value is taken from {case.shown(chosen)}, for {why}")
        return chosen.use
    return _ask_for_product(case, chosen, f"{case.shown(chosen)} may be the price of one unit", totals)


def _total_of_an_order(case: Case, totals: Sequence[Claim]) -> Question:
    names = " and ".join(case.shown(claim) for claim in totals)
    return case.question(
        "declared_value",
        f"{names} may be the total of an order with several shipments, with freight and tax, and nothing else says "
        "what a shipment is worth",
        *(case.answer("declared_value", claim) for claim in totals),
    )


def _ask_for_product(case: Case, claim: Claim, said: str, others: Sequence[Claim] = ()) -> Question:
    answers = [case.answer("declared_value", each) for each in (claim, *others)]
    quantity = case.place("quantity")
    if quantity is not None:
        price, count = case.names[claim.heading], case.names[quantity]
        answers.insert(0, setting("columns", "declared_value", f"{{{price}}} * {{{count}}}"))
    return case.question("declared_value", f"{said}, not the value of the whole row", *answers)


def _product(case: Case, claims: Sequence[Claim], totals: Sequence[Claim]) -> Claim | None:
    """Return the total whose amounts are those of a claim times the quantity, where that makes a difference."""
    for total in totals:
        for unit in claims:
            if unit is total or not _rows_beyond_one(case):
                continue
            if _share(case, unit, _times(case, unit) == case.contents.amount(total.heading)) >= _NEARLY_ALL:
                case.notes.append(
                    f"declared_value is taken from {case.shown(total)}, which is {case.shown(unit)} times the quantity"
                )
                return total
    return None


def _rows_beyond_one(case: Case) -> int:
    """Count the rows with a quantity above one."""
    quantity = case.place("quantity")
    return 0 if quantity is None else case.contents.number(beyond=case.contents.amount(quantity) > 1)["beyond"]


def _rows_of_other_than_one(case: Case, quantity: int) -> int:
    """Count the rows whose quantity is not known to be one."""
    is_one = (case.contents.amount(quantity) == 1).fill_null(value=False)
    return case.contents.number(others=~is_one)["others"]


def _times(case: Case, unit: Claim) -> pl.Expr:
    quantity = case.place("quantity")
    assert quantity is not None, "asked only where there is a quantity"
    return (case.contents.amount(unit.heading) * case.contents.amount(quantity)).round(2)


def _equal(case: Case, one: Claim, other: Claim) -> pl.Expr:
    return case.contents.amount(one.heading) == case.contents.amount(other.heading)


def _share(case: Case, unit: Claim, holds: pl.Expr) -> float:
    """Return the share of rows with more than one unit and a price that hold a condition."""
    quantity = case.place("quantity")
    if quantity is None:
        return 0.0
    several = (case.contents.amount(quantity) > 1) & case.contents.amount(unit.heading).is_not_null()
    found = case.contents.number(rows=several, holds=several & holds)
    return found["holds"] / max(found["rows"], 1)


def _repeats_in_orders(case: Case, claim: Claim) -> bool:
    """Tell whether every order of several shipments has one and the same amount on all of them."""
    order, shipment = case.place("order_id"), case.place("shipment_id")
    if order is None or shipment is None or order == shipment or not case.contents.is_known:
        return False
    contents = case.contents
    orders = contents.grouped(
        [contents.word(order)],
        {
            "shipments": contents.word(shipment).n_unique(),
            "amounts": contents.amount(claim.heading).n_unique(),
        },
    ).filter(pl.col("shipments") > 1)
    return orders.height >= _FEWEST_ORDERS and orders["amounts"].max() == 1

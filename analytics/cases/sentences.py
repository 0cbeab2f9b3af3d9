"""The two sentences that a case opens with: what was seen with figures, and what it means under which rule."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from analytics.cases.dossier_money import Money
from analytics.cases.words import INDICATOR, amounts, citations, packages, typologies, us_days
from analytics.reports.wording import money

if TYPE_CHECKING:
    from analytics.cases.states import Case

__all__ = ["summary"]


def summary(case: Case, flags: pl.DataFrame, shipments: pl.DataFrame, at_issue: Money) -> list[str]:
    """Say in two sentences what a case is about.

    Parameters
    ----------
    case : Case
        The case.
    flags : polars.DataFrame
        As `flags_of_case` gives them.
    shipments : polars.DataFrame
        Those of the flags.
    at_issue : Money
        What they put at issue.
    """
    standing = flags.filter("stands")
    if standing.is_empty():
        return _nothing_stands(case)
    days = shipments["arrival_date"].to_list()
    when = us_days(min(days, default=None), max(days, default=None))
    total, verb = money(Decimal(shipments["value_usd"].sum())), "carries" if shipments.height == 1 else "carry"
    seen = f"{packages(shipments.height)} worth {total} arrived {when} and {verb} {typologies(standing['typology'])}."
    return [f"{seen}{_over(standing)}{_set_aside(case)}", f"{_rule(standing, at_issue)} {INDICATOR}"]


def _nothing_stands(case: Case) -> list[str]:
    gone = len(case.gone_flag_ids) + len(case.covered_flag_ids)
    was = (
        "The 1 flag of this case no longer stands."
        if gone == 1
        else f"The {gone:,} flags of this case no longer stand."
    )
    seen = was if gone else "No flag is attached to this case."
    return [seen, f"No value is at issue by a flag of the last run. {INDICATOR}"]


def _set_aside(case: Case) -> str:
    number = len(case.excluded_shipments)
    verb = "is" if number == 1 else "are"
    return f" {packages(number).capitalize()} {verb} set aside by a person." if number else ""


def _over(standing: pl.DataFrame) -> str:
    """Say of the flag that is most over its limit by how much."""
    over = standing.drop_nulls("excess_usd").sort("excess_usd", "flag_id", descending=[True, False])
    if over.is_empty():
        return ""
    flag = over.row(0, named=True)
    when = us_days(flag["window_start"], flag["window_end"])
    limit = money(flag["limit_amount"], flag["limit_currency"])
    return f" The largest excess over a limit is {money(flag['excess_usd'])} {when}; the limit is {limit}."


def _rule(standing: pl.DataFrame, at_issue: Money) -> str:
    basis = citations(standing["legal_basis"].unique(maintain_order=True))
    found = at_issue.disclosure
    if found is None:
        return f"The flags put no duty at issue by themselves; they are looked at under {basis}."
    said = amounts(found.loss_floor, found.loss_base, found.loss_ceiling, is_unknown=found.is_unknown)
    return f"Duty and fees of {said} may be at issue under {basis}."

"""What a disclosure is written from: flags, their shipments, the loss of each, interest, and the law that was read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analytics.cases.dossier_money import Money, money_of_case
from analytics.cases.dossier_shipments import shipments_of_flags
from analytics.cases.packet.context import Context
from analytics.cases.packet.disclosure.choosing import Chosen, Selection
from analytics.cases.packet.disclosure.entries import Entry, entries_of
from analytics.cases.packet.disclosure.growth import Growth, growth_of
from analytics.cases.packet.disclosure.law_rows import Law, law_of
from analytics.cases.packet.disclosure.terms import Terms
from analytics.cases.reentered import reentered
from analytics.cases.words import packages
from analytics.errors import UsageError
from analytics.reports.tables import scenario_of_last
from analytics.reports.wording import listed
from analytics.store import Store

__all__ = ["Basis", "basis_of", "basis_of_case"]

_NEVER = "9999-12-31"
_REGIME = "us"
_ABOUT = "Prior disclosure"
_MOST_NAMED = 12


@dataclass(frozen=True)
class Basis:
    """What a disclosure is written from.

    Attributes
    ----------
    about : str
        What it is about: the case, or the disclosure as a whole.
    selected : str
        What was asked for, in words.
    terms : Terms
        Who discloses, and when.
    flags : polars.DataFrame
        Rows of ``flags`` with ``in_totals``, by first day.
    shipments : polars.DataFrame
        Those of the flags, with ``in_flags``, ``is_included`` and ``exclude_reason``.
    money : Money
        What they put at issue.
    entries : tuple of Entry
        One a shipment, those set aside too.
    growth : Growth
        Interest.
    law : Law
        The rows of law.
    run_id : str
        The last run of the store.
    scenario : dict
        The legal positions of that run.
    """

    about: str
    selected: str
    terms: Terms
    flags: pl.DataFrame
    shipments: pl.DataFrame
    money: Money
    entries: tuple[Entry, ...]
    growth: Growth
    law: Law
    run_id: str
    scenario: dict[str, Any]

    @property
    def included(self) -> list[Entry]:
        """The entries that nobody set aside."""
        return [entry for entry in self.entries if entry.is_included]

    @property
    def at_issue(self) -> list[Entry]:
        """Of these, the entries of a flag that totals count."""
        return [entry for entry in self.included if entry.is_at_issue]


def basis_of(store: Store, chosen: Chosen, asked: Selection, terms: Terms) -> Basis:
    """Gather what a disclosure of some flags is written from.

    Parameters
    ----------
    store : Store
        An opened store.
    chosen : Chosen
        The flags.
    asked : Selection
        What was asked for. A lead or an explained flag puts no loss at issue, named or not.
    terms : Terms
        Who discloses, and when.
    """
    flags = chosen.flags
    _of_the_united_states(flags)
    money = money_of_case(store, flags["flag_id"].to_list(), flags.filter("in_totals")["flag_id"].to_list())
    shipments = shipments_of_flags(store, flags["flag_id"].to_list(), chosen.set_aside)
    selected = f"{asked.wording()}{_outside(shipments, asked)}"
    return _basis(store, (_ABOUT, selected), terms, (flags, shipments, money))


def _outside(shipments: pl.DataFrame, asked: Selection) -> str:
    """Say which packages arrived outside the days asked for: a flag that touches the days is taken whole."""
    if asked.start is None and asked.end is None:
        return ""
    first, last = asked.start or date.min, asked.end or date.max
    named = shipments.filter(~pl.col("arrival_date").is_between(first, last))["shipment_id"].sort().to_list()
    shown = [*named[:_MOST_NAMED], *([f"{len(named) - _MOST_NAMED} more"] if len(named) > _MOST_NAMED else [])]
    rest = f"; {packages(len(named))} outside them: {listed(shown)}" if named else ""
    return f". Flags that touch these days are taken whole{rest}"


def basis_of_case(store: Store, context: Context) -> Basis:
    """Gather the same of a case, from what its packet holds: masked where that is."""
    found = context.dossier
    shipments = found.shipments.filter(pl.col("in_flags") != "")
    money = Money(
        exposure=found.exposure,
        duties=found.duties,
        owed=found.owed,
        owed_by_flag=found.owed_by_flag,
        drivers=found.drivers,
        clock=found.statute_clock,
        disclosure=found.disclosure,
        reentered=reentered(store),
    )
    about = f"Case {found.case.case_id}"
    return _basis(
        store, (about, "the flags of the case that stand"), Terms(), (found.flags.filter("stands"), shipments, money)
    )


def _basis(
    store: Store, about: tuple[str, str], terms: Terms, found: tuple[pl.DataFrame, pl.DataFrame, Money]
) -> Basis:
    flags, shipments, money = found
    runs = store.table("runs").sort("finished_at", "run_id").collect()
    parameters = json.loads(runs["settings"][-1]).get("parameters", {})
    terms.not_before(shipments["arrival_date"].max())  # type: ignore[arg-type]
    terms.interest_after(shipments["arrival_date"].min())  # type: ignore[arg-type]
    law = law_of(store, parameters.get("regime", _REGIME))
    until = terms.interest_to or _given(parameters.get("interest_until"))
    growth = growth_of(money.owed["arrival_date"], law.tables["ref_interest_rates"], until)
    return Basis(
        about=about[0],
        selected=about[1],
        terms=terms,
        flags=flags,
        shipments=shipments,
        money=money,
        entries=entries_of(shipments, flags.filter("in_totals")["flag_id"], money, growth, law),
        growth=growth,
        law=law,
        run_id=runs["run_id"][-1],
        scenario=scenario_of_last(runs),
    )


def _given(day: str | None) -> date | None:
    return None if day in {None, _NEVER} else date.fromisoformat(str(day))


def _of_the_united_states(flags: pl.DataFrame) -> None:
    others = sorted(set(flags["regime"]) - {_REGIME})
    if others:
        raise UsageError(
            f"the store was screened under regime {others[0]!r}; 19 CFR 162.74 is law of the United States. "
            "Screen the files with --regime us."
        )

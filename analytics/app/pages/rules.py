"""The law in force on a day, each rule with its citation, and what changed when."""

from __future__ import annotations

from flask import Blueprint, render_template

from analytics.app import asked
from analytics.app.context import server, store
from analytics.contracts.reference import MODES
from analytics.days import today
from analytics.reports.tables import scenario_of_last
from analytics.rulebook import ages, rules, timeline

__all__ = ["page", "show"]

page = Blueprint("rules", __name__, url_prefix="/rules")


@page.get("")
def show() -> str:
    """Show the rules of one day; day, origin and mode are in the address."""
    runs = store().table("runs").collect()
    suspension = str(scenario_of_last(runs).get("eo_suspension", "valid"))
    regime = _regime()
    on = asked.optional_day("on") or today()
    origin, mode = (asked.text("origin") or "").upper() or None, asked.one_of("mode", MODES, None)
    found = rules(on, origin, mode, regime=regime, suspension=suspension)
    events = server().remembered("events", lambda: timeline(regime=regime, suspension=suspension)[1])
    reviewed = server().remembered("ages", lambda: ages(regime=regime))
    return render_template(
        "rules.html",
        on=on,
        origin=origin or "",
        mode=mode,
        modes=MODES,
        regime=regime,
        suspension=suspension,
        rules=found.rows(named=True),
        events=events.reverse().rows(named=True),
        ages=reviewed.rows(named=True),
    )


def _regime() -> str:
    """Return whose law the store was screened under."""
    found = store().table("daily_totals").select("regime").head(1).collect()
    return str(found["regime"][0]) if found.height else "us"

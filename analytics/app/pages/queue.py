"""The queue: filtered, sorted and paged in DuckDB; take the next case, assign, snooze, dismiss many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from analytics.app import asked
from analytics.app.context import Listed, all_cases, ledger, me, say, server, store
from analytics.app.masking import with_shown_subject
from analytics.app.rights import may
from analytics.app.sampling import is_looked_at, sample_of
from analytics.cases.queue import NOBODY, SORTS, queue, waiting
from analytics.cases.states import DISMISSAL_REASONS, STATES
from analytics.errors import SplitshipError, UsageError
from analytics.reports.wording import counted

__all__ = ["assign", "choose", "colleagues", "dismiss", "dismissing", "page", "show", "snooze", "take_next"]

page = Blueprint("queue", __name__, url_prefix="/queue")
_VIEWS = {
    "open": "All open",
    "mine": "Mine",
    "unassigned": "Unassigned",
    "due": "Due",
    "closed": "Closed",
    "all": "All",
}
_STRENGTHS = ("objective", "inferred", "supporting")
_SIZES = (25, 50, 100, 200)
_MANY = 500


@page.get("")
def show() -> str:
    """Show one page of the queue; every filter is in the address."""
    view = asked.one_of("view", _VIEWS, "open")
    sort = asked.one_of("sort", SORTS, "priority")
    filters: dict[str, Any] = {
        **_of_view(view),
        "state": asked.one_of("state", STATES, None),
        "typology": asked.text("typology"),
        "strength": asked.one_of("strength", _STRENGTHS, None),
        "since": asked.optional_day("since"),
        "until": asked.optional_day("until"),
        "text": asked.text("text"),
    }
    filters["assignee"] = filters.get("assignee", asked.text("assignee"))
    if filters["state"] == "closed":
        filters["is_open"] = None
    found = queue(
        store(), Listed(), **filters, sort=sort, descending=asked.text("order") != "up",
        page=asked.number("page", 1, most=100_000), size=asked.number("size", 50, most=_SIZES[-1]),
    )  # fmt: skip
    return render_template(
        "queue.html",
        found=found,
        rows=with_shown_subject(found.rows).rows(named=True),
        views=_VIEWS,
        view=view,
        sort=sort,
        states=STATES,
        typologies=_typologies(),
        colleagues=colleagues(),
        sizes=_SIZES,
        address=_address,
        may=may,
    )


@page.post("/next")
def take_next() -> Response:
    """Take the first case that nobody has."""
    case = ledger().take(waiting(store(), ledger()))
    if case is None:
        say("No unassigned case is waiting.")
        return redirect(url_for("queue.show"), 303)
    say(f"{case.case_id} is yours.")
    return redirect(url_for("case.show", case_id=case.case_id), 303)


@page.post("/assign")
def assign() -> Response:
    """Give the selected cases to somebody."""
    name = asked.text("name") or None
    return _each(lambda case_id, seen: ledger().assign(case_id, name, seen=seen), "assigned")


@page.post("/snooze")
def snooze() -> Response:
    """Let the selected cases sleep until a day."""
    until, note = asked.day("until"), asked.needed("note", "Say why the cases can wait.")
    return _each(lambda case_id, seen: ledger().snooze(case_id, until, note, seen=seen), "snoozed")


@page.post("/choose")
def choose() -> Response:
    """Lead from the selected cases to the page that dismisses them, whose address can be sent."""
    wanted = _wanted([ticked.split("@")[0] for ticked in request.form.getlist("case")])
    return redirect(url_for("queue.dismissing", case=wanted), 303)


@page.get("/dismiss")
def dismissing() -> str:
    """Show what would be dismissed, and which tenth has to be opened first."""
    wanted = _wanted(request.args.getlist("case"))
    found = all_cases()
    chosen = found.filter(found["case_id"].is_in(wanted)).sort("case_id")
    sample = sample_of(chosen["case_id"].to_list(), server().sessions)
    versions = dict(chosen.select("case_id", "version").iter_rows())
    rows = [
        {**row, "is_sampled": row["case_id"] in sample, "is_opened": is_looked_at(me(), row["case_id"])}
        for row in with_shown_subject(chosen).iter_rows(named=True)
    ]
    missing = [row for row in rows if row["is_sampled"] and not row["is_opened"]]
    return render_template(
        "dismiss.html", rows=rows, sample=sample, missing=missing, reasons=DISMISSAL_REASONS, versions=versions
    )


@page.post("/dismiss")
def dismiss() -> Response:
    """Dismiss the selected cases with one reason, once the sampled ones were opened."""
    wanted = _wanted([ticked.split("@")[0] for ticked in request.form.getlist("case")])
    unopened = [case for case in sample_of(wanted, server().sessions) if not is_looked_at(me(), case)]
    if unopened:
        raise UsageError(f"{counted(len(unopened), 'sampled case')} not opened yet. Open: {', '.join(unopened)}.")
    reason = asked.one_of("reason", DISMISSAL_REASONS, None)
    if reason is None:
        raise UsageError("no reason is chosen. Choose one reason for all of them.")
    note = asked.needed("note", "Say in a few words why all of them can be dismissed.")

    def decide(case_id: str, seen: int | None) -> object:
        return ledger().decide(
            case_id, "dismissed", reason=reason, evidence="bulk dismissal, a tenth checked", note=note, seen=seen
        )

    return _each(decide, "dismissed")


def colleagues() -> list[str]:
    """Return who a case can be given to."""
    names = set(server().names()) | set(all_cases()["assignee"].drop_nulls())
    return sorted({*names, me().name})


def _of_view(view: str) -> dict[str, Any]:
    filters: dict[str, dict[str, Any]] = {
        "mine": {"assignee": me().name},
        "unassigned": {"assignee": NOBODY},
        "due": {"is_due": True},
        "closed": {"is_open": False},
        "all": {"is_open": None},
    }
    return filters.get(view, {})


def _typologies() -> list[str]:
    status = store().table("typology_status").filter(pl.col("flags") > 0)
    return sorted(status.select("typology").collect()["typology"].unique())


def _address(**changes: Any) -> str:
    """Return the address of this page with some of it changed."""
    kept = {name: value for name, value in request.args.items() if value and name != "page"}
    return url_for("queue.show", **{**kept, **changes})


def _wanted(case_ids: list[str]) -> list[str]:
    wanted = sorted(set(case_ids))
    if not wanted or len(wanted) > _MANY:
        raise UsageError(f"{len(wanted)} cases are selected. Select 1 to {_MANY}.")
    return wanted


def _each(act: Callable[[str, int | None], object], done: str) -> Response:
    """Do one thing with each selected case; those that cannot be are named, the others are done."""
    ticked = _wanted(request.form.getlist("case"))
    refused = []
    for case_id, _, seen in (text.partition("@") for text in ticked):
        try:
            act(case_id, int(seen) if seen.isdigit() else None)
        except SplitshipError as error:
            refused.append(f"{case_id} was left as it is: {error}")
    say(f"{counted(len(ticked) - len(refused), 'case')} {done}.", *refused)
    back = request.form.get("back", "")
    return redirect(back if back.startswith("/queue?") or back == "/queue" else url_for("queue.show"), 303)

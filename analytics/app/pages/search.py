"""Find a name, address, phone, order or bill across the store; names and addresses only for those who may see them."""

from __future__ import annotations

from typing import Any

import polars as pl
from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from analytics.app import asked
from analytics.app.context import all_cases, ledger, say, store
from analytics.app.finding import find_aliases, find_cases, find_shipments
from analytics.app.masking import looked_beside, with_shown_subject
from analytics.app.rights import may, may_unmask, unmask
from analytics.masking.texts import HIDDEN, HIDDEN_COLUMNS, pseudonyms

__all__ = ["open_case", "page", "reveal", "show"]

page = Blueprint("search", __name__, url_prefix="/search")
_PAGE = "search"
_SHORTEST = 3


@page.get("")
def show() -> str:
    """Show what is found; the question is in the address."""
    wanted = asked.text("q")
    if wanted is None or len(wanted) < _SHORTEST:
        return render_template("search.html", q=wanted or "", found=None, may_unmask=may_unmask(), shortest=_SHORTEST)
    aliases = find_aliases(store(), wanted) if may_unmask() else pl.DataFrame()
    shipments = find_shipments(store(), wanted, with_sellers=True)
    is_open = False
    if aliases.height or shipments.height:
        is_open = looked_beside(_PAGE, f"names in a search: {aliases.height} aliases, {shipments.height} shipments")
    cases = with_shown_subject(find_cases(all_cases(), wanted, aliases, shipments))
    return render_template(
        "search.html",
        q=wanted,
        found=True,
        shortest=_SHORTEST,
        is_masked=not is_open,
        may_unmask=may_unmask(),
        may=may,
        cases=cases.rows(named=True),
        aliases=_shown(aliases, is_open=is_open),
        shipments=_shown(shipments, is_open=is_open),
        case_of=dict(cases.select("subject_id", "case_id").iter_rows()),
    )


@page.post("/unmask")
def reveal() -> Response:
    """Show names on this page to who asks; each search that shows them is an event."""
    unmask(_PAGE)
    return redirect(url_for("search.show", q=asked.text("q")), 303)


@page.post("/open")
def open_case() -> Response:
    """Open a case on an identity or a flag."""
    case = ledger().open(asked.needed("subject", "Name an identity or a flag."))
    say(f"{case.case_id} is open.")
    return redirect(url_for("case.show", case_id=case.case_id), 303)


def _shown(rows: pl.DataFrame, *, is_open: bool) -> list[dict[str, Any]]:
    if is_open or rows.is_empty():
        return rows.rows(named=True)
    masked = pseudonyms(rows["alias_id"].drop_nulls())
    return [_hidden(row, masked.get(row["alias_id"] or "", HIDDEN)) for row in rows.iter_rows(named=True)]


def _hidden(row: dict[str, Any], pseudonym: str) -> dict[str, Any]:
    hidden = {name: HIDDEN for name in HIDDEN_COLUMNS if row.get(name)}
    return {**row, **hidden, "consignee_name": pseudonym}

"""The pairs on which most money hangs, one after the other; scores are hidden until they are asked for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from analytics.app import asked, judging
from analytics.app.context import all_cases, ledger, say, server, store
from analytics.app.masking import looked_beside
from analytics.app.pairs import money_pairs, side_by_side
from analytics.app.rights import may, may_unmask, unmask
from analytics.errors import NotAllowed
from analytics.masking.texts import pseudonyms
from analytics.review.weighing import in_words, weigh

__all__ = ["judge", "page", "preview", "reveal", "show"]

page = Blueprint("review", __name__, url_prefix="/review")
_PAGE = "review"


@page.get("")
def show() -> str:
    """Show one pair; its number is in the address."""
    pairs = money_pairs(server(), store())
    number = asked.number("pair", 1, most=max(1, pairs.height))
    if pairs.is_empty():
        return render_template("review.html", pair=None, total=0)
    left, right, usd = pairs.row(number - 1)
    is_open = looked_beside(_PAGE, f"the names of aliases {left} and {right} on Review")
    rows, fields = side_by_side(store(), left, right, masked=not is_open)
    masked = pseudonyms(rows)
    return render_template(
        "review.html",
        pair=(left, right),
        names=[rows[side]["consignee_name"] if is_open else masked[side] for side in (left, right)],
        rows=(rows[left], rows[right]),
        fields=fields,
        number=number,
        total=pairs.height,
        usd=usd,
        is_masked=not is_open,
        may_unmask=may_unmask(),
        may=may,
        weighing=_weighing(left, right, is_open=is_open) if "scores" in request.args else None,
        cases=_cases(rows),
        words=judging.WORDS,
    )


@page.post("/unmask")
def reveal() -> Response:
    """Show names on this page to who asks; each pair that is shown is an event."""
    unmask(_PAGE)
    return redirect(url_for("review.show", pair=asked.number("pair", 1, most=10_000)), 303)


@page.post("/preview")
def preview() -> str:
    """Show what a verdict would make of the totals, before it is saved."""
    number = asked.number("pair", 1, most=10_000)
    return judging.shown(_PAGE, url_for("review.judge"), url_for("review.show", pair=number), {"pair": str(number)})


@page.post("/judge")
def judge() -> Response:
    """Save a verdict, and go to the next pair."""
    if not may("judge"):
        raise NotAllowed("viewers do not judge pairs. Ask an admin for the role of an investigator.")
    verdict, one, other, note = judging.saved(_PAGE)
    for case_id in sorted({case for case in _cases_of_pair(one, other) if case}):
        ledger().note(case_id, judging.sentence(verdict, one, other, note))
    say(f"Saved: {judging.WORDS[verdict]}. The next screening applies it.")
    return redirect(url_for("review.show", pair=asked.number("pair", 1, most=10_000)), 303)


def _weighing(left: str, right: str, *, is_open: bool) -> dict[str, Any]:
    found = weigh(store(), left, right)
    return {
        "probability": found.probability,
        "findings": [(finding.text, in_words(finding.weight), finding.weight) for finding in found.findings],
        "is_open": is_open,
    }


def _cases(rows: dict[str, dict[str, Any]]) -> list[str]:
    identities = {row["identity_id"] for row in rows.values() if row["identity_id"]}
    cases = all_cases()
    return sorted(cases.filter(cases["subject_id"].is_in(list(identities)))["case_id"])


def _cases_of_pair(one: str, other: str) -> list[str]:
    rows, _ = side_by_side(store(), one, other, masked=True)
    return _cases(rows)

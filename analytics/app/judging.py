"""Same, not same or unsure: a verdict is saved only after the totals under it were shown."""

from __future__ import annotations

import hmac

from flask import render_template, request

from analytics.app import asked
from analytics.app.context import me, server, store
from analytics.errors import UsageError
from analytics.review.judging import VERDICTS, Verdict, take_down
from analytics.review.preview import preview

__all__ = ["WORDS", "saved", "sentence", "shown"]

WORDS = {"same": "same", "different": "not same", "unsure": "unsure"}
"""Each verdict as the buttons say it."""


def shown(place: str, action: str, back: str, extra: dict[str, str]) -> str:
    """Return the totals under the verdict that a form asks for, with the form that saves it.

    Parameters
    ----------
    place : str
        The case or page it is for.
    action, back : str
        Addresses that save it, and that lead back.
    extra : dict
        What the form that saves it carries on.
    """
    verdict, one, other = _asked()
    found = preview(store(), one, other, verdict)
    before, after = found.moved()
    return render_template(
        "preview.html", verdict=verdict, words=WORDS[verdict], one=one, other=other, found=found,
        before=before.rows(named=True), after=after.rows(named=True),
        seal=_seal(place, one, other, verdict), action=action, back=back, extra=extra,
    )  # fmt: skip


def saved(place: str) -> tuple[str, str, str, str | None]:
    """Save the verdict of a form that `shown` made; return it with the two aliases and the note.

    Raises
    ------
    UsageError
        The totals under it were not shown to this session.
    """
    verdict, one, other = _asked()
    if not hmac.compare_digest(request.form.get("seal", ""), _seal(place, one, other, verdict)):
        raise UsageError("the totals under this verdict were not shown yet. Look at the preview first, then save.")
    note = asked.text("note")
    take_down(store(), [Verdict(one, other, verdict, note)], me().name)
    return verdict, one, other, note


def sentence(verdict: str, one: str, other: str, note: str | None) -> str:
    """Return what the history of a case says of a verdict."""
    return f"Judged aliases {one} and {other}: {WORDS[verdict]}.{f' {note}' if note else ''}"


def _asked() -> tuple[str, str, str]:
    verdict = asked.one_of("verdict", VERDICTS, None)
    if verdict is None:
        raise UsageError("no verdict is chosen. Choose same, not same or unsure.")
    one, other = sorted((asked.needed("one", "Name two aliases."), asked.needed("other", "Name two aliases.")))
    return verdict, one, other


def _seal(place: str, one: str, other: str, verdict: str) -> str:
    return server().sessions.sign(f"preview {me().hash} {place} {one} {other} {verdict}")

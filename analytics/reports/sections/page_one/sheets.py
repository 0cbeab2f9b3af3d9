"""Page one as sheets of the workbook."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.reports.sections.page_one.measures import PageOne
from analytics.wording.decisions import by_words, decision_words
from analytics.wording.moves import step_title

__all__ = ["MEANINGS", "sheets_of"]

MEANINGS = {
    "what": "The decision",
    "who": "Who decides",
    "by": "Last day for it",
    "reason": "Why that day",
    "flags": "Flags it is about; of a step, flags more or fewer",
    "usd": "Value or amount it is about, in USD; of a step, the difference that it makes",
    "step": "A total, or what changed it",
    "is_total": "Whether it is a total rather than a change",
    "cause": "Why: new_data, late_data, identity, clerical review or rules",
    "typology": "The typology",
    "tested": "yes, or why it was not tested",
    "share": "Shipments of the period that could be tested, of all",
}
"""What the columns of the sheets mean."""
_MONEY = pl.Decimal(18, 2)


def sheets_of(page: PageOne) -> dict[str, pl.DataFrame]:
    """Return what is to be decided, why the figure moved, and what was tested."""
    return {"decisions": _decisions(page), "what_changed": _steps(page), "coverage": page.coverage}


def _decisions(page: PageOne) -> pl.DataFrame:
    rows = [(decision_words(each), each.who, each.by, by_words(each), each.flags, each.usd) for each in page.decisions]
    schema = {"what": pl.String, "who": pl.String, "by": pl.Date, "reason": pl.String, "flags": pl.Int64}
    return pl.DataFrame(rows, schema={**schema, "usd": _MONEY}, orient="row")


def _steps(page: PageOne) -> pl.DataFrame:
    rows = [
        (step_title(step, page.moved), step.is_total, step.cause or None, step.flags, step.usd)
        for step in page.moved.steps
    ]
    schema: dict[str, Any] = {
        "step": pl.String,
        "is_total": pl.Boolean,
        "cause": pl.String,
        "flags": pl.Int64,
        "usd": _MONEY,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")

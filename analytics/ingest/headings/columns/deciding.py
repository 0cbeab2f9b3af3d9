"""Settle every column of an input, in an order in which each finds settled what it is judged by."""

from __future__ import annotations

from collections.abc import Callable

from analytics.ingest.headings.columns.amounts import declared_value
from analytics.ingest.headings.columns.consignees import (
    address2,
    consignee_country,
    consignee_id,
    consignee_name,
    consignee_state,
)
from analytics.ingest.headings.columns.packages import shipment_id
from analytics.ingest.headings.columns.places import export_country, origin_country
from analytics.ingest.headings.columns.plans import Claim, ColumnUse
from analytics.ingest.headings.columns.settling import Case, Verdict, agreed
from analytics.ingest.questions import Question
from analytics.ingest.words.canonical import COLUMNS

__all__ = ["settle"]

_JUDGES: dict[str, Callable[[Case, Claim], Verdict]] = {
    "shipment_id": shipment_id,
    "consignee_name": consignee_name,
    "consignee_address2": address2,
    "consignee_state": consignee_state,
    "consignee_country": consignee_country,
    "consignee_id": consignee_id,
    "origin_country": origin_country,
    "export_country": export_country,
}
_LAST = ("consignee_country", "consignee_id", "declared_value")


def settle(case: Case, columns: set[str]) -> dict[str, Question]:
    """Settle columns into the uses of a case, and return what is asked.

    Parameters
    ----------
    case : Case
        The input.
    columns : set of str
        Canonical columns that the mapping leaves open.
    """
    asked: dict[str, Question] = {}
    for column in (*(column for column in COLUMNS if column not in _LAST), *_LAST):
        if column in columns:
            verdict = declared_value(case) if column == "declared_value" else _settled(case, column)
            if isinstance(verdict, Question):
                asked[column] = verdict
            elif verdict is not None:
                case.uses[column] = verdict
    return asked


def _settled(case: Case, column: str) -> Verdict:
    """Judge the claims of the best rank; where the cells speak against all of them, those of the next."""
    claims = case.free(column)
    for rank in sorted({claim.rank for claim in claims}):
        standing: list[tuple[Claim, ColumnUse]] = []
        for claim in (claim for claim in claims if claim.rank == rank):
            verdict = _JUDGES[column](case, claim) if column in _JUDGES else claim.use
            if isinstance(verdict, Question):
                return verdict
            if verdict is not None:
                standing.append((claim, verdict))
        if standing:
            chosen = agreed(case, column, [claim for claim, _ in standing])
            return chosen if isinstance(chosen, Question) else dict(standing)[chosen]
    return None

"""Choices that the cells allow: nobody is offered a port as the day of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from analytics.ingest.privacy.spool import Spool
from analytics.ingest.questions import Question
from analytics.ingest.tables import DAMAGE
from analytics.ingest.words.wordlists import currencies

__all__ = ["with_fitting_choices"]

_ROWS_LOOKED_AT = 1000
_MOST = 0.6
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_CODES = "|".join(sorted({*currencies().values()}))
_FORMS = {
    "arrival_date": (
        r"\d{1,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,4}|^\d{8}$|^[345]\d{4}(?:\.\d+)?$"
        rf"|(?i:\b{_MONTH}\p{{L}}*\.?[ -]\d|\d[ -]{_MONTH})"
    ),
    "declared_value": (
        rf"^(?:(?:{_CODES})\s?|[A-Z]{{2}}\$\s?|[^\p{{L}}\d]{{0,3}})"
        r"\d{1,3}(?:[.,' ]?\d{3}){0,2}(?:[.,]\d{1,4})?"
        r"(?:\s?[A-Z]{3}|[^\p{L}\d]{0,3})$"
    ),
    "shipment_id": r"\d",
    "consignee_id": r"\d|@",
    "consignee_name": r"^[^\d@]*\p{L}{2}[^\d@]*$",
    "consignee_address": r"\p{L}.*\s.*\d|\d.*\s.*\p{L}|\p{Han}",
}
"""What most values of a column look like; it only sorts out what cannot be meant."""


def with_fitting_choices(questions: Sequence[Question], spool: Spool) -> list[Question]:
    """Return questions without the choices that the cells rule out.

    Parameters
    ----------
    questions : sequence of Question
        What is open.
    spool : Spool
        The rows.

    Returns
    -------
    list of Question
        A question of which no choice would be left keeps them all.
    """
    if not spool.rows or not any(question.candidates for question in questions):
        return list(questions)
    rows = spool.scan().filter(pl.col(DAMAGE).is_null()).head(_ROWS_LOOKED_AT).collect()
    return [_fitting(question, rows) if question.candidates else question for question in questions]


def _fitting(question: Question, rows: pl.DataFrame) -> Question:
    pairs = zip(question.choices, question.candidates, strict=True)
    left = [(choice, at) for choice, at in pairs if at is None or _fits(choice, rows[f"c{at}"])]
    if not left:
        return question
    left.sort(key=lambda pair: _by_variety(pair, rows))
    return replace(question, choices=tuple(choice for choice, _ in left), candidates=tuple(at for _, at in left))


def _by_variety(pair: tuple[str, int | None], rows: pl.DataFrame) -> int:
    """Order columns without a heading by how many different values they hold, and before what is always possible."""
    choice, at = pair
    return 0 if at is None or '"column:' not in choice else -rows[f"c{at}"].n_unique()


def _fits(choice: str, cells: pl.Series) -> bool:
    """Tell whether most cells look like values of the column that a choice would fill from them."""
    column = choice.partition("=")[0].strip().removeprefix("columns.")
    texts = cells.drop_nulls().str.strip_chars()
    texts = texts.filter(texts != "")
    if not texts.len() or column not in _FORMS:
        return False
    return bool(texts.str.contains(_FORMS[column]).sum() >= texts.len() * _MOST)

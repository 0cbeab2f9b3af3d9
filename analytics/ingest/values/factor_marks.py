"""The decimal mark of every factor of a product, decided from all rows as for any column of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.mapping.expressions import factors_of, is_product
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.privacy.spool import Spool
from analytics.ingest.questions import Asked
from analytics.ingest.values.cells import part_text
from analytics.ingest.values.numbers import MARKS, decide_mark, mark_evidence

__all__ = ["with_factor_marks"]


def with_factor_marks(name: str, spool: Spool, plan: ColumnPlan, settings: SourceSettings, file: str) -> ColumnPlan:
    """Return a plan whose products know the decimal mark of each factor, decided from all rows.

    Parameters
    ----------
    name : str
        The input, for messages.
    spool : Spool
        Its rows.
    plan : ColumnPlan
        Which heading is which column.
    settings : SourceSettings
        ``decimal`` of the mapping wins.
    file : str
        What ``{file}`` stands for.

    Raises
    ------
    AmbiguousInput
        A factor can be read with two decimal marks.
    """
    asked = Asked(name)
    uses = dict(plan.uses)
    for column, use in plan.uses.items():
        if not is_product(column, use.template or ""):
            continue
        factors = factors_of(use.template or "")
        texts = [part_text(factor.names, plan, file) for factor in factors]
        marks = _marks(name, column, ["|".join(factor.names) for factor in factors], texts, spool, settings, asked)
        uses[column] = replace(use, marks=tuple(marks))
    asked.now()
    return replace(plan, uses=uses)


def _marks(
    name: str,
    column: str,
    factors: Sequence[str],
    texts: Sequence[pl.Expr],
    spool: Spool,
    settings: SourceSettings,
    asked: Asked,
) -> list[str]:
    if settings.decimal or not spool.rows:
        return [settings.decimal or "."] * len(factors)
    names = [f"factor {at}" for at in range(len(factors))]
    evidence = [item for factor in names for item in mark_evidence(factor)]
    cells = [text.replace("", None).alias(factor) for text, factor in zip(texts, names, strict=True)]
    row = spool.scan().select(cells).select(evidence).collect(engine="streaming").row(0, named=True)
    found = [
        {key.removeprefix(f"{factor}:"): row[key] for key in row if key.startswith(f"{factor}:")} for factor in names
    ]
    in_file: Counter[str] = Counter()
    for item in found:
        in_file.update({mark: item[f"for_{mark}"] for mark in MARKS})
    marks = ["."] * len(factors)
    for at, factor in enumerate(factors):
        with asked.later():
            marks[at] = decide_mark(name, column, factor, found[at], in_file)
    return marks

"""Columns that are filled on the first row of each group only, as pivot tables and printed reports leave them."""

from __future__ import annotations

import polars as pl

from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.privacy.spool import Spool
from analytics.ingest.questions import Question, in_quotes
from analytics.ingest.tables import DAMAGE
from analytics.ingest.words.references import matches

__all__ = ["ask_to_fill_down"]

_NEEDED = ("arrival_date", "estimated_arrival_date", "released_at", "consignee_name", "consignee_address")
_WHOLE = ("shipment_id", "declared_value")
_FEWEST, _FEWEST_SHARE = 2, 0.05
"""Rows without a cell that they need, and their share of all, from which on they are asked about."""


def ask_to_fill_down(spool: Spool, plan: ColumnPlan, settings: SourceSettings) -> list[Question]:
    """Ask whether empty cells take the value above them, where rows need them and the values above never repeat.

    Parameters
    ----------
    spool : Spool
        The rows.
    plan : ColumnPlan
        Which heading is which column.
    settings : SourceSettings
        ``fill_down`` of the mapping answers it, with headings or without any.
    """
    needed = list(dict.fromkeys(at for column in _NEEDED if (at := _place(plan, column)) is not None))
    if settings.fill_down is not None or not spool.rows or not needed:
        return []
    filled = [~_is_empty(at) for column in _WHOLE if (at := _place(plan, column)) is not None]
    whole = pl.all_horizontal(pl.col(DAMAGE).is_null(), *filled)
    counts = spool.scan().select((_is_empty(at) & whole).sum().alias(f"c{at}") for at in needed)
    found = counts.collect(engine="streaming").row(0, named=True)
    suspects = [at for at in needed if found[f"c{at}"] >= max(_FEWEST_SHARE * spool.rows, _FEWEST)]
    groups = [at for at in suspects if _heads_groups(spool, at)]
    return [_question(spool, plan, groups, found[f"c{groups[0]}"], whole)] if groups else []


def _place(plan: ColumnPlan, column: str) -> int | None:
    use = plan.uses.get(column)
    return use.heading if use else None


def _is_empty(at: int) -> pl.Expr:
    return pl.col(f"c{at}").fill_null("") == ""


def _heads_groups(spool: Spool, at: int) -> bool:
    """Tell whether the first cell of a column is filled, and no filled cell repeats the one before it."""
    cells = spool.scan().select(pl.col(f"c{at}").fill_null("")).collect(engine="streaming").to_series()
    filled = cells.filter(cells != "")
    return cells[0] != "" and not (filled == filled.shift()).any()


def _question(spool: Spool, plan: ColumnPlan, groups: list[int], rows: int, whole: pl.Expr) -> Question:
    """Ask for the headings that are empty on the same rows and on no others."""
    lacking = _is_empty(groups[0]) & whole
    used = sorted(at for at in plan.filled if plan.headings[at])
    same = spool.scan().select((_is_empty(at) != lacking).any().alias(f"c{at}") for at in used)
    differs = same.collect(engine="streaming").row(0, named=True)
    names = [plan.headings[at] for at in used if at in groups or not differs[f"c{at}"]]
    shown = [name for name in names if len(matches(name, plan.headings)) == 1]
    text = (
        f"{plan.headings[groups[0]]!r} is empty on {rows:,} of {spool.rows:,} rows that have a number and a value, and "
        "no two filled cells in a row are equal: it may stand on the first row of each group only"
    )
    return Question("fill_down", text, (f"fill_down = [{', '.join(map(in_quotes, shown))}]", "fill_down = []"))

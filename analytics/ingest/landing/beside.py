"""What only shows when rows are held side by side: repeats, lines, versions that clash, numbers that come again."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from analytics.ingest.landing.clashes import clashing_rows
from analytics.ingest.landing.conflicts import conflicting_rows, count_replaced
from analytics.ingest.landing.crossing import Context
from analytics.ingest.landing.crowded import drop_repeated, lay_out
from analytics.ingest.landing.lines import choose_lines, rows_beyond_totals
from analytics.ingest.landing.reformatted import reformatted_rows
from analytics.ingest.landing.repeats import Staged, repeated_rows
from analytics.ingest.search import Search

__all__ = ["CrossCheck", "cross_check"]

_NO_HASHES = "create or replace temp table line_hashes (source_line bigint, content_hash varchar)"


@dataclass(frozen=True)
class CrossCheck:
    """What became of rows when they were held against others.

    Attributes
    ----------
    repeated : Series of int
        Lines whose key and content were handed in before.
    reasons : DataFrame
        source_line, code, and the reason as JSON text, of rows that are rejected; a line may have several.
    hashes : DataFrame
        source_line and content_hash of rows that are lines of one shipment.
    replaced : int
        Rows that amend a shipment of an earlier input.
    reformatted : int
        Rows kept that say what an earlier row says, under its number written in another way.
    notes : list of str
        What was decided.
    """

    repeated: pl.Series
    reasons: pl.DataFrame
    hashes: pl.DataFrame
    replaced: int = 0
    reformatted: int = 0
    notes: list[str] = field(default_factory=list)


def cross_check(name: str, staged: Staged, context: Context, search: Search) -> CrossCheck:
    """Hold the rows of one input against each other and against all before.

    Parameters
    ----------
    name : str
        The input, for messages.
    staged : Staged
        Its rows.
    context : Context
        What the mapping says of equal rows, what may not be passed unasked, the files of earlier rows.
    search : Search
        Where the search runs; it knows what `remember` told it.

    Raises
    ------
    AmbiguousInput
        Equal rows may be lines or repeats, or repeat others under a number written in another way, and a limit
        depends on it.
    """
    search.run(_NO_HASHES)
    if staged.landed is None:
        empty = pl.DataFrame(schema={"source_line": pl.Int64, "code": pl.String, "reason": pl.String})
        return CrossCheck(repeated_rows(staged, search), empty, empty.select("source_line", content_hash="code"))
    is_crowded = lay_out(staged.landed, search)
    notes = choose_lines(name, staged, context, search) if is_crowded else []
    repeated = repeated_rows(staged, search)
    reformatted = reformatted_rows(name, staged.landed, repeated, context, search)
    totals = rows_beyond_totals(search) if is_crowded and context.rows == "totals" else repeated[:0]
    repeated = pl.concat([repeated, reformatted.repeated, totals]).unique().sort()
    reasons = conflicting_rows(staged.landed, context.earlier, repeated, search)
    if is_crowded:
        drop_repeated(repeated, search)
        reasons = pl.concat([clashing_rows(search), reasons])
    reasons = reasons.sort("source_line", "code", "reason")
    reasons = reasons.filter(~pl.col("source_line").is_in(repeated.implode()))
    gone = pl.concat([repeated, reasons["source_line"]])
    hashes = search.frame("select source_line, content_hash from line_hashes")
    if totals.len():
        notes.append(
            f"{totals.len():,} rows say the total of their shipment again: taken for repeats, as the mapping says"
        )
    notes += reformatted.notes
    return CrossCheck(repeated, reasons, hashes, count_replaced(gone, search), reformatted.kept, notes)

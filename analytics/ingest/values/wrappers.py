"""Marks that a spreadsheet or an export puts around cells: ``'123``, ``="123"``, ``123.0``, invisible padding.

They are taken off before anything else looks at the text, so that one week's ids and another's are the same. A column
is only worked on where a cheap look at it finds such a mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pyarrow as pa

from analytics.contracts.fields import names_of
from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.tables import RawTable, cell_names
from analytics.ingest.values.altered import without_altered_tax_ids

__all__ = ["NUMBERS_THAT_NAME", "unwrapped"]

NUMBERS_THAT_NAME = names_of(names_one=True)
"""Columns whose numbers name something and count nothing: no quote, equals sign or decimal belongs to them."""

_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_BLANKS = (
    " \t\r\n\v\f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_PADDING = _BLANKS + _INVISIBLE
_APOSTROPHES = "'\u2018\u2019`"
_ID_MARKS = _PADDING + _APOSTROPHES + '"'
_FULL_WIDTH = "[\uff01-\uff5e]"
_WHOLE_NUMBER = r"^(\d+)(?:\.00?|,00?)$"
_TEXT_MARK = rf"^[{_APOSTROPHES}]([\d=+@(-])"
_QUOTED = rf"(?s)^[{_APOSTROPHES}]([^{_APOSTROPHES}]*)[{_APOSTROPHES}]$"
_FORMULA = r'(?s)^=\s*"(.*)"$'
_FORMULA_NUMBER = r"^=([\d.]+)$"
_IN_QUOTES = r'(?s)^"([^"]*)"$'
_BEGINS_MARKED = f'^[{_APOSTROPHES}="]'
_IS_MARK = np.isin(np.arange(256), list(b"'=\""))
_NOT_ASCII = 0x80
_IS_BLANK = np.isin(np.arange(256), list(b" \t"))
_IS_DECIMAL = np.isin(np.arange(256), list(b".,"))
_ENOUGH_TO_TELL = 3


def unwrapped(table: RawTable, plan: ColumnPlan) -> RawTable:
    """Return an input whose cells are without such marks; once it is read, its notes say how many there were.

    Parameters
    ----------
    table : RawTable
        As it was opened.
    plan : ColumnPlan
        Which headings hold numbers that name something.
    """
    named = {plan.uses[column].heading for column in NUMBERS_THAT_NAME if column in plan.uses} | plan.tax_ids
    names = [name for at, name in enumerate(cell_names(len(table.headings))) if at not in table.typed]
    ids = {f"c{at}" for at in named if at is not None}

    def batches() -> Iterator[pl.DataFrame]:
        counts: Counter[str] = Counter()
        lost = 0
        for found in table.batches():
            clean = _clean(found, _marked(found, names, ids), ids)
            counts.update(_counted(found, clean, table.headings))
            sound, altered = without_altered_tax_ids(clean, plan)
            lost += altered
            yield sound
        table.notes.extend(_notes(counts, lost))

    return replace(table, batches=batches)


def _counted(found: pl.DataFrame, clean: pl.DataFrame, headings: Sequence[str]) -> dict[str, int]:
    """Count the cells from which more than blanks was taken, by heading."""
    if clean is found:
        return {}
    counts = {
        heading: int((found[name].str.strip_chars() != clean[name]).sum())
        for name, heading in zip(cell_names(len(headings)), headings, strict=True)
        if found[name] is not clean[name] and not found[name].equals(clean[name])
    }
    return {heading: count for heading, count in counts.items() if count}


def _notes(counts: Counter[str], lost: int) -> list[str]:
    notes = []
    if counts:
        shown = ", ".join(f"{count:,} under {heading!r}" for heading, count in sorted(counts.items()))
        notes.append(f'marks of a spreadsheet or export (such as \'1, ="1", 1.0) taken off cells: {shown}')
    if lost:
        notes.append(f"{lost:,} tax ids in scientific notation left out: their last digits are lost")
    return notes


def _clean(found: pl.DataFrame, marked: list[str], ids: set[str]) -> pl.DataFrame:
    if not marked:
        return found
    return found.with_columns((_id(found[name]) if name in ids else _text(found[name])).alias(name) for name in marked)


def _marked(found: pl.DataFrame, names: list[str], ids: set[str]) -> list[str]:
    """Return the columns in which some cell may bear a mark."""
    if not found.height or not names:
        return []
    written = found.select(names).to_arrow(compat_level=pl.CompatLevel.oldest())
    return [
        name for name in names if any(_may_bear(cells, is_number=name in ids) for cells in written.column(name).chunks)
    ]


def _may_bear(cells: pa.LargeStringArray, *, is_number: bool) -> bool:
    """Tell by the bytes whether a cell begins with a mark, or is not ASCII: most columns are done with that."""
    _, places, contents = cells.buffers()
    if not contents:
        return False
    text = np.frombuffer(contents, np.uint8)
    begins = np.frombuffer(places, np.int64)[cells.offset :][: len(cells)]
    first = text[np.minimum(begins, text.size - 1)]
    if _IS_MARK[first].any() or text.max() >= _NOT_ASCII:
        return True
    return is_number and bool(_IS_BLANK[first].any() or _IS_DECIMAL[text].any())


def _id(cells: pl.Series) -> pl.Series:
    """Return numbers that name something without all that cannot belong to them."""
    wide = cells.str.contains(_FULL_WIDTH).fill_null(value=False)
    narrow = cells.str.normalize("NFKC").zip_with(wide, cells) if wide.any() else cells
    bare = narrow.str.strip_chars_start(_ID_MARKS + "=").str.strip_chars_end(_ID_MARKS)
    return bare.str.replace_all(f"[{_INVISIBLE}]", "").str.replace(_WHOLE_NUMBER, "${1}")


def _text(cells: pl.Series) -> pl.Series:
    """Return texts without what is around them; an apostrophe that may belong to a name stays."""
    bare = cells.str.strip_chars(_PADDING)
    if not bare.str.contains(_BEGINS_MARKED).any():
        return bare
    bare = bare.str.slice(1) if _is_all_marked(bare) else bare
    bare = bare.str.replace(_TEXT_MARK, "${1}").str.replace(_QUOTED, "${1}")
    formulas = bare.str.contains(_FORMULA)
    inner = bare.str.replace(_FORMULA, "${1}").str.replace_all('""', '"', literal=True)
    bare = inner.zip_with(formulas.fill_null(value=False), bare).str.replace(_FORMULA_NUMBER, "${1}")
    return bare.str.replace(_IN_QUOTES, "${1}").str.strip_chars(_PADDING)


def _is_all_marked(cells: pl.Series) -> bool:
    """Tell whether every text bears the apostrophe: one name may begin with it, a whole column of them does not."""
    written = cells.filter(cells.str.len_bytes() > 0)
    return written.len() >= _ENOUGH_TO_TELL and bool(written.str.starts_with("'").all())

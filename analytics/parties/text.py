"""Lower-case ASCII text, the common ground of every comparison key."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import polars as pl
from anyascii import anyascii

__all__ = ["fold", "lookup", "on_distinct", "on_frame_rows", "on_rows", "squeeze"]

_UNSEEN = (
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff]"
)
"""Signs that nobody sees: soft hyphens, joiners, marks of direction. They part no words."""
_SYLLABIC = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])")


def fold(written: pl.Series) -> pl.Series:
    """Lower-case ASCII of what was written; other scripts are transliterated, each distinct value once.

    Characters that are syllables of their own (Han, kana, Hangul) become words of their own, so that a name written
    in them falls into the parts that its romanised form has.
    """
    text = written.cast(pl.String)
    is_foreign = (text.str.len_bytes() != text.str.len_chars()).fill_null(value=False)
    if is_foreign.any():
        text = on_rows(text, is_foreign, lambda column: column.str.replace_all(_UNSEEN, ""))
        foreign = text.filter(is_foreign).unique()
        romanised = [anyascii(_SYLLABIC.sub(r" \1 ", value)) for value in foreign]
        text = text.replace(foreign, pl.Series(romanised, dtype=pl.String))
    return text.str.to_lowercase()


def squeeze(column: pl.Expr) -> pl.Expr:
    """Only letters, digits and single spaces; nothing left is null."""
    spaced = column.str.replace_all(r"[^a-z0-9]+", " ").str.strip_chars()
    return pl.when(spaced != "").then(spaced)


def lookup(column: pl.Expr, words: dict[str, str]) -> pl.Expr:
    """Each value exchanged for what it stands for, where the list knows it."""
    return column.replace(list(words), list(words.values()))


def on_distinct(series: pl.Series, work: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """Do the work once per distinct value."""
    distinct = series.drop_nulls().unique().alias("value")
    worked = distinct.to_frame().select(work(pl.col("value"))).to_series()
    return series.replace_strict(distinct, worked, default=None, return_dtype=pl.String)


def on_rows(text: pl.Series, chosen: pl.Series, work: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """Do the work on the chosen rows alone and leave the others as they are."""
    name = text.name or "text"
    frame = on_frame_rows(text.alias(name).to_frame(), chosen, lambda part: part.select(work(pl.col(name)).alias(name)))
    return frame.to_series().alias(text.name)


def on_frame_rows(frame: pl.DataFrame, chosen: pl.Series, work: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """Do the work on the chosen rows of a frame alone; it may change columns, and keeps their names and order."""
    rows = chosen.fill_null(value=False)
    if not rows.any():
        return frame
    chosen_rows = frame.filter(rows)
    worked = work(chosen_rows)
    changed = worked.select(name for name in frame.columns if not worked[name].equals(chosen_rows[name]))
    if not changed.width:
        return frame
    place = np.arange(frame.height, dtype=np.uint32)
    place[rows.to_numpy()] = frame.height + np.arange(changed.height, dtype=np.uint32)
    whole = pl.concat([frame.select(changed.columns), changed])
    return frame.with_columns(whole.select(pl.all().gather(pl.Series(place))))

"""Questions to the cells of an input: asked of all rows at once, and only where its headings leave a doubt."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import polars as pl

__all__ = ["PADDING", "Contents"]

PADDING = "  \t'\"="
"""What may stand around a cell."""

_PLAIN_MONEY = r"^\d+(?:\.\d+)?$"
_MONEY_MARKS = r"[\s,$€£¥]|USD"
_SCALE = 4


class Contents:
    """The rows of an input as text.

    Parameters
    ----------
    rows : LazyFrame or None
        With one text column ``c0``, ``c1`` … for each heading; None where nothing but the headings is known.
    """

    def __init__(self, rows: pl.LazyFrame | None = None) -> None:
        self._rows = rows

    @cached_property
    def is_known(self) -> bool:
        """False where there are no rows to look at."""
        return self._rows is not None and bool(self._ask(found=pl.len())["found"])

    def counts(self, at: int) -> dict[str, int]:
        """Return the values under a heading, trimmed and in lower case, with their rows; empty cells are left out."""
        if self._rows is None:
            return {}
        written = self._rows.group_by(f"c{at}").len().collect(engine="streaming")
        values = written.select(self.text(at).str.to_lowercase().alias("value"), "len").drop_nulls("value")
        return dict(values.group_by("value").agg(pl.col("len").sum()).sort("value").iter_rows())

    def first(self, at: int) -> str | None:
        """Return the first filled cell under a heading, trimmed; null where there is none."""
        if self._rows is None:
            return None
        found = self._rows.select(self.text(at).alias("cell")).drop_nulls().head(1).collect(engine="streaming")
        return str(found.item()) if found.height else None

    def number(self, **wanted: pl.Expr) -> dict[str, int]:
        """Return how many rows hold each condition."""
        if self._rows is None:
            return dict.fromkeys(wanted, 0)
        sums = {name: condition.fill_null(value=False).sum() for name, condition in wanted.items()}
        return {name: int(value) for name, value in self._ask(**sums).items()}

    def grouped(self, by: list[pl.Expr], wanted: dict[str, pl.Expr]) -> pl.DataFrame:
        """Return figures for each group of rows that have all keys."""
        if self._rows is None:
            return pl.DataFrame(schema=dict.fromkeys(wanted, pl.Int64))
        keys = [key.alias(f"key{at}") for at, key in enumerate(by)]
        held = self._rows.with_columns(keys).drop_nulls([f"key{at}" for at in range(len(by))])
        grouped = held.group_by(f"key{at}" for at in range(len(by))).agg(**wanted)
        return grouped.collect(engine="streaming")

    def text(self, at: int) -> pl.Expr:
        """Return the cells under a heading, trimmed; null where nothing is written."""
        trimmed = pl.col(f"c{at}").str.strip_chars(PADDING)
        return pl.when(trimmed != "").then(trimmed)

    def word(self, at: int) -> pl.Expr:
        """Return the cells under a heading without case, spaces and punctuation."""
        bare = pl.col(f"c{at}").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
        return pl.when(bare != "").then(bare)

    def amount(self, at: int) -> pl.Expr:
        """Return the cells under a heading as numbers, null where they are none in plain English notation."""
        bare = pl.col(f"c{at}").str.replace_all(_MONEY_MARKS, "")
        return pl.when(bare.str.contains(_PLAIN_MONEY)).then(bare).cast(pl.Decimal(38, _SCALE), strict=False)

    def _ask(self, **wanted: pl.Expr) -> dict[str, Any]:
        assert self._rows is not None, "asked only where there are rows"
        return self._rows.select(**wanted).collect(engine="streaming").row(0, named=True)

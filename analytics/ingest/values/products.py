"""Columns that a mapping makes of a product, such as price times quantity: exact, each factor as it is written."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.ingest.values.numbers import read_number

__all__ = ["product_text"]

_EXACT = pl.Decimal(38, 10)


def product_text(texts: Sequence[pl.Expr], marks: Sequence[str]) -> pl.Expr:
    """Return a product as text, with the mark of a currency that a factor has; null where a factor is empty.

    Parameters
    ----------
    texts : sequence of Expr
        Factors as written, empty texts where there is nothing.
    marks : sequence of str
        The decimal mark of each.

    Returns
    -------
    Expr
        Where a factor is no number, all factors as written, so that the row says what could not be read.
    """
    numbers, affixes = [], []
    for text, mark in zip(texts, marks, strict=True):
        read = read_number(text, mark)
        numbers.append(read["number"])
        affixes.append(read["affix"])
    product = numbers[0]
    for number in numbers[1:]:
        product = (product * number).cast(_EXACT, strict=False)
    shown = product.cast(pl.String).str.replace(r"\.?0+$", "")
    with_affix = pl.concat_str([pl.coalesce([*affixes, pl.lit("")]), shown], separator=" ").str.strip_chars()
    written = pl.concat_str(texts, separator=" * ")
    is_whole = pl.all_horizontal(text != "" for text in texts)
    return pl.when(is_whole).then(pl.coalesce(with_affix, written))

"""What speaks for two parties being one, and what against, in words."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.comparisons import Comparison
from analytics.identity.pairs import Pairs
from analytics.identity.recipe import recipe
from analytics.identity.scorer import Levels, PairScorer

__all__ = ["evidence_json"]


def evidence_json(pairs: Pairs, scorer: PairScorer, levels: Levels) -> pl.Series:
    """For each pair a JSON list of what was found and what it weighs.

    Parameters
    ----------
    pairs : Pairs
        The pairs.
    scorer : PairScorer
        The model whose weights are told.
    levels : mapping
        What the comparisons found.

    Returns
    -------
    Series of str
        Objects of ``feature``, ``left``, ``right``, ``weight`` (log2 odds, summing to those of the pair) and ``text``;
        the first is what the model takes for granted, findings that weigh nothing are left out.
    """
    shares = scorer.shares(levels, pairs.records.extra)
    prior = pl.struct(
        feature=pl.lit("prior"),
        left=pl.lit(None, pl.String),
        right=pl.lit(None, pl.String),
        weight=pl.lit(round(scorer.intercept / float(np.log(2)), 3)),
        text=pl.lit("Before anything is compared."),
    )
    items = (
        pl.DataFrame({"row": pl.int_range(len(pairs), eager=True)})
        .with_columns(prior=prior.struct.json_encode())
        .drop("row")
    )
    for comparison in recipe(pairs.records.extra):
        items = items.with_columns(_items(pairs, comparison, levels[comparison.name], shares[comparison.name]))
    joined = pl.concat_str(pl.all(), separator=", ", ignore_nulls=True)
    return items.select(evidence=pl.format("[{}]", joined)).to_series()


def _items(pairs: Pairs, comparison: Comparison, level: NDArray[np.uint8], share: NDArray[np.float64]) -> pl.Series:
    """One JSON object for each pair, null where the finding weighs nothing."""
    about = comparison.description.rstrip(".")
    texts = pl.Series([f"{about}: {words}." for words in comparison.levels])
    frame = pl.DataFrame(
        {
            "feature": pl.repeat(comparison.name, len(pairs), eager=True),
            "left": _shown(pairs, comparison.shown, pairs.left),
            "right": _shown(pairs, comparison.shown, pairs.right),
            "weight": np.round(share / np.log(2), 3),
            "text": texts.gather(level.astype(np.uint32)),
        }
    )
    item = pl.when(pl.col("weight") != 0).then(pl.struct(pl.all()).struct.json_encode())
    return frame.select(item.alias(comparison.name)).to_series()


def _shown(pairs: Pairs, columns: tuple[str, ...], record: NDArray[np.int64]) -> pl.Series:
    """The keys a comparison is about, as text; null where there are none."""
    if not columns:
        return pl.repeat(None, len(record), dtype=pl.String, eager=True)
    values = pairs.records.values(columns, record)
    text = pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)
    return values.select(pl.when(text != "").then(text)).to_series()

"""Evidence of a pair: what agrees, what contradicts, and what each weighs, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.contracts.identities import NOTES
from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.caps import POSSIBLE
from analytics.identity.scoring.comparison import Comparison
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import recipe
from analytics.identity.scoring.rules import EVIDENCE, evidence, reasons
from analytics.identity.scoring.scored import ComparedPairs
from analytics.identity.scoring.scorer import Levels, PairScorer, probabilities

__all__ = ["evidence_json"]

_LEAST = 1e-6
"""The step in which probabilities are rounded; what is less is no difference."""
_Noted = Iterator[tuple[int, float, str]]


def evidence_json(pairs: Pairs, scorer: PairScorer, levels: Levels) -> pl.Series:
    """For each pair a JSON list of what was found and what it weighs.

    Parameters
    ----------
    pairs : Pairs
        The pairs.
    scorer : PairScorer
        The model whose weights are shown.
    levels : mapping
        What the comparisons found.

    Returns
    -------
    Series of str
        Objects of ``feature``, ``left``, ``right``, ``weight`` (log2 odds, summing to those of the
        probability) and ``text``. The first is the prior; findings that weigh nothing are left out. The last, where
        they apply, are `NOTES`: why the probability is capped, and that public files support no more.
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
    items = items.with_columns(_notes(pairs, scorer, levels))
    joined = pl.concat_str(pl.all(), separator=", ", ignore_nulls=True)
    return items.select(evidence=pl.format("[{}]", joined)).to_series()


def _notes(pairs: Pairs, scorer: PairScorer, levels: Levels) -> list[pl.Series]:
    """One column of JSON objects for each of `NOTES`, null where findings alone make the probability."""
    extra = pairs.records.extra
    scored = scorer.log_odds(levels, extra)
    pair = ComparedPairs(len(pairs.records), pairs.left, pairs.right, levels, np.zeros(len(pairs), dtype=bool), scored)
    held, final = pair.uncalibrated(extra), pair.probability(extra)
    is_held, is_shrunk = held < probabilities(scored) - _LEAST, final < held - _LEAST
    found = scored / np.log(2)
    before = np.where(is_held, _log2_odds(held), found)
    noted = (
        _held(is_held, held, _log2_odds(held) - found, reasons(levels, extra)),
        _shrunk(is_shrunk, final, _log2_odds(final) - before, evidence(levels, extra)),
    )
    return [_noted(name, len(pairs), rows) for name, rows in zip(NOTES, noted, strict=True)]


def _log2_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    sure = np.clip(probability, _LEAST, 1 - _LEAST)
    return np.log2(sure / (1 - sure))


def _held(is_held: Mask, held: NDArray[np.float64], weight: NDArray[np.float64], why: Mapping[str, Mask]) -> _Noted:
    """Say why pairs are capped; a cap above `POSSIBLE` is for too few identifiers alone."""
    for row in np.flatnonzero(is_held).tolist():
        is_possible = held[row] > POSSIBLE
        rule = EVIDENCE[0] if is_possible else next(words for words, holds in why.items() if holds[row])
        yield row, weight[row], f"Held at {held[row]:.2f}: {rule}."


def _shrunk(
    is_shrunk: Mask, final: NDArray[np.float64], weight: NDArray[np.float64], kind: NDArray[np.uint8]
) -> _Noted:
    """Say of pairs that calibration lowered what they rest on."""
    for row in np.flatnonzero(is_shrunk).tolist():
        why = f"in public files too few matches that rest on {EVIDENCE[kind[row]]} are one consignee"
        yield row, weight[row], f"Told as {final[row]:.2f}: {why}."


def _noted(name: str, size: int, rows: _Noted) -> pl.Series:
    noted = pl.DataFrame(list(rows), schema={"row": pl.Int64, "weight": pl.Float64, "text": pl.String}, orient="row")
    nothing = pl.lit(None, pl.String)
    item = pl.struct(
        feature=pl.lit(name), left=nothing, right=nothing, weight=pl.col("weight").round(3), text="text"
    ).struct.json_encode()
    every = pl.DataFrame({"row": pl.int_range(size, eager=True)})
    return every.join(noted.select("row", item.alias(name)), on="row", how="left", maintain_order="left")[name]


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

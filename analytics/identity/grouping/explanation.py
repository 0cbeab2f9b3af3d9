"""Why two records of a resolved file are matched or not: what agrees, what contradicts, and what caps the score."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analytics.contracts.identities import NOTES
from analytics.identity.grouping.resolution import Resolution
from analytics.identity.records.records import Records
from analytics.identity.scoring.evidence import evidence_json
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.scored import ComparedPairs
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["PairExplainer"]

_EVIDENCE = {"feature": pl.String, "left": pl.String, "right": pl.String, "weight": pl.Float64, "text": pl.String}


@dataclass(frozen=True)
class PairExplainer:
    """Compares two records of a file as the file was compared.

    Attributes
    ----------
    records : Records
        The file.
    found : Resolution
        Its groups and pairs.
    scorer : PairScorer
        The model as it has adapted to the file.
    """

    records: Records
    found: Resolution
    scorer: PairScorer

    def evidence(self, one: int, other: int) -> pl.DataFrame:
        """What agrees between two records and what does not; see `IdentityResolver.explain`."""
        if one == other:
            equal = {"feature": "keys", "weight": float("inf"), "text": "Equal once normalized."}
            return pl.DataFrame([equal], schema=_EVIDENCE)
        pairs = self._pair(one, other)
        rows = json.loads(evidence_json(pairs, self.scorer, compare(pairs))[0])
        table = pl.DataFrame(rows, schema=_EVIDENCE)
        if one > other:
            table = table.with_columns(left="right", right="left")
        is_note = pl.col("feature").is_in(NOTES)
        findings = table[1:].filter(~is_note).sort(pl.col("weight").abs(), descending=True)
        others = pl.DataFrame(self._about_others(one, other), schema=_EVIDENCE)
        return pl.concat([table[:1], findings, table.filter(is_note), others])

    def probability(self, one: int, other: int) -> float:
        """Probability that two records are one party."""
        if one == other:
            return 1.0
        pairs, extra = self._pair(one, other), self.records.extra
        levels = compare(pairs)
        odds = self.scorer.log_odds(levels, extra)
        compared = ComparedPairs(len(self.records), pairs.left, pairs.right, levels, np.zeros(1, dtype=bool), odds)
        return float(compared.probability(extra)[0])

    def _pair(self, one: int, other: int) -> Pairs:
        """Two records in the order in which pairs of a file are compared."""
        return Pairs(self.records, np.array([min(one, other)]), np.array([max(one, other)]))

    def _about_others(self, one: int, other: int) -> list[dict[str, Any]]:
        """Say that two were never compared, or that a third stands as near."""
        found = self.found
        ends = (found.left == min(one, other)) & (found.right == max(one, other))
        if not ends.any():
            text = "Never compared in this file: the two share no key, so that the figures above joined nobody."
            return [{"feature": "compared", "weight": 0.0, "text": text}]
        if not found.has_rival[ends].any():
            return []
        text = "Not joined by that: somebody of another name at the address is as near to one of the two, or nearer."
        return [{"feature": "compared", "weight": 0.0, "text": text}]

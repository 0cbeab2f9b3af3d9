"""Why two aliases are taken for one consignee or for two: what was found, and how heavy it weighs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from analytics.store import Store

__all__ = ["Finding", "Weighing", "in_words", "weigh", "weighing_of_link"]

_STRENGTHS = ((6.0, "decisively"), (3.0, "strongly"), (1.0, "somewhat"), (0.0, "slightly"))
_EQUAL = "keys"
_PRIOR = "prior"


@dataclass(frozen=True)
class Finding:
    """One comparison of two aliases.

    Attributes
    ----------
    feature : str
        Its name.
    weight : float
        Each point for doubles the odds that both are one consignee, each point against halves them.
    text : str
        What was compared and what was found.
    """

    feature: str
    weight: float
    text: str


@dataclass(frozen=True)
class Weighing:
    """What was found between two aliases.

    Attributes
    ----------
    left, right : str
        Alias ids, the smaller first.
    probability : float
        That both are one consignee, by the two alone.
    findings : list of Finding
        What was compared, heaviest first.
    prior : float
        What the program takes for granted before it compares anything.
    is_kept : bool
        It is in the table of links; else the two were compared for this question, by themselves.
    """

    left: str
    right: str
    probability: float
    findings: list[Finding]
    prior: float
    is_kept: bool

    @property
    def is_equal(self) -> bool:
        """Both are the same once normalised: there was nothing to weigh."""
        return any(finding.feature == _EQUAL for finding in self.findings)


def weigh(store: Store, one: str, other: str) -> Weighing:
    """Say what was found between two aliases.

    Parameters
    ----------
    store : Store
        Where they are.
    one, other : str
        Alias ids of aliases that name someone.

    Returns
    -------
    Weighing
    """
    left, right = sorted((one, other))
    ends = sorted({_represented_by(store, left), _represented_by(store, right)})
    for pair in ([left, right], ends):
        if len(pair) > 1 and (link := _link(store, *pair)):
            return replace(weighing_of_link(link), left=left, right=right)
    if len(ends) == 1:
        return _weighing(left, right, 1.0, [{"feature": _EQUAL, "weight": 0.0, "text": "Equal once normalised."}], True)
    return _weighed_now(store, left, right)


def weighing_of_link(link: Mapping[str, Any]) -> Weighing:
    """Return what was found between the two aliases of a row of ``identity_links``."""
    left, right, evidence = link["alias_id_l"], link["alias_id_r"], json.loads(link["evidence"])
    return _weighing(left, right, link["probability"], evidence, is_kept=True)


def in_words(weight: float) -> str:
    """Return how heavy a finding weighs, and for which side."""
    strength = next(word for least, word in _STRENGTHS if abs(weight) >= least)
    return f"{strength} {'for' if weight > 0 else 'against'}"


def _weighing(left: str, right: str, probability: float, evidence: list[dict[str, Any]], is_kept: bool) -> Weighing:
    found = list(_findings(evidence))
    return Weighing(
        left=left,
        right=right,
        probability=probability,
        findings=[finding for finding in found if finding.feature != _PRIOR],
        prior=sum(finding.weight for finding in found if finding.feature == _PRIOR),
        is_kept=is_kept,
    )


def _findings(evidence: list[dict[str, Any]]) -> Iterator[Finding]:
    for item in sorted(evidence, key=lambda item: (-abs(item["weight"]), item["feature"])):
        yield Finding(item["feature"], item["weight"], item["text"])


def _link(store: Store, left: str, right: str) -> dict[str, Any] | None:
    found = store.table("identity_links").filter(pl.col("alias_id_l") == left, pl.col("alias_id_r") == right).collect()
    return found.row(0, named=True) if found.height else None


def _represented_by(store: Store, alias: str) -> str:
    """Return the alias that stands for those which are equal to it once normalised: the smallest of them."""
    links = store.table("identity_links").filter(pl.col("alias_id_r") == alias, pl.col("probability") == 1).collect()
    equal = [left for left, evidence in links.select("alias_id_l", "evidence").iter_rows() if _is_equality(evidence)]
    return min(equal, default=alias)


def _is_equality(evidence: str) -> bool:
    return any(item["feature"] == _EQUAL for item in json.loads(evidence))


def _weighed_now(store: Store, left: str, right: str) -> Weighing:
    """Compare two aliases that the screening did not keep: it never met them, or found them far apart."""
    from analytics.identity.records.preparing import prepare
    from analytics.identity.scoring.evidence import evidence_json
    from analytics.identity.scoring.pairs import Pairs
    from analytics.identity.scoring.recipe import compare
    from analytics.identity.scoring.scored import ComparedPairs
    from analytics.review.model import model_in_force

    rows = store.table("aliases").filter(pl.col("alias_id").is_in([left, right])).sort("alias_id").collect()
    records = prepare(rows.select(pl.col("^consignee_.*$")), {})
    one, other = (np.array([end], dtype=np.int64) for end in sorted(records.row_record.tolist()))
    pairs = Pairs(records, one, other)
    scorer = model_in_force(store)
    found = compare(pairs)
    alone = ComparedPairs(len(records), one, other, found, np.zeros(1, dtype=bool), scorer.log_odds(found, {}))
    probability = float(alone.probability({})[0])
    return _weighing(left, right, probability, json.loads(evidence_json(pairs, scorer, found)[0]), is_kept=False)

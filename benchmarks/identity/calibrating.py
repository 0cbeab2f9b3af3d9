"""How far probabilities are borne out, and the table that shrinks them to it.

``python -m benchmarks.identity.calibrating`` makes ``analytics/identity/scoring/calibration.json`` anew, from one
half of the public sets. Whoever belongs together, by a probability of one half or more, is in one half. The
reliability that the page shows is that of the other half, and of sets that nothing was learned from.

Of each kind of party, and of what a match rests on, the pairs that are told as proven are looked at set by set. A set
contradicts that where even the upper bound of its Wilson interval is below; the lowest share among the sets that do is
what such pairs are told as at most.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from math import sqrt
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import polars as pl

from analytics.identity.candidates.components import connected
from analytics.identity.records.arrays import Mask
from analytics.identity.records.hashing import mixed
from analytics.identity.resolver import IdentityResolver
from analytics.identity.scoring import scored
from analytics.identity.scoring.calibration import CALIBRATION_FILE, FIXED, KINDS, Calibration
from analytics.identity.scoring.caps import PROVEN
from analytics.identity.scoring.comparison import Levels
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import COMPARISONS, compare
from analytics.identity.scoring.rules import EVIDENCE, evidence
from analytics.identity.scoring.scored import ComparedPairs
from benchmarks.identity.sets import SETS, absent, copied

__all__ = ["EDGES", "EITHER", "learned", "observed", "reliability", "wilson"]

EDGES = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99)
"""Edges of the bins in which reliability is shown."""
AS_TOLD = 10
"""Pairs as told that are added to those of a set: a few pairs shrink little."""
SURE = 1.96
"""Standard errors of an interval that covers in 95 of 100 cases."""
DIGITS = 3

EITHER = "firm or person"
"""Kind of the pairs that may be of firms or of persons: the table learns from them for both."""
_ALIKE = ("firm_name", "given_name", "surname", "house", "street")

Interval = tuple[float, float]


def main(target: Path = CALIBRATION_FILE) -> None:
    """Learn the table from one half of the public sets and write it to `target`."""
    if absent():
        raise SystemExit(absent())
    seen: dict[str, pl.DataFrame] = {}
    untold = patch.object(scored, "default_calibration", lambda: Calibration({}))  # the table of before
    with untold, tempfile.TemporaryDirectory() as folder:
        for dataset in SETS:
            file = copied(dataset, Path(folder))
            raw, truth = dataset.raw(file), dataset.truth(file)
            fitted = IdentityResolver(extra_columns=dataset.extra or None).fit(raw)
            pairs = observed(fitted, truth["cluster"], truth["source"] if dataset.is_link else None)
            seen[dataset.name] = pairs.filter("teaches")
            print(f"{dataset.name}: {seen[dataset.name].height:,} pairs", file=sys.stderr, flush=True)
    told = {"learned_from": "one half of " + ", ".join(seen), "shrunk": learned(seen)}
    target.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def observed(fitted: IdentityResolver, truth: pl.Series, source: pl.Series | None = None) -> pl.DataFrame:
    """Compared pairs of a fitted file, each told by the first row of its records.

    Parameters
    ----------
    fitted : IdentityResolver
        A fitted resolver.
    truth : Series
        Entity of each row.
    source : Series, optional
        Where two lists are linked, the list of each row; pairs within a list do not count.

    Returns
    -------
    DataFrame
        ``party``, ``evidence`` (place in `EVIDENCE`), ``uncalibrated``, ``probability``, ``is_one``, ``is_alike`` (name
        and address are the same) and ``teaches``: whether the pair lies in the half that the table is learned from.
    """
    records, found = fitted.records_, fitted.resolution_
    record, row = np.unique(records.row_record, return_index=True)
    row = row[record >= 0]
    codes = np.unique(truth.cast(pl.String).to_numpy(), return_inverse=True)[1][row]
    levels = compare(Pairs(records, found.left, found.right))
    odds = found.scorer.log_odds(levels, records.extra)
    compared = ComparedPairs(len(records), found.left, found.right, levels, found.is_forbidden, odds)
    before = compared.uncalibrated(records.extra)
    near = before >= FIXED
    part = connected(len(records), found.left[near], found.right[near])
    half = mixed(part.astype(np.uint64) + np.uint64(1)) >> np.uint64(63)
    pairs = pl.DataFrame(
        {
            "party": np.select([levels["firm_name"] > 0, levels["firm_or_person"] > 0], ["firm", EITHER], "person"),
            "evidence": evidence(levels, records.extra),
            "uncalibrated": before,
            "probability": found.probability,
            "is_one": codes[found.left] == codes[found.right],
            "is_alike": _is_alike(levels),
            "teaches": half[found.left] == 1,
        }
    )
    if source is None:
        return pairs
    side = source.to_numpy()[row]
    return pairs.filter(pl.Series(side[found.left] != side[found.right]))


def learned(seen: Mapping[str, pl.DataFrame]) -> list[dict[str, Any]]:
    """What the table shrinks, of each kind of party and of what a match rests on.

    Parameters
    ----------
    seen : mapping
        Name of a set to what `observed` tells of its half.
    """
    entries = []
    for party in KINDS:
        for kind, words in enumerate(EVIDENCE):
            chosen = pl.col("party").is_in([party, EITHER]) & (pl.col("evidence") == kind)
            worst = _worst({name: pairs.filter(chosen) for name, pairs in seen.items()})
            if worst:
                entries.append({"party": party, "rests_on": words, **worst})
    return entries


def _worst(seen: Mapping[str, pl.DataFrame]) -> dict[str, Any] | None:
    """What pairs told as proven are told as at most, and by which set; nothing where none contradicts it."""
    found: list[dict[str, Any]] = []
    for name, pairs in seen.items():
        told = pairs.filter(pl.col("uncalibrated") >= PROVEN)
        one, total = int(told["is_one"].sum()), told.height
        if total and wilson(one, total)[1] < PROVEN:
            share = (one + AS_TOLD) / (total + AS_TOLD)
            found.append({"at_most": round(max(share, FIXED), DIGITS), "set": name, "pairs": total, "of_one": one})
    return min(found, key=lambda each: float(each["at_most"]), default=None)


def wilson(ones: int, total: int) -> Interval:
    """Wilson interval of a share (Wilson 1927), at 95 %.

    Parameters
    ----------
    ones, total : int
        Cases that are so, and all of them.
    """
    if not total:
        return 0.0, 1.0
    share, weight = ones / total, SURE**2 / total
    middle = (share + weight / 2) / (1 + weight)
    reach = SURE * sqrt(share * (1 - share) / total + weight / (4 * total)) / (1 + weight)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def reliability(pairs: pl.DataFrame) -> dict[str, Any]:
    """Reliability of pairs, as the page shows it.

    Parameters
    ----------
    pairs : DataFrame
        As `observed` gives them.

    Returns
    -------
    dict
        ``bins``: kind of party, all its pairs and those on which two identifiers agree, to the pairs in each bin of
        `EDGES` and how many of them are one. ``proven``: kind of party to the pairs told as proven on which two
        identifiers agree, how many of them are one, how many of the others have one name at one address, and the first
        two as they would be without the table.
    """
    bins: dict[str, list[tuple[int, int]]] = {}
    proven: dict[str, tuple[int, ...]] = {}
    for party in (*KINDS, EITHER):
        inside = pairs.filter(pl.col("party") == party)
        two = inside.filter(pl.col("evidence") > 0)
        if inside.height:
            bins[f"{party}s, all pairs"], bins[f"{party}s, two identifiers"] = _bins(inside), _bins(two)
        told, untold = (two.filter(pl.col(name) >= PROVEN) for name in ("probability", "uncalibrated"))
        if untold.height:
            ends = [(each.height, int(each["is_one"].sum())) for each in (told, untold)]
            proven[f"{party}s"] = (*ends[0], told.filter(~pl.col("is_one") & pl.col("is_alike")).height, *ends[1])
    return {"bins": bins, "proven": proven}


def _bins(pairs: pl.DataFrame) -> list[tuple[int, int]]:
    place, is_one = np.searchsorted(EDGES, pairs["probability"].to_numpy(), "right"), pairs["is_one"].to_numpy()
    count, ones = (
        np.bincount(place, weights=weights, minlength=len(EDGES) + 1).astype(int).tolist()
        for weights in (np.ones(len(place)), is_one.astype(float))
    )
    return list(zip(count, ones, strict=True))


def _is_alike(levels: Mapping[str, Levels]) -> Mask:
    """Whether name, house number and street are the same: nothing a comparison sees tells the two apart."""
    same = {
        item.name: levels[item.name] == item.levels.index("the same") for item in COMPARISONS if item.name in _ALIKE
    }
    mask: Mask = (same["firm_name"] | same["given_name"] & same["surname"]) & same["house"] & same["street"]
    return mask


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

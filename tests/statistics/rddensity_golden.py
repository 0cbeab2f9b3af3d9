"""What the authors' package says of some samples, kept as a table: ``python -m tests.statistics.rddensity_golden``.

It needs rddensity 3 (the group ``test``).
"""

from __future__ import annotations

import csv
import warnings
from pathlib import Path

import numpy as np

__all__ = ["FILE", "SAMPLES", "by_the_authors", "sample"]

FILE = Path(__file__).parent / "rddensity_golden.csv"
SAMPLES = [
    (kind, seed, order)
    for kind in ("whole", "cents", "continuous", "crowded")
    for seed in (1, 2)
    for order in (1, 2, 3)
]
CUTOFF, BANDWIDTH = 300.5, 80.0


def sample(kind: str, seed: int) -> np.ndarray:
    """Amounts with many ties, with few, with none, and with a crowd below the cutoff."""
    rng = np.random.default_rng(seed)
    amounts = rng.gamma(2, 200, 2000)
    if kind == "crowded":
        above = (amounts > CUTOFF) & (amounts < 360) & (rng.random(2000) < 0.5)
        amounts = np.where(above, rng.uniform(270, 300, 2000), amounts)
    return np.sort(np.round(amounts, {"whole": 0, "cents": 2}.get(kind, 6)))


def by_the_authors(kind: str, seed: int, order: int) -> tuple[float, float, float]:
    """Density on both sides and the statistic, by rddensity."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rddensity import rddensity

        found = rddensity(X=sample(kind, seed), c=CUTOFF, p=order, q=order, h=[BANDWIDTH, BANDWIDTH])
    return float(found.hat["left"]), float(found.hat["right"]), -float(found.test["t_jk"])


def write() -> None:
    with FILE.open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle, lineterminator="\n")
        rows.writerow(["kind", "seed", "order", "left", "right", "statistic"])
        rows.writerows((*it, *(f"{value:.10g}" for value in by_the_authors(*it))) for it in SAMPLES)


if __name__ == "__main__":
    write()

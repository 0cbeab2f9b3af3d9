"""What a judged sample says of all that lies below the line."""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from analytics.statistics.chance import upper_bound

__all__ = ["Bound", "bounds"]


@dataclass(frozen=True)
class Bound:
    """One sample and its bound.

    Attributes
    ----------
    sample_id, typology, run_id : str
        Which sample, below whose line, from the candidates of which run.
    line : float
        Score from which the typology flags.
    population, drawn, judged : int
        Candidates below the line, those drawn, those with a verdict.
    missed, unsure : int
        Verdicts yes and unsure; both count as missed in the bound.
    judged_by, judged_at : str or None
        Who gave the last verdict, and when.
    confidence : float
        Of the bound.
    share : float or None
        At most this share of what lies below the line is missed; None where verdicts are outstanding.
    """

    sample_id: str
    typology: str
    run_id: str
    line: float
    population: int
    drawn: int
    judged: int
    missed: int
    unsure: int
    judged_by: str | None
    judged_at: str | None
    confidence: float
    share: float | None

    @property
    def most(self) -> int | None:
        """At most so many candidates below the line are missed."""
        return None if self.share is None else math.floor(self.share * self.population)


def bounds(tunings: pl.DataFrame, confidence: float = 0.95) -> list[Bound]:
    """Bound what is missed, sample by sample.

    The bound is the exact binomial one (Clopper and Pearson 1934), one-sided: exact for a plain random sample from very
    many. Here the same number is drawn from groups of equal size, and without putting back; both make large
    counts of misses no likelier (Hoeffding 1956, Ann. Math. Statist. 27, 713-721; 1963, J. Amer. Statist. Assoc. 58,
    13-30), so that the bound holds and is a little wide. While a verdict is outstanding there is none: the rows that a
    person leaves for later are no random ones.

    Parameters
    ----------
    tunings : polars.DataFrame
        The log.
    confidence : float, default=0.95
        How often the bound is to hold.

    Returns
    -------
    list of Bound
        In the order of drawing.
    """
    return [
        _bound(sample, confidence)
        for _, sample in tunings.sort("sample_id", maintain_order=True).group_by("sample_id", maintain_order=True)
    ]


def _bound(sample: pl.DataFrame, confidence: float) -> Bound:
    drawn = sample.filter(pl.col("event") == "drawn")
    judged = sample.filter(pl.col("event") == "judged").unique("candidate_id", keep="last", maintain_order=True)
    first, last = drawn.row(0, named=True), judged.row(-1, named=True) if judged.height else {}
    missed, unsure = (judged.filter(pl.col("verdict") == verdict).height for verdict in ("yes", "unsure"))
    is_complete = judged.height == drawn.height
    return Bound(
        sample_id=first["sample_id"],
        typology=first["typology"],
        run_id=first["run_id"],
        line=first["line"],
        population=first["population"],
        drawn=drawn.height,
        judged=judged.height,
        missed=missed,
        unsure=unsure,
        judged_by=last.get("done_by"),
        judged_at=last.get("done_at"),
        confidence=confidence,
        share=upper_bound(missed + unsure, judged.height, confidence) if is_complete else None,
    )

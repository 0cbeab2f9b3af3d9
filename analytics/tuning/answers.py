"""Samples and bounds as a call answers with them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from analytics.errors import UsageError
from analytics.printing import Answer
from analytics.statistics.below_line import Bound, bounds
from analytics.store import Store
from analytics.tuning.samples import draw_sample
from analytics.tuning.sheets import take_sample
from analytics.tuning.wording import bound_lines

__all__ = ["Sample", "Tuning", "sample", "tune"]


@dataclass(frozen=True, repr=False)
class Sample(Answer):
    """A sample from below the line of a typology.

    Attributes
    ----------
    sample_id, typology : str
        Which sample, below whose line.
    drawn : int
        Candidates in it.
    file : Path
        The sheet that asks about them.
    """

    sample_id: str
    typology: str
    drawn: int
    file: Path

    @property
    def lines(self) -> list[str]:
        """What was drawn, and what to do with the sheet."""
        return [
            f"sample {self.sample_id}: {self.drawn:,} candidates below the line of {self.typology}, scores hidden",
            f"Fill in the column verdict of {self.file} and hand it to tune().",
        ]

    def __str__(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, repr=False)
class Tuning(Answer):
    """What the samples of a store say of all that lies below the line.

    Attributes
    ----------
    bounds : tuple of Bound
        Sample by sample, in the order of drawing.
    sample_id : str or None
        The sample whose sheet was handed in with this call.
    taken : int
        Verdicts taken from it.
    """

    bounds: tuple[Bound, ...]
    sample_id: str | None = None
    taken: int = 0

    @property
    def lines(self) -> list[str]:
        """For each sample, the bound that it gives for all candidates below the line."""
        return bound_lines(self.bounds)

    def __str__(self) -> str:
        return "\n".join(self.lines)

    @property
    def frame(self) -> pl.DataFrame:
        """One row per sample: what `Bound` holds, and ``most``, at most how many are missed."""
        rows = [{**asdict(bound), "most": bound.most} for bound in self.bounds]
        return pl.DataFrame(rows, infer_schema_length=None)


def sample(
    store: Store, typology: str, count: int, out: Path, *, seed: int | None = None, by: str | None = None
) -> Sample:
    """Draw a sample as `draw_sample` does, and say what was drawn.

    Parameters
    ----------
    store, typology, count, out, seed, by
        As `draw_sample` takes them.
    """
    if count < 1:
        raise UsageError(f"{count} candidates cannot be drawn. Give 1 or more.")
    sample_id, drawn = draw_sample(store, typology, count, out, seed=seed, by=by)
    return Sample(sample_id, typology, drawn, out)


def tune(store: Store, filled: Path | None = None, *, confidence: float = 0.95, by: str | None = None) -> Tuning:
    """Read a completed sheet where one is given, and bound what is missed below the line.

    Parameters
    ----------
    store : Store
        With the log ``tunings``.
    filled : Path, optional
        The sheet.
    confidence : float, default=0.95
        How often a bound is to hold.
    by : str, optional
        Who judged; the name of the user where not given.

    Raises
    ------
    UsageError
        The confidence is none.
    InputError
        A row of the sheet is wrong; nothing is taken.
    """
    if not 0 < confidence < 1:
        raise UsageError(
            f"confidence {confidence} is not a confidence level. Give a number between 0 and 1, such as 0.95."
        )
    sample_id, taken = take_sample(store, filled, by) if filled is not None else (None, 0)
    return Tuning(tuple(bounds(store.table("tunings").collect(), confidence)), sample_id, taken)

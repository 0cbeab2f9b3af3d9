"""What is told of duties that were held void and are given back: a note beside the figures, and no figure."""

from __future__ import annotations

import polars as pl

from analytics.exposure.assumptions import quoted
from analytics.exposure.dated import of_regime

__all__ = ["refund_said"]

_VOID = "contested_ieepa"
_NO_FIGURE = "What was paid and given back is in no figure."


def refund_said(refunds: pl.DataFrame, regime: str) -> str | None:
    """Say how far the refund of void duties has come, each step with its day, source and confidence.

    Parameters
    ----------
    refunds : polars.DataFrame
        ``ref_refunds``.
    regime : str
        Whose law.

    Returns
    -------
    str or None
        Sentences as they stand in a JSON list; None where the table has no step.
    """
    steps = of_regime(refunds, regime).filter(switch=_VOID).sort("step").rows(named=True)
    if not steps:
        return None
    said = [f"{row['wording']} ({row['valid_from']}; {row['source']}; {row['confidence']})." for row in steps]
    return ", ".join(map(quoted, [*said, _NO_FIGURE]))

"""The facts of a shipment before they are written down: who, when, what, from whom, how and under which claim."""

from __future__ import annotations

from typing import Any

import polars as pl

__all__ = ["FACTS", "facts_frame", "no_facts"]

FACTS: dict[str, Any] = {
    "person": pl.Int64, "day": pl.Int64, "cents": pl.Int64, "seller": pl.Int64, "order": pl.Int64, "lot": pl.Int64,
    "mode": pl.String, "entry": pl.String, "claim": pl.Boolean, "is_gift": pl.Boolean, "writing": pl.Int64,
    "u_carrier": pl.Float64, "u_flight": pl.Float64, "deliberate": pl.Boolean,
}  # fmt: skip
"""Columns and types. `seller` -1: a private sender; `order` -1: none; `lot` 0: all of it; `entry` '': not known."""


def facts_frame(**columns: Any) -> pl.DataFrame:
    """Make a frame of facts from arrays and single values; what is not given is plain: no claim stated, no gift."""
    given = {"lot": 0, "order": -1, "claim": None, "is_gift": False, "writing": 0, "deliberate": False, **columns}
    return pl.select(
        (pl.lit(pl.Series(values)) if hasattr(values := given[name], "__len__") and not isinstance(values, str)
         else pl.lit(values)).cast(dtype).alias(name)
        for name, dtype in FACTS.items()
    )  # fmt: skip


def no_facts() -> pl.DataFrame:
    """Make a frame of facts without rows."""
    return pl.DataFrame(schema=FACTS)

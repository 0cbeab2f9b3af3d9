"""How a rule is applied on a day: the dated tables beside the limits, those of them that hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from analytics.rulebook.lookup import in_force
from analytics.rulebook.references import load_references

__all__ = ["applied"]

_TABLES = (
    "ref_regimes", "ref_persons", "ref_tested_days", "ref_goods_conditions", "ref_required_data", "ref_deadlines",
    "ref_retention", "ref_ace_stages", "ref_ace_notice_codes", "ref_flat_duties",
)  # fmt: skip


def applied(on: date, *, regime: str = "us", rules_dir: Path | None = None) -> dict[str, pl.DataFrame]:
    """Return what holds on a day of persons, days, goods, data, deadlines, records and customs' own check.

    Parameters
    ----------
    on : date
        The day.
    regime : str
        Whose law.
    rules_dir : Path or None
        The user's own reference tables.

    Returns
    -------
    dict
        Name of the reference table to its rows that hold, sorted.

    Raises
    ------
    UsageError
        The regime is not known.
    """
    tables = load_references(rules_dir).for_regime(regime).tables
    held = {name: in_force(tables[name], on) for name in _TABLES}
    return held | {"ref_persons": held["ref_persons"].sort("precedence")}

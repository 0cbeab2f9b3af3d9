"""How old the tables are: when each part was last compared with its sources, and what of it is newest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from analytics.rulebook.references import load_references

__all__ = ["ages", "past_the_tables"]


def ages(*, regime: str = "us", rules_dir: Path | None = None) -> pl.DataFrame:
    """Tell how old each part of the tables of a regime is.

    Parameters
    ----------
    regime : str
        Whose law.
    rules_dir : Path or None
        The user's own reference tables.

    Returns
    -------
    polars.DataFrame
        The rows of ``ref_reviews`` with ``newest``: the last day up to the review on which a row of it begins. In the
        order of the review, the newest first.

    Raises
    ------
    UsageError
        The regime is not known.
    """
    tables = load_references(rules_dir).for_regime(regime).tables
    reviews = tables["ref_reviews"]
    newest = [_newest(tables, *row) for row in reviews.select("tables", "reviewed_on").iter_rows()]
    dated = reviews.with_columns(newest=pl.Series(newest, dtype=pl.Date()))
    return dated.sort("reviewed_on", "subject", descending=[True, False])


def _newest(tables: Mapping[str, pl.DataFrame], named: str, reviewed_on: date) -> date | None:
    begun = pl.concat(tables[name].select("valid_from") for name in named.split("|"))["valid_from"]
    return begun.filter(begun <= reviewed_on).max()  # type: ignore[return-value]


def past_the_tables(reviews: pl.DataFrame, last_day: date) -> list[str]:
    """Say which parts of the tables the data go past, a sentence each.

    Parameters
    ----------
    reviews : polars.DataFrame
        ``ref_reviews``.
    last_day : date
        Last day of the data.
    """
    said = []
    for row in reviews.sort("subject").iter_rows(named=True):
        ends, reviewed = row["covers_until"], row["reviewed_on"]
        if ends is not None and last_day >= ends:
            said.append(f"The {row['subject']} reach to {ends} and the data to {last_day}.")
        elif last_day > reviewed:
            said.append(
                f"The {row['subject']} were last compared with their sources as of {reviewed}, and the data go to "
                f"{last_day}: what changed in between is not in the figures."
            )
    return said

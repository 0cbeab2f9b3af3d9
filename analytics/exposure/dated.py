"""Small helpers for dated tables: rows in force on a day, and whom a scope holds for."""

from __future__ import annotations

import polars as pl

from analytics.rulebook.scopes import parse_scope

__all__ = ["held_by", "in_force", "of_regime"]


def in_force(day: pl.Expr) -> pl.Expr:
    """Say whether the row of a dated table, joined to a day, holds on it."""
    return (pl.col("valid_from") <= day) & (pl.col("valid_to").is_null() | (day < pl.col("valid_to")))


def of_regime(table: pl.DataFrame, regime: str) -> pl.DataFrame:
    """Return the rows of one regime."""
    return table.filter(pl.col("regime") == regime)


def held_by(scopes: pl.Series, values: pl.Series) -> pl.DataFrame:
    """Pair each scope with each value it holds for; a value that is not known is held by scopes that exclude only.

    Parameters
    ----------
    scopes : polars.Series
        Expressions such as ``ALL``, ``CN|HK`` or ``NOT(mail)``.
    values : polars.Series
        Countries or modes, null among them.

    Returns
    -------
    polars.DataFrame
        ``scope`` and ``value``.
    """
    parsed = {scope: parse_scope(scope) for scope in scopes.unique().drop_nulls().sort()}
    rows = [
        (scope, value)
        for scope, meant in parsed.items()
        for value in values.unique().sort()
        if (meant.is_negated if value is None else meant.holds(value))
    ]
    return pl.DataFrame(rows, schema={"scope": pl.String(), "value": pl.String()}, orient="row")

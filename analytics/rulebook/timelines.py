"""Proves that on every day one row holds: none twice, none missing in between."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from analytics.contracts.reference import Reference
from analytics.errors import RulesError
from analytics.rulebook.files import LINE
from analytics.rulebook.scopes import Scope, parse_scope

__all__ = ["cells_of_limits", "check_timelines"]

_OTHER = "any other"


def check_timelines(
    path: Path,
    frame: pl.DataFrame,
    reference: Reference,
    within: tuple[str, ...] = (),
    *,
    scope: tuple[str, ...] | None = None,
    is_gapless: bool | None = None,
) -> None:
    """Raise where two rows of one scope hold on one day, or none does between two that do.

    Parameters
    ----------
    path : Path
        The file, for the message.
    frame : polars.DataFrame
        The table with its lines.
    reference : Reference
        What makes a scope, and whether gaps are allowed.
    within : tuple of str
        Further columns that make a scope.
    scope, is_gapless
        In place of what the reference says.

    Raises
    ------
    RulesError
        At the first overlap, stretch that ends before it begins, or gap.
    """
    columns = [*(reference.scope if scope is None else scope), *within]
    gapless = reference.is_gapless if is_gapless is None else is_gapless
    backwards = frame.filter(pl.col("valid_to") <= pl.col("valid_from"))
    if backwards.height:
        row = backwards.row(0, named=True)
        raise RulesError(
            f"{path} line {row[LINE]}: holds from {row['valid_from']} to {row['valid_to']}, which is no day at all. "
            "valid_to is the first day on which the row no longer holds."
        )
    followed = frame.sort(*columns, "valid_from", nulls_last=True).with_columns(
        pl.col("valid_from", LINE).shift(-1).over(columns, order_by="valid_from").name.prefix("next_")
    )
    for row in followed.filter(pl.col("next_valid_from").is_not_null()).iter_rows(named=True):
        _check_neighbours(path, row, columns, gapless)


def _check_neighbours(path: Path, row: dict[str, object], scope: list[str], is_gapless: bool) -> None:
    end, following = row["valid_to"], row["next_valid_from"]
    at = ", ".join(f"{name} {row[name]}" for name in scope if row[name] is not None)
    lines = f"lines {row[LINE]} and {row[f'next_{LINE}']}"
    if end is None or end > following:  # type: ignore[operator]
        raise RulesError(
            f"{path} {lines}: both hold on {following} for {at}. "
            f"End the first on {following}: valid_to is the first day on which it no longer holds."
        )
    if is_gapless and end < following:  # type: ignore[operator]
        raise RulesError(f"{path} {lines}: nothing holds from {end} until {following} for {at}. Close the gap.")


def cells_of_limits(limits: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Repeat each rule for every country and mode that some rule tells apart, with one of each for the rest.

    Parameters
    ----------
    limits : polars.DataFrame
        ``ref_limits``.
    named : polars.DataFrame
        The scopes that have a name.
    """
    written = named.select("scope_kind", "scope", "expression").rows()
    names = {(kind, scope): expression for kind, scope, expression in written}
    parts = []
    for kind in ("origin", "mode"):
        used = limits[f"{kind}_scope"].unique()
        scopes = {scope: parse_scope(names.get((kind, scope), scope)) for scope in used}
        parts.append(_cells(kind, scopes))
    return limits.join(parts[0], on="origin_scope").join(parts[1], on="mode_scope")


def _cells(kind: str, scopes: dict[str, Scope]) -> pl.DataFrame:
    told_apart: Iterable[str] = sorted({member for scope in scopes.values() for member in scope.members} | {_OTHER})
    held = [(name, value) for name, scope in scopes.items() for value in told_apart if scope.holds(value)]
    return pl.DataFrame(held, schema=[f"{kind}_scope", kind], orient="row")

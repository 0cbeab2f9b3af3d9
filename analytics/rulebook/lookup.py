"""Answers what rule held on a day, and which ones held one after the other."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl

from analytics.calls import checked
from analytics.contracts.reference import MODES
from analytics.errors import UsageError
from analytics.rulebook.limits import SUSPENSIONS, under_suspension
from analytics.rulebook.references import load_references
from analytics.rulebook.scopes import parse_scope

__all__ = ["in_force", "rules", "timeline"]

_COUNTRY = re.compile(r"^[A-Z]{2}$")

_SHOWN = [
    "rule_id", "provision", "pool", "origin_scope", "mode_scope", "grouping_key", "status", "limit_amount",
    "limit_currency", "valid_from", "valid_to", "duty_method", "source", "confidence", "note", "regime", "kind",
    "if_suspension",
]  # fmt: skip


@checked
def rules(
    on: date,
    origin: str | None = None,
    mode: str | None = None,
    *,
    regime: str = "us",
    rules_dir: Path | None = None,
    suspension: str = "valid",
) -> pl.DataFrame:
    """Tell which rules held on a day, for goods of an origin that came by a mode.

    Parameters
    ----------
    on : date
        The day of arrival.
    origin : str or None
        ISO 3166 alpha-2 country of origin; with None, the rules of every origin.
    mode : str or None
        air, truck, rail, ocean, mail or accompanied; with None, the rules of every mode.
    regime : str
        Whose law.
    rules_dir : Path or None
        The user's own reference tables.
    suspension : {"valid", "invalid"}
        Whether the suspension by executive order is taken as valid.

    Returns
    -------
    polars.DataFrame
        One row per rule: what is added up, the limit, its status, since when and until when, the source and why.

    Raises
    ------
    UsageError
        The origin is no country code, or mode, regime or suspension are not known.

    Examples
    --------
    >>> rules(date(2025, 3, 1), "JP", "air").filter(pool="standard")["rule_id"].to_list()
    ['US-C-05']
    """
    _check(origin, mode, suspension)
    tables = load_references(rules_dir).for_regime(regime).tables
    limits = in_force(_of(tables, origin, mode, suspension), on)
    return _with_methods(limits, tables, origin, on).select(_SHOWN).sort("provision", "rule_id", "valid_from")


def timeline(
    origin: str | None = None,
    mode: str | None = None,
    *,
    regime: str = "us",
    rules_dir: Path | None = None,
    suspension: str = "valid",
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return every rule that ever held for goods of an origin that came by a mode, and what else happened to the law.

    Parameters
    ----------
    origin, mode, regime, rules_dir, suspension
        As in `rules`.

    Returns
    -------
    tuple of polars.DataFrame
        The rules, one row a stretch of days, and the events, each sorted by provision and day.

    Raises
    ------
    UsageError
        As in `rules`.
    """
    _check(origin, mode, suspension)
    tables = load_references(rules_dir).for_regime(regime).tables
    limits = _of(tables, origin, mode, suspension)
    order = ("kind", "provision", "pool", "grouping_key", "origin_scope", "mode_scope", "valid_from")
    return limits.sort(*order, nulls_last=True), tables["ref_law_events"].sort("valid_from", "event")


def in_force(table: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return the rows of a dated table that hold on a day."""
    begun = pl.col("valid_from") <= on
    not_ended = pl.col("valid_to").is_null() | (pl.col("valid_to") > on)
    return table.filter(begun, not_ended)


def _check(origin: str | None, mode: str | None, suspension: str) -> None:
    if origin is not None and not _COUNTRY.match(origin):
        raise UsageError(f"origin {origin!r} is no country; give two capital letters of ISO 3166, such as CN.")
    if mode is not None and mode not in MODES:
        raise UsageError(f"mode {mode!r} is not known; give one of: {', '.join(MODES)}.")
    if suspension not in SUSPENSIONS:
        raise UsageError(f"suspension {suspension!r} is not known; give one of: {', '.join(SUSPENSIONS)}.")


def _of(tables: dict[str, pl.DataFrame], origin: str | None, mode: str | None, suspension: str) -> pl.DataFrame:
    """Return the limits whose scope holds the origin and the mode."""
    limits = under_suspension(tables["ref_limits"], suspension)
    expressions = {(kind, scope): text for kind, scope, text in tables["ref_scopes"].select(pl.nth(0, 1, 2)).rows()}
    for kind, value in (("origin", origin), ("mode", mode)):
        if value is not None:
            scopes = {scope: parse_scope(text).holds(value) for (of, scope), text in expressions.items() if of == kind}
            limits = limits.filter(pl.col(f"{kind}_scope").replace_strict(scopes, return_dtype=pl.Boolean))
    return limits


def _with_methods(limits: pl.DataFrame, tables: dict[str, pl.DataFrame], origin: str | None, on: date) -> pl.DataFrame:
    """Put beside each rule how duty is reckoned in place of the rates, where it is."""
    methods = _for_mail(in_force(tables["ref_postal_duty_methods"], on), origin)
    flat = _flat(in_force(tables["ref_flat_duties"], on))
    shown = limits.join(methods, how="left", on=["mode_scope", "grouping_key"]).join(flat, how="left", on="rule_id")
    return shown.with_columns(duty_method=pl.coalesce("duty_method", "flat_duty"))


def _flat(duties: pl.DataFrame) -> pl.DataFrame:
    """Return the flat duties that hold, one text a rule."""
    told = pl.format("{} {} for each {} ({})", "currency", pl.col("amount").cast(pl.String), "unit", "applies_to")
    return (
        duties.with_columns(told=told)
        .group_by("rule_id")
        .agg(flat_duty=pl.col("told").sort_by("applies_to").str.join("; "))
    )


def _for_mail(methods: pl.DataFrame, origin: str | None) -> pl.DataFrame:
    """Return how duty on mail is reckoned, beside the exemption that mail does not have."""
    held = [
        method
        for scope, method in methods.select("origin_scope", "duty_method").rows()
        if origin is None or parse_scope(scope).holds(origin)
    ]
    rows = [("POSTAL", "person_day", "; ".join(held))] if held else []
    columns = ("mode_scope", "grouping_key", "duty_method")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String()), orient="row")

"""Answers what rule held on a day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl

from analytics.errors import UsageError
from analytics.rulebook.references import load_references
from analytics.rulebook.scopes import parse_scope

__all__ = ["rules"]

_COUNTRY = re.compile(r"^[A-Z]{2}$")
_MODES = ("air", "truck", "rail", "ocean", "mail", "accompanied")

_SHOWN = [
    "rule_id", "provision", "pool", "origin_scope", "mode_scope", "grouping_key", "status", "limit_amount",
    "limit_currency", "valid_from", "valid_to", "duty_method", "source", "confidence", "note",
]  # fmt: skip


def rules(
    on: date,
    origin: str | None = None,
    mode: str | None = None,
    *,
    regime: str = "us",
    rules_dir: Path | None = None,
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

    Returns
    -------
    polars.DataFrame
        One row per rule: what is added up, the limit, its status, since when and until when, the source and why.

    Raises
    ------
    UsageError
        The origin is no country code, or the mode is not known.

    Examples
    --------
    >>> rules(date(2025, 3, 1), "JP", "air").filter(pool="standard")["rule_id"].to_list()
    ['US-C-05']
    """
    _check(origin, mode)
    tables = load_references(rules_dir).tables
    limits = _in_force(tables["ref_limits"], regime, on)
    expressions = {(kind, scope): text for kind, scope, text in tables["ref_scopes"].select(pl.nth(0, 1, 2)).rows()}
    for kind, value in (("origin", origin), ("mode", mode)):
        if value is not None:
            scopes = {scope: parse_scope(text).holds(value) for (of, scope), text in expressions.items() if of == kind}
            limits = limits.filter(pl.col(f"{kind}_scope").replace_strict(scopes, return_dtype=pl.Boolean))
    methods = _in_force(tables["ref_postal_duty_methods"], regime, on)
    shown = limits.join(_for_mail(methods, origin), how="left", on=["mode_scope", "grouping_key"])
    return shown.select(_SHOWN).sort("provision", "rule_id", "valid_from")


def _check(origin: str | None, mode: str | None) -> None:
    if origin is not None and not _COUNTRY.match(origin):
        raise UsageError(f"origin {origin!r} is no country; give two capital letters of ISO 3166, such as CN.")
    if mode is not None and mode not in _MODES:
        raise UsageError(f"mode {mode!r} is not known; give one of: {', '.join(_MODES)}.")


def _in_force(table: pl.DataFrame, regime: str, on: date) -> pl.DataFrame:
    begun = pl.col("valid_from") <= on
    not_ended = pl.col("valid_to").is_null() | (pl.col("valid_to") > on)
    return table.filter(pl.col("regime") == regime, begun, not_ended)


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

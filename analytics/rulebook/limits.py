"""What holds inside the table of limits beyond its columns: kinds, amounts, scopes, one answer for every day."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analytics.contracts.reference import MODES, REFERENCES
from analytics.errors import RulesError
from analytics.rulebook.files import LINE
from analytics.rulebook.scopes import check_members, parse_scope
from analytics.rulebook.timelines import cells_of_limits, check_timelines

__all__ = ["SUSPENSIONS", "check_limits", "under_suspension", "with_kinds"]

SUSPENSIONS = ("valid", "invalid")
_EXEMPTIONS = ("regime", "kind", "pool")
_CELL = ("origin", "mode")


def with_kinds(limits: pl.DataFrame) -> pl.DataFrame:
    """Fill in what a user's table may leave out: the kind of a rule, and the pool of an exemption.

    The limit of an informal entry is about the appraised value (19 USC 1401a) where no row says otherwise.
    An amount that stands beside an exemption not on offer is taken away: there is no limit then, not one of nothing.
    """
    said = pl.col("provision").str.to_lowercase()
    by_name = (
        pl.when(pl.col("grouping_key") == "person_day").then(pl.lit("exemption"))
        .when(said.str.contains("lots")).then(pl.lit("lots_bar"))
        .when(said.str.contains("entry")).then(pl.lit("entry_limit"))
        .when(said.str.contains("penalty")).then(pl.lit("penalty"))
        .when(pl.col("grouping_key") == "order").then(pl.lit("lots_bar"))
        .otherwise(pl.lit("exemption"))
    )  # fmt: skip
    pool = (
        pl.when(said.str.contains("gift")).then(pl.lit("gift"))
        .when(said.str.contains("personal")).then(pl.lit("personal"))
        .otherwise(pl.lit("standard"))
    )  # fmt: skip
    filled = limits.with_columns(kind=pl.coalesce("kind", by_name))
    is_exemption = pl.col("kind") == "exemption"
    is_off = is_exemption & (pl.col("status") != "eligible")
    return filled.with_columns(
        pool=pl.when(is_exemption).then(pl.coalesce("pool", pool)).otherwise("pool"),
        value_basis=pl.coalesce("value_basis", pl.when(pl.col("kind") == "entry_limit").then(pl.lit("transaction"))),
        limit_amount=pl.when(~is_off).then("limit_amount"),
        limit_currency=pl.when(~is_off).then("limit_currency"),
    )


def under_suspension(limits: pl.DataFrame, suspension: str) -> pl.DataFrame:
    """Return the rows that hold where the suspension by executive order is taken as valid, or as invalid."""
    return limits.filter(pl.col("if_suspension").is_null() | (pl.col("if_suspension") == suspension))


def check_limits(path: Path, limits: pl.DataFrame, named: pl.DataFrame) -> None:
    """Raise where a limit lacks its amount, a scope names what is no country or mode, or a day has two answers or none.

    Parameters
    ----------
    path : Path
        The file, for the message.
    limits : polars.DataFrame
        Its rows with their lines.
    named : polars.DataFrame
        The scopes that have a name.

    Raises
    ------
    RulesError
        At the first row that is wrong.
    """
    _check_amounts(path, limits)
    _check_scopes(path, limits, named)
    cells = cells_of_limits(limits, named)
    for suspension in SUSPENSIONS:
        held = under_suspension(cells, suspension)
        check_timelines(path, held, REFERENCES["ref_limits"], _CELL)
        exempting = held.filter(pl.col("kind") == "exemption")
        check_timelines(path, exempting, REFERENCES["ref_limits"], scope=(*_EXEMPTIONS, *_CELL), is_gapless=False)


def _check_amounts(path: Path, limits: pl.DataFrame) -> None:
    is_offered = pl.col("status") == "eligible"
    lacking = limits.filter(is_offered & pl.col("limit_amount").is_null() & (pl.col("kind") != "lots_bar"))
    if lacking.height:
        line, rule = lacking.select(LINE, "rule_id").row(0)
        raise RulesError(f"{path} line {line}: {rule} is eligible and has no limit_amount. Give it, or another status.")
    single = limits.filter(pl.col("limit_amount").is_null() != pl.col("limit_currency").is_null())
    if single.height:
        line, rule = single.select(LINE, "rule_id").row(0)
        raise RulesError(f"{path} line {line}: {rule} has limit_amount or limit_currency alone. Give both or neither.")


def _check_scopes(path: Path, limits: pl.DataFrame, named: pl.DataFrame) -> None:
    names = {(kind, scope): text for kind, scope, text in named.select("scope_kind", "scope", "expression").rows()}
    for kind in _CELL:
        for line, scope in limits.select(LINE, f"{kind}_scope").rows():
            try:
                check_members(kind, parse_scope(names.get((kind, scope), scope)), MODES)
            except RulesError as error:
                raise RulesError(f"{path} line {line}: {kind}_{error}") from None

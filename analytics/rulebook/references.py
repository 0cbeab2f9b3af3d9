"""Loads the reference tables: the ones that ship, or the user's own in place of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from analytics.contracts.paths import sql_folder
from analytics.contracts.reference import REFERENCES, Reference
from analytics.errors import RulesError
from analytics.rulebook.files import LINE, read_reference
from analytics.rulebook.needs import expand_fields
from analytics.rulebook.scopes import expand_scopes
from analytics.rulebook.timelines import cells_of_limits, check_timelines

__all__ = ["References", "load_references"]

_DOLLAR = "USD"


@dataclass(frozen=True)
class References:
    """The reference tables in force.

    Attributes
    ----------
    tables : dict
        Name, such as ``ref_limits``, to its rows, sorted.
    sha256 : str
        Digest of all of them: the same rows give the same digest.
    """

    tables: dict[str, pl.DataFrame]
    sha256: str


def load_references(rules_dir: Path | None = None) -> References:
    """Load every reference table and prove it.

    Parameters
    ----------
    rules_dir : Path or None
        A folder with the user's own versions; a file there replaces the table of its name as a whole.

    Returns
    -------
    result : References
        The tables by name, and their digest.

    Raises
    ------
    RulesError
        A file is unknown or not readable, breaks its contract, or leaves a day with two rules or none.
    """
    files = _files(rules_dir)
    tables = {name: read_reference(files[name], reference) for name, reference in REFERENCES.items()}
    tables["ref_limits"] = _with_pools(tables["ref_limits"])
    for name, reference in REFERENCES.items():
        if reference.scope:
            _check(files[name], name, tables, reference)
    tables["ref_fx_rates"] = _with_dollar(tables["ref_fx_rates"])
    limits, named = tables["ref_limits"], tables["ref_scopes"]
    tables["ref_scopes"], tables["ref_scope_members"] = expand_scopes(limits, named)
    tables["ref_typology_fields"] = expand_fields(files["ref_typologies"], tables["ref_typologies"])
    ready = {name: _sorted(table) for name, table in sorted(tables.items())}
    return References(ready, _digest(ready))


def _digest(tables: dict[str, pl.DataFrame]) -> str:
    found = hashlib.sha256()
    for name, table in tables.items():
        found.update(f"{name}\n{table.write_csv()}".encode())
    return found.hexdigest()


def _files(rules_dir: Path | None) -> dict[str, Path]:
    shipped = {name: sql_folder() / "00_reference" / f"{name}.csv" for name in REFERENCES}
    if rules_dir is None:
        return shipped
    if not rules_dir.is_dir():
        raise RulesError(f"{rules_dir}: no such folder. Name a folder that holds files such as ref_limits.csv.")
    own = {path.stem: path for path in sorted(rules_dir.glob("ref_*.csv"))}
    known = ", ".join(f"{name}.csv" for name in REFERENCES)
    if not own:
        raise RulesError(f"{rules_dir}: holds no reference table. Put there one or more of: {known}.")
    unknown = sorted(set(own) - set(REFERENCES))
    if unknown:
        raise RulesError(f"{own[unknown[0]]}: no reference table has this name. There are: {known}.")
    return {**shipped, **own}


def _check(path: Path, name: str, tables: dict[str, pl.DataFrame], reference: Reference) -> None:
    if name == "ref_limits":
        check_timelines(path, cells_of_limits(tables[name], tables["ref_scopes"]), reference, ("origin", "mode"))
    else:
        check_timelines(path, tables[name], reference)


def _with_pools(limits: pl.DataFrame) -> pl.DataFrame:
    said = pl.col("provision").str.to_lowercase()
    named = (
        pl.when(said.str.contains("gift")).then(pl.lit("gift"))
        .when(said.str.contains("personal")).then(pl.lit("personal"))
        .otherwise(pl.lit("standard"))
    )  # fmt: skip
    by_day = pl.col("grouping_key") == "person_day"
    return limits.with_columns(pool=pl.when(by_day).then(pl.coalesce("pool", named)).otherwise(pl.col("pool")))


def _with_dollar(rates: pl.DataFrame) -> pl.DataFrame:
    """Amounts are kept in dollars, so a dollar is worth one whatever the user's table holds."""
    row = {
        "valid_from": date.min,
        "valid_to": None,
        "source": "the unit itself",
        "confidence": "official",
        "currency": _DOLLAR,
        "usd_per_unit": Decimal(1),
    }
    others = rates.drop(LINE).filter(pl.col("currency") != _DOLLAR)
    return pl.concat([others, pl.DataFrame([row], schema=others.schema)])


def _sorted(table: pl.DataFrame) -> pl.DataFrame:
    return table.drop(LINE, strict=False).sort(pl.all(), nulls_last=True)

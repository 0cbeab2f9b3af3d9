"""Loads the reference tables: the ones that ship, or the user's own in place of them."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from analytics.contracts.paths import sql_folder
from analytics.contracts.reference import REFERENCES
from analytics.errors import RulesError, UsageError
from analytics.rulebook.files import LINE, read_rates, read_reference
from analytics.rulebook.folders import TableFile, table_files
from analytics.rulebook.limits import check_limits, with_kinds
from analytics.rulebook.needs import check_fields, expand_fields, for_every_regime
from analytics.rulebook.scopes import expand_scopes
from analytics.rulebook.timelines import check_timelines

__all__ = ["References", "known_regimes", "load_references"]

_DOLLAR = "USD"
_HOME = "us"
_DERIVED = ("ref_scope_members",)
_RATES = "ref_hts_rates"
_SCOPED = ("ref_limits", "ref_duty_layers")
"""The tables whose rows hold for some origins and modes."""


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

    def for_regime(self, regime: str) -> References:
        """Return the tables of one regime: rows of others are left out, and so are tables that are about others.

        Raises
        ------
        UsageError
            No table of limits is about that regime.
        """
        regimes = self.tables["ref_limits"]["regime"].unique().sort().to_list()
        if regime not in regimes:
            raise UsageError(
                f"--regime {regime!r} is not known; there are: {', '.join(regimes)}. "
                "A folder of that name under --rules adds one."
            )
        kept = {name: _of_regime(name, table, regime) for name, table in self.tables.items()}
        for name in ("ref_scopes", *_DERIVED):
            kept[name] = _scopes_used(kept[name], [kept[table] for table in _SCOPED])
        return References(kept, _digest(kept))


def load_references(rules_dir: Path | None = None) -> References:
    """Load every reference table and prove it.

    Parameters
    ----------
    rules_dir : Path or None
        A folder with the user's own versions: a file there replaces the table of its name as a whole, a folder there
        adds or replaces the regime it is named for.

    Returns
    -------
    result : References
        The tables by name, and their digest.

    Raises
    ------
    RulesError
        A file is unknown or not readable, breaks its contract, or leaves a day with two rules or none.
    """
    files = table_files(rules_dir)
    named = _read("ref_scopes", files["ref_scopes"][0])
    tables = {name: _table(name, files[name], files["ref_scopes"][0]) for name in REFERENCES}
    tables["ref_fx_rates"] = _with_dollar(tables["ref_fx_rates"])
    tables["ref_scopes"], tables["ref_scope_members"] = expand_scopes([tables[name] for name in _SCOPED], named)
    tables["ref_typologies"] = for_every_regime(tables["ref_typologies"], tables["ref_limits"])
    tables["ref_typology_fields"] = expand_fields(tables["ref_typologies"])
    ready = {name: _sorted(table) for name, table in sorted(tables.items())}
    return References(ready, _digest(ready))


def known_regimes(rules_dir: Path | None = None) -> list[str]:
    """Return the regimes that there are limits of, without loading the large tables."""
    files = table_files(rules_dir)
    limits = _table("ref_limits", files["ref_limits"], files["ref_scopes"][0])
    return limits["regime"].unique().sort().to_list()


def _table(name: str, files: list[TableFile], scopes: TableFile) -> pl.DataFrame:
    """Read and prove one table; a process that screens more than once does so again only where a file has changed."""
    return _table_as_it_was(name, tuple(files), scopes, tuple(_stamp(file.path) for file in (*files, scopes)))


@functools.lru_cache(maxsize=len(REFERENCES) * 4)
def _table_as_it_was(
    name: str, files: tuple[TableFile, ...], scopes: TableFile, _: tuple[tuple[int, int] | None, ...]
) -> pl.DataFrame:
    """Read the files of one table and prove each of them by itself."""
    named = _read("ref_scopes", scopes)
    parts = []
    for file in files:
        part = _read(name, file)
        if name == "ref_limits":
            part = with_kinds(part)
            check_limits(file.path, part, named)
        elif REFERENCES[name].scope:
            check_timelines(file.path, part, REFERENCES[name])
        if name == "ref_typologies":
            check_fields(file.path, part)
        parts.append(part)
    if any(file.regime for file in files):
        _check_apart(files, parts)
    return pl.concat(parts)


def _read(name: str, file: TableFile) -> pl.DataFrame:
    """Read one file; a process that screens more than once reads it again only where it has changed."""
    return _read_as_it_was(name, file, _stamp(file.path))


def _stamp(path: Path) -> tuple[int, int] | None:
    """When a file was changed last, and its size; nothing where it is not there, of which nothing is kept."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@functools.lru_cache(maxsize=len(REFERENCES) * 4)
def _read_as_it_was(name: str, file: TableFile, _: tuple[int, int] | None) -> pl.DataFrame:
    shipped = sql_folder() / "00_reference" / f"{_RATES}.csv"
    if name == _RATES and file.path != shipped:
        return read_rates(file.path, REFERENCES[name], shipped)
    return read_reference(file.path, REFERENCES[name], regime=file.regime)


def _check_apart(files: Sequence[TableFile], parts: list[pl.DataFrame]) -> None:
    """Raise where a regime that has a folder has rows elsewhere too."""
    in_folders = {file.regime for file in files if file.regime is not None}
    for file, part in zip(files, parts, strict=True):
        if file.regime is None:
            twice = part.filter(pl.col("regime").is_in(in_folders))
            if twice.height:
                line, regime = twice.select(LINE, "regime").row(0)
                raise RulesError(f"{file.path} line {line}: regime {regime} has its own folder. Move the row there.")


def _of_regime(name: str, table: pl.DataFrame, regime: str) -> pl.DataFrame:
    if "regime" in table.columns:
        return table.filter(pl.col("regime") == regime)
    is_about_all = name in _DERIVED or REFERENCES[name].is_shared or regime == _HOME
    return table if is_about_all else table.clear()


def _scopes_used(scopes: pl.DataFrame, scoped: Iterable[pl.DataFrame]) -> pl.DataFrame:
    used = [
        table.select(scope_kind=pl.lit(kind), scope=f"{kind}_scope").unique()
        for table in scoped
        for kind in ("origin", "mode")
    ]
    return scopes.join(pl.concat(used), on=["scope_kind", "scope"], how="semi", maintain_order="left")


def _digest(tables: dict[str, pl.DataFrame]) -> str:
    found = hashlib.sha256()
    for name, table in tables.items():
        found.update(f"{name}\n{table.write_csv()}".encode())
    return found.hexdigest()


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

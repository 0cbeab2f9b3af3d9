"""Reads one reference table from a CSV file, and says at which line it is wrong."""

from __future__ import annotations

from pathlib import Path

import dataframely as dy
import polars as pl

from analytics.contracts.reference import Reference
from analytics.errors import RulesError
from analytics.rulebook.schedules import from_published, is_published, over_shipped

__all__ = ["LINE", "read_rates", "read_reference"]

LINE = "line"
_HEADING_LINES = 1
_BOOLEANS = {"true": True, "false": False}


def read_reference(path: Path, reference: Reference, *, regime: str | None = None) -> pl.DataFrame:
    """Read and type one table; its lines in the file stay beside it in column ``line``.

    Parameters
    ----------
    path : Path
        A CSV file with a heading.
    reference : Reference
        What it must hold.
    regime : str or None
        The one regime its rows must be about.

    Raises
    ------
    RulesError
        The file cannot be read, a column is missing or unknown, or a value breaks the contract.
    """
    written = _read_text(path)
    _check_headings(path, written.columns, reference)
    typed = written.select(
        LINE, *(_typed(path, written, name, kind) for name, kind in reference.schema.create_empty().schema.items())
    )
    _check_contract(path, typed, reference)
    if regime is not None:
        _check_regime(path, typed, regime)
    return typed


def read_rates(path: Path, reference: Reference, shipped: Path) -> pl.DataFrame:
    """Read general rates, also as the US government publishes them: those then follow the rates that ship.

    Parameters
    ----------
    path : Path
        ``ref_hts_rates`` of the user, or the schedule of the tariff as it is published, under that name.
    reference : Reference
        What it must hold.
    shipped : Path
        The table that ships.

    Raises
    ------
    RulesError
        As `read_reference`; or a published schedule has no rate.
    """
    written = _read_text(path)
    if not is_published(written.columns):
        return read_reference(path, reference)
    held = read_reference(shipped, reference)
    begin = held["read_on"].max()
    rows = from_published(written, begin, path.name)  # type: ignore[arg-type]
    if rows.is_empty():
        raise RulesError(
            f"{path}: no line of eight or ten digits has a general rate. Save the whole schedule, as published, as CSV."
        )
    types = reference.schema.create_empty().schema.items()
    typed = rows.select(LINE, *(_typed(path, rows, name, kind) for name, kind in types))
    _check_contract(path, typed, reference)
    return over_shipped(held, typed, begin)  # type: ignore[arg-type]


def _read_text(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise RulesError(f"{path}: cannot be read as UTF-8 CSV: {error}. Save it as CSV with a heading.") from error
    trimmed = frame.select(pl.all().str.strip_chars())
    return trimmed.with_row_index(LINE, offset=1 + _HEADING_LINES).with_columns(pl.col(LINE).cast(pl.Int64))


def _check_headings(path: Path, found: list[str], reference: Reference) -> None:
    known = reference.schema.column_names()
    missing = [name for name in known if name not in found and name not in reference.optional]
    if missing:
        raise RulesError(f"{path}: column {missing[0]!r} is missing; the table has: {', '.join(known)}. Add it.")
    unknown = [name for name in found if name not in known and name != LINE]
    if unknown:
        raise RulesError(f"{path}: column {unknown[0]!r} is not known; the table has: {', '.join(known)}. Rename it.")


def _check_regime(path: Path, typed: pl.DataFrame, regime: str) -> None:
    other = typed.filter(pl.col("regime") != regime)
    if other.height:
        line, found = other.select(LINE, "regime").row(0)
        raise RulesError(
            f"{path} line {line}: regime is {found!r} and the folder is {regime!r}. Write {regime}, or move the row."
        )


def _typed(path: Path, written: pl.DataFrame, name: str, kind: pl.DataType) -> pl.Series:
    if name not in written.columns:
        return pl.Series(name, [None] * written.height, dtype=kind)
    text = written[name]
    typed = _cast(text, kind)
    wrong = written.select(LINE, name).filter(text.is_not_null() & typed.is_null())
    if wrong.height:
        line, value = wrong.row(0)
        raise RulesError(f"{path} line {line}: {name} is {value!r}; write {_expected(kind)}.")
    return typed.alias(name)


def _cast(text: pl.Series, kind: pl.DataType) -> pl.Series:
    if kind == pl.Boolean:
        return text.str.to_lowercase().replace_strict(_BOOLEANS, default=None, return_dtype=pl.Boolean)
    if kind == pl.Date:
        return text.str.to_date("%Y-%m-%d", strict=False)
    if isinstance(kind, pl.Decimal):
        is_exact = text.str.contains(rf"^-?[0-9]+(\.[0-9]{{1,{kind.scale}}})?$")
        return pl.select(pl.when(is_exact).then(text)).to_series().cast(kind)
    return text.cast(kind, strict=False)


def _expected(kind: pl.DataType) -> str:
    if kind == pl.Boolean:
        return "true or false"
    if kind == pl.Date:
        return "a day as YYYY-MM-DD"
    return f"a plain number with at most {kind.scale} decimals" if isinstance(kind, pl.Decimal) else "text"


def _check_contract(path: Path, typed: pl.DataFrame, reference: Reference) -> None:
    lined: type[dy.Schema] = type("Lined", (reference.schema,), {LINE: dy.Int64()})
    _, failures = lined.filter(typed)
    broken = sorted(failures.counts())
    if not broken:
        return
    row = failures.details().filter(pl.col(broken[0]) == "invalid").row(0, named=True)
    column, _, kind = broken[0].partition("|")
    if not kind:
        key = ", ".join(reference.schema.primary_key())
        raise RulesError(f"{path} line {row[LINE]}: another line has the same {key}. Remove one of them.")
    shown = "empty" if row[column] is None else repr(str(row[column]))
    meaning = reference.schema.columns()[column].description
    raise RulesError(f"{path} line {row[LINE]}: {column} is {shown} ({kind}). It says: {meaning}. Correct it.")

"""From rows to records: keys are made batch by batch, and rows whose keys are all equal become one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from analytics.contracts.batches import worked_on
from analytics.contracts.stand_ins import is_tax_number
from analytics.errors import UsageError
from analytics.identity.records.arrays import Numbers
from analytics.identity.records.columns import Column, shared_once
from analytics.identity.records.hashing import Hashes, hashes
from analytics.identity.records.records import Records
from analytics.parties.keys import WRITTEN, party_keys
from analytics.parties.text import on_rows

__all__ = [
    "NAMED",
    "NUMBERS",
    "collapsed",
    "content_of",
    "in_order",
    "names_somebody",
    "prepare",
    "rows_with_keys",
    "to_polars",
]

NAMED = ("alias_id", "first_day")
"""Columns of parties that stand beside their keys."""
EXTRA_KINDS = ("date", "text", "id")
BATCH = 131_072
"""Rows whose keys are made at a time."""
SHORT = 2
"""Letters of a surname that is too short to be told within an e-mail address."""
_OWN = ("name", "address", "phone", "email", "email_local", "tax", "tax_deletions", "account")
"""Keys whose values few records share: each record holds its own."""
_TAX = ("consignee_tax_id_hash", "consignee_tax_id_deletions")
_ACCOUNT = ("consignee_id_issuer", "consignee_id")
NUMBERS = (*_TAX, *_ACCOUNT)
"""Columns of tax numbers, hashed, and of accounts."""


def prepare(X: Any, extra: Mapping[str, str], threads: int = 1) -> Records:
    """Make comparison keys of a frame and collapse equal rows.

    Parameters
    ----------
    X : Polars, pandas or Arrow frame
        Any of the ``consignee_*`` columns, and those named in `extra`.
    extra : mapping of str to str
        Kind (date, text or id) of each further column.
    threads : int
        Threads to work with.
    """
    frame = to_polars(X)
    _check(frame, extra)
    batches = (frame.slice(start, BATCH) for start in range(0, max(frame.height, 1), BATCH))
    keyed = worked_on(batches, partial(_batch_keys, extra=extra), threads)
    return collapsed((keys for _, keys in keyed), extra)


def rows_with_keys(frame: pl.DataFrame, kept: tuple[str, ...]) -> pl.DataFrame:
    """Make the keys of some rows, beside columns of theirs that are kept."""
    return pl.concat([frame.select(kept), _batch_keys(frame, {})], how="horizontal")


def _batch_keys(frame: pl.DataFrame, extra: Mapping[str, str]) -> pl.DataFrame:
    keys = party_keys(frame).drop("alias_id", strict=False)
    keys = keys.with_columns(_mail_given(keys), address=pl.concat_str(["house", "street", "postal"], separator="|"))
    further = frame.select(_extra(name, kind) for name, kind in extra.items())
    return pl.concat([keys, _numbers(frame), further], how="horizontal")


def names_somebody(keys: pl.DataFrame, extra: Mapping[str, str]) -> pl.Series:
    """Whether a row stands for anybody."""
    named = keys["party_class"] != "placeholder"
    if extra:
        named |= keys.select(pl.any_horizontal(pl.col(name).is_not_null() for name in extra)).to_series()
    return named


def collapsed(batches: Iterable[pl.DataFrame], extra: Mapping[str, str]) -> Records:
    """Make one record of all rows whose keys are equal.

    Records stand by their postal code, so that those to be compared lie near each other in memory, then by a hash of
    all they hold, so that the order of the rows has no part in it.

    Parameters
    ----------
    batches : iterable of DataFrame
        Keys, as `rows_with_keys` makes them.
    extra : mapping of str to str
        As for `prepare`.
    """
    content, named = [], []
    kept: dict[str, list[pl.Series]] = {}
    types: dict[str, pl.Categorical] = {}
    for keys in batches:
        types = types or shared_once(set(keys.columns) - {*_OWN, *extra})
        is_named = names_somebody(keys, extra)
        named.append(is_named.to_numpy())
        somebody = keys if is_named.all() else keys.filter(is_named)
        content.append(content_of(somebody))
        for column in somebody.cast(types).iter_columns():  # type: ignore[arg-type]
            kept.setdefault(column.name, []).append(column)
    is_there, held, postal = np.concatenate(named), np.concatenate(content), Column(pl.concat(kept["postal"]))
    first, record = in_order(held, postal.of_all(hashes(postal.values)))
    row_record = np.full(len(is_there), -1, dtype=np.int64)
    row_record[is_there] = record
    place = pl.Series(first, dtype=pl.UInt32)
    columns = {name: _gathered(kept.pop(name), place) for name in list(kept)}
    return Records(columns, held[first], row_record, dict(extra))


def _gathered(batches: list[pl.Series], place: pl.Series) -> Column:
    """Values of the records of one key; where all are null, in the form that takes least room."""
    if all(batch.null_count() == len(batch) for batch in batches):
        return Column(pl.repeat(None, len(place), dtype=shared_once(["nothing"])["nothing"], eager=True))
    return Column(pl.concat(batches, rechunk=True).gather(place))


def content_of(keys: pl.DataFrame) -> Hashes:
    """A number for all that each row holds."""
    held: Hashes = keys.drop("party_class").hash_rows(seed=11).to_numpy()
    return held


def in_order(content: Hashes, postal: Hashes) -> tuple[Numbers, Numbers]:
    """First row of each distinct record, and the record of each row; records stand by their postal code."""
    distinct, first, inverse = np.unique(content, return_index=True, return_inverse=True)
    order = np.lexsort((distinct, postal[first]))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return first[order], number[inverse]


def to_polars(X: Any) -> pl.DataFrame:
    """Take a Polars, pandas or Arrow frame as a Polars one."""
    if isinstance(X, pl.DataFrame):
        return X
    if isinstance(X, pl.LazyFrame):
        return X.collect()
    if hasattr(X, "iloc"):
        return _with_whole_numbers(pl.from_pandas(X))
    if hasattr(X, "__arrow_c_stream__"):
        return pl.DataFrame(X)
    raise UsageError(f"X is a {type(X).__name__}; give a Polars, pandas or Arrow frame with consignee_ columns.")


def _with_whole_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Write codes that pandas keeps as floats, for some are missing, as the whole numbers they are: ZIP, telephone."""
    floats = [name for name, dtype in frame.schema.items() if dtype.is_float()]
    frame = frame.with_columns(pl.col(name).fill_nan(None) for name in floats)
    whole = [name for name in floats if (frame[name] % 1 == 0).all()]
    return frame.with_columns(pl.col(name).cast(pl.Int64, strict=False) for name in whole)


def _check(frame: pl.DataFrame, extra: Mapping[str, str]) -> None:
    known = {*WRITTEN, *_TAX, *_ACCOUNT, "consignee_tax_id"}
    if not known & set(frame.columns) and not extra:
        raise UsageError(f"X has none of the columns a party is compared by; give any of: {', '.join(sorted(known))}.")
    for name, kind in extra.items():
        if name not in frame.columns:
            raise UsageError(f"extra_columns names {name!r}, which X does not have; its columns are: {frame.columns}.")
        if kind not in EXTRA_KINDS:
            raise UsageError(f"extra_columns: {name!r} is of kind {kind!r}; the kinds are: {', '.join(EXTRA_KINDS)}.")


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Tax and account numbers, from clear columns or hashed ones."""
    blank = pl.lit(None, pl.String)
    have = set(frame.columns)
    tax, deletions = blank, blank
    if "consignee_tax_id" in have:
        bare = pl.col("consignee_tax_id").cast(pl.String).str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
        tax = bare.map_batches(_without_stand_ins, return_dtype=pl.String)
    elif "consignee_tax_id_hash" in have:
        tax = pl.col("consignee_tax_id_hash").cast(pl.String)
        deletions = pl.col("consignee_tax_id_deletions") if "consignee_tax_id_deletions" in have else blank
    account = _filled("consignee_id") if "consignee_id" in have else blank
    issuer = _filled("consignee_id_issuer") if "consignee_id_issuer" in have else blank
    issuer = pl.when(account.is_not_null()).then(issuer)
    anchor = pl.repeat(None, pl.len(), dtype=pl.String).alias("_anchor")
    return frame.select(anchor, tax=tax, tax_deletions=deletions, issuer=issuer, account=account).drop("_anchor")


def _filled(column: str) -> pl.Expr:
    """Return what is written in a column; null where that is nothing."""
    text = pl.col(column).cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def _without_stand_ins(tax_numbers: pl.Series) -> pl.Series:
    distinct = tax_numbers.drop_nulls().unique()
    known = pl.Series([is_tax_number(number) for number in distinct], dtype=pl.Boolean)
    kept = distinct.filter(known)
    return tax_numbers.replace_strict(kept, kept, default=None, return_dtype=pl.String)


def _mail_given(keys: pl.DataFrame) -> pl.Series:
    """The given name that an e-mail address bears beside the surname."""
    chosen = ((keys["email_local"].str.len_bytes() > 0) & (keys["surname"].str.len_bytes() > SHORT)).fill_null(
        value=False
    )
    rest = pl.col("local").str.strip_suffix(pl.col("surname"))
    rest = pl.when(rest == pl.col("local")).then(pl.col("local").str.strip_prefix(pl.col("surname"))).otherwise(rest)
    owners = keys.select("surname", local="email_local").filter(chosen)
    local = on_rows(
        owners["local"], owners["local"].str.contains("[^a-z]"), lambda column: column.str.replace_all("[^a-z]", "")
    )
    borne = owners.with_columns(local).select(pl.when((rest != pl.col("local")) & (rest != "")).then(rest)).to_series()
    place = pl.Series(np.where(chosen.to_numpy(), np.cumsum(chosen.to_numpy()) - 1, len(borne)).astype(np.uint32))
    return borne.extend(pl.Series([None], dtype=pl.String)).gather(place).alias("mail_given")


def _extra(name: str, kind: str) -> pl.Expr:
    """An extra column as text: dates as digits, the rest as lower-case words."""
    text = pl.col(name).cast(pl.String).str.to_lowercase()
    allowed = r"[^0-9]+" if kind == "date" else r"[^\p{L}\p{N}]+"
    spaced = text.str.replace_all(allowed, "" if kind != "text" else " ").str.strip_chars()
    return pl.when(spaced != "").then(spaced).alias(name)

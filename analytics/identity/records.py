"""The distinct parties of a frame, as numbers that can be compared by the million.

Rows whose keys are all equal are one record. Records stand in the order of a hash of their content, so that nothing
downstream depends on the order or the number of the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.errors import UsageError
from analytics.parties.keys import WRITTEN, party_keys

__all__ = ["NOTHING", "Records", "hashes", "prepare", "to_polars"]

NOTHING = np.uint64(0)
"""Stands for null in an array of hashes."""

EXTRA_KINDS = ("date", "text", "id")
_TAX = ("consignee_tax_id_hash", "consignee_tax_id_deletions")
_ACCOUNT = ("consignee_id_issuer", "consignee_id")
_HIDDEN = ("party_class", "alias_id")


@dataclass(frozen=True)
class Records:
    """Distinct parties.

    Attributes
    ----------
    keys : DataFrame
        One row per record: the comparison keys, ``tax``, ``tax_deletions``, ``issuer``, ``account`` and the extra columns.
    row_record : ndarray
        The record of each row of the frame; -1 for rows that stand for nobody.
    extra : mapping
        Kind of each extra column.
    """

    keys: pl.DataFrame
    row_record: NDArray[np.int64]
    extra: Mapping[str, str] = field(default_factory=dict)
    _hashes: dict[str, NDArray[np.uint64]] = field(default_factory=dict, repr=False)
    _counts: dict[str, NDArray[np.int64]] = field(default_factory=dict, repr=False)
    _texts: dict[str, NDArray[np.object_]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return self.keys.height

    def hash(self, column: str) -> NDArray[np.uint64]:
        """Hash of each record's value; `NOTHING` for null."""
        if column not in self._hashes:
            self._hashes[column] = hashes(self.keys[column])
        return self._hashes[column]

    def count(self, column: str) -> NDArray[np.int64]:
        """How many records share each record's value."""
        if column not in self._counts:
            _, inverse, counts = np.unique(self.hash(column), return_inverse=True, return_counts=True)
            self._counts[column] = counts[inverse]
        return self._counts[column]

    def text(self, column: str) -> NDArray[np.object_]:
        """Each record's value as Python text; empty for null."""
        if column not in self._texts:
            self._texts[column] = self.keys[column].fill_null("").to_numpy().astype(object)
        return self._texts[column]


def hashes(values: pl.Series) -> NDArray[np.uint64]:
    """Hash of each value, `NOTHING` for null; the same in every run."""
    hashed = values.hash(seed=7).to_numpy()
    return np.where(values.is_null().to_numpy(), NOTHING, hashed | np.uint64(1))


def prepare(X: Any, extra: Mapping[str, str]) -> Records:
    """Make comparison keys of a frame and collapse equal rows.

    Parameters
    ----------
    X : Polars, pandas or Arrow frame
        Any of the ``consignee_*`` columns, and those named in `extra`.
    extra : mapping of str to str
        Kind (date, text or id) of each further column.
    """
    frame = to_polars(X)
    _check(frame, extra)
    keys = party_keys(frame).drop("alias_id", strict=False)
    keys = pl.concat(
        [keys, _numbers(frame), frame.select(_extra(name, kind) for name, kind in extra.items())], how="horizontal"
    )
    named = keys["party_class"] != "placeholder"
    if extra:
        named |= keys.select(pl.any_horizontal(pl.col(name).is_not_null() for name in extra)).to_series()
    content = keys.drop("party_class").hash_rows(seed=11).to_numpy()
    distinct, first, inverse = np.unique(content[named.to_numpy()], return_index=True, return_inverse=True)
    row_record = np.full(frame.height, -1, dtype=np.int64)
    row_record[named.to_numpy()] = inverse
    keys = keys.with_columns(address=pl.concat_str(["house", "street", "postal"], separator="|"))
    return Records(keys.filter(named)[first], row_record, dict(extra))


def to_polars(X: Any) -> pl.DataFrame:
    """Take a Polars, pandas or Arrow frame as a Polars one."""
    if isinstance(X, pl.DataFrame):
        return X
    if isinstance(X, pl.LazyFrame):
        return X.collect()
    if hasattr(X, "iloc"):
        return pl.from_pandas(X)
    if hasattr(X, "__arrow_c_stream__"):
        return pl.DataFrame(X)
    raise UsageError(f"X is a {type(X).__name__}; give a Polars, pandas or Arrow frame with consignee_ columns.")


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
        is_real = (bare.str.len_bytes() >= 5) & ~bare.str.contains(r"^(?:0+|1+|9+|123456789|987654321)$")
        tax = pl.when(is_real).then(bare)
    elif "consignee_tax_id_hash" in have:
        tax = pl.col("consignee_tax_id_hash").cast(pl.String)
        deletions = pl.col("consignee_tax_id_deletions") if "consignee_tax_id_deletions" in have else blank
    account = pl.col("consignee_id").cast(pl.String) if "consignee_id" in have else blank
    issuer = pl.col("consignee_id_issuer").cast(pl.String) if "consignee_id_issuer" in have else blank
    anchor = pl.repeat(None, pl.len(), dtype=pl.String).alias("_anchor")
    return frame.select(anchor, tax=tax, tax_deletions=deletions, issuer=issuer, account=account).drop("_anchor")


def _extra(name: str, kind: str) -> pl.Expr:
    """An extra column as text: dates as digits, the rest as lower-case words."""
    text = pl.col(name).cast(pl.String).str.to_lowercase()
    allowed = r"[^0-9]+" if kind == "date" else r"[^\p{L}\p{N}]+"
    spaced = text.str.replace_all(allowed, "" if kind != "text" else " ").str.strip_chars()
    return pl.when(spaced != "").then(spaced).alias(name)

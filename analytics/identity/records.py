"""The distinct parties of a frame, as numbers that can be compared by the million.

Rows whose keys are all equal are one record. Records stand in the order of a hash of their content, so that nothing
downstream depends on the order or the number of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.errors import UsageError
from analytics.identity.hashing import (
    NOTHING,
    Hashes,
    all_of,
    any_order,
    first_letters,
    hashes,
    letters_used,
    mixed,
    word_hashes,
)
from analytics.parties.keys import WRITTEN, party_keys
from analytics.parties.text import on_rows

__all__ = ["Numbers", "Records", "prepare", "to_polars"]

Numbers = NDArray[np.int64]

EXTRA_KINDS = ("date", "text", "id")
BATCH = 131_072
"""Rows whose keys are made at a time."""
SHORT = 2
"""Letters of a surname that is too short to be told within an e-mail address."""
LETTERS = 16
ALPHABET_LETTERS = 24
"""Letters of a value that are looked at for which of the alphabet it has."""
_BITS = np.zeros(256, dtype=np.uint32)
_BITS[ord("a") : ord("z") + 1] = np.uint32(1) << np.arange(26, dtype=np.uint32)
_BITS[ord("0") : ord("9") + 1] = np.uint32(1) << np.uint32(26)
MOST_KINSHIP = 100.0
_NAME_WORDS = ("whole_name", "rare_word", "second_word")
_TAX = ("consignee_tax_id_hash", "consignee_tax_id_deletions")
_ACCOUNT = ("consignee_id_issuer", "consignee_id")
_HIDDEN = ("party_class", "alias_id")


@dataclass(frozen=True)
class Records:
    """Distinct parties.

    Attributes
    ----------
    keys : DataFrame
        One row per record: the comparison keys, ``tax``, ``tax_deletions``, ``issuer``, ``account``, extra columns.
    row_record : ndarray
        The record of each row of the frame; -1 for rows that stand for nobody.
    extra : mapping
        Kind of each extra column.
    """

    keys: pl.DataFrame
    row_record: Numbers
    extra: Mapping[str, str] = field(default_factory=dict)
    _hashes: dict[str, Hashes] = field(default_factory=dict, repr=False)
    _counts: dict[str, Numbers] = field(default_factory=dict, repr=False)
    _letters: dict[str, Hashes] = field(default_factory=dict, repr=False)
    _alphabets: dict[str, NDArray[np.uint32]] = field(default_factory=dict, repr=False)
    _lengths: dict[str, NDArray[np.uint32]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return self.keys.height

    def hash(self, column: str) -> Hashes:
        """Hash of each value, `NOTHING` for null.

        ``name<2`` is its first two letters, ``name>3`` its last three, ``given+house`` both together, ``given&surname``
        both in any order.
        """
        if column in _NAME_WORDS and column not in self._hashes:
            self._hashes.update(zip(_NAME_WORDS, word_hashes(self.keys["firm"]), strict=True))
            person = any_order(self.hash("given"), self.hash("surname"))
            self._hashes["whole_name"] = np.where(person == NOTHING, self._hashes["whole_name"], person)
        if column not in self._hashes:
            self._hashes[column] = self._hashed(column)
        return self._hashes[column]

    def _hashed(self, column: str) -> Hashes:
        if "&" in column:
            return any_order(*(self.hash(part) for part in column.split("&")))
        if "+" in column:
            return all_of(*(self.hash(part) for part in column.split("+")))
        return hashes(self._values(column))

    def count(self, column: str) -> Numbers:
        """How many records share each record's value; 0 for null."""
        if column not in self._counts:
            values = self.hash(column)
            shared = pl.DataFrame({"value": values}).select(pl.len().over("value")).to_series().to_numpy()
            self._counts[column] = np.where(values == NOTHING, 0, shared).astype(np.int64)
        return self._counts[column]

    @cached_property
    def kinship_of_names(self) -> float:
        """How much more often than by chance a given name and a surname meet, for they come from one culture.

        Told from pairs of one whole name in two states, hardly any of which are one party.
        """
        area = self.hash("state")
        named = (self.hash("given") != NOTHING) & (self.hash("surname") != NOTHING) & (area != NOTHING)
        parts = [self.hash(column)[named] for column in ("whole_name", "given", "surname")]
        met = _pairs_of_one(parts[0]) - _pairs_of_one(mixed(parts[0] + area[named]))
        apart = 1 - _pairs_of_one(area[named]) / max(_pairs_of_one(np.zeros_like(parts[0])), 1)
        expected = 2 * _pairs_of_one(parts[1]) * _pairs_of_one(parts[2]) / max(len(parts[0]), 1) ** 2 * apart
        return float(np.clip((met + 1) / (expected + 1), 1, MOST_KINSHIP))

    def text(self, column: str, rows: Numbers) -> NDArray[np.object_]:
        """Values of some records as Python text; empty for null."""
        return self.keys[column].gather(pl.Series(rows, dtype=pl.UInt32)).fill_null("").to_numpy()

    def letters(self, column: str) -> Hashes:
        """The first sixteen letters of each record's value, as two numbers of eight bytes."""
        if column not in self._letters:
            self._letters[column] = first_letters(self.keys[column], LETTERS).view(np.uint64)
        return self._letters[column]

    def alphabet(self, column: str) -> NDArray[np.uint32]:
        """Which letters each record's value has, one bit each."""
        if column not in self._alphabets:
            self._alphabets[column] = letters_used(self.keys[column], ALPHABET_LETTERS, _BITS)
        return self._alphabets[column]

    def length(self, column: str) -> NDArray[np.uint32]:
        """Letters of each record's value; 0 for null."""
        if column not in self._lengths:
            self._lengths[column] = self.keys[column].str.len_bytes().fill_null(0).to_numpy()
        return self._lengths[column]

    def warm_like(self, other: Records, threads: int) -> None:
        """Look up all that other records have looked up, on several threads: the threads after them find it there."""
        look_ups: list[tuple[Callable[[str], Any], Iterable[str]]] = [
            (self.count, other._counts),
            (self.letters, other._letters),
            (self.alphabet, other._alphabets),
            (self.length, other._lengths),
        ]
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(self.hash, column) for column in other._hashes]:
                done.result()
            for done in [pool.submit(look_up, column) for look_up, columns in look_ups for column in columns]:
                done.result()

    def few(self) -> Self:
        """The first two records by themselves, with nothing looked up."""
        nothing: dict[str, Any] = {"_hashes": {}, "_counts": {}, "_letters": {}, "_alphabets": {}, "_lengths": {}}
        return replace(self, keys=self.keys.head(2), row_record=np.arange(2), **nothing)

    def _values(self, column: str) -> pl.Series:
        if "<" in column:
            name, letters = column.split("<")
            return self.keys[name].str.head(int(letters))
        if ">" in column:
            name, letters = column.split(">")
            return self.keys[name].str.tail(int(letters))
        return self.keys[column]


def _pairs_of_one(values: Hashes) -> float:
    """Pairs of records that share a value."""
    counts = np.unique(values, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1) / 2).sum())


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
    further = frame.select(_extra(name, kind) for name, kind in extra.items())
    keys = pl.concat([_keys(frame, threads), _numbers(frame), further], how="horizontal")
    named = keys["party_class"] != "placeholder"
    if extra:
        named |= keys.select(pl.any_horizontal(pl.col(name).is_not_null() for name in extra)).to_series()
    keys = keys if named.all() else keys.filter(named)
    first, record = _collapsed(keys)
    row_record = np.full(frame.height, -1, dtype=np.int64)
    row_record[named.to_numpy()] = record
    return Records(keys.select(pl.all().gather(pl.Series(first))), row_record, dict(extra))


def _keys(frame: pl.DataFrame, threads: int) -> pl.DataFrame:
    """Keys of every row, worked out batch by batch on several threads."""
    batches = [frame.slice(start, BATCH) for start in range(0, max(frame.height, 1), BATCH)]
    with ThreadPoolExecutor(threads) as pool:
        made = list(pool.map(_batch_keys, batches))
    return pl.concat(made, rechunk=True)


def _batch_keys(frame: pl.DataFrame) -> pl.DataFrame:
    keys = party_keys(frame).drop("alias_id", strict=False)
    return keys.with_columns(_mail_given(keys), address=pl.concat_str(["house", "street", "postal"], separator="|"))


def _collapsed(keys: pl.DataFrame) -> tuple[Numbers, Numbers]:
    """First row of each distinct record, and the record of each row.

    Records stand by their postal code, so that those to be compared lie near each other in memory, then by a hash of
    all they hold, so that the order of the rows has no part in it.
    """
    content = keys.drop("party_class").hash_rows(seed=11).to_numpy()
    distinct, first, inverse = np.unique(content, return_index=True, return_inverse=True)
    order = np.lexsort((distinct, hashes(keys["postal"])[first]))
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
        from_pandas: pl.DataFrame = pl.from_pandas(X)
        return from_pandas
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
    issuer = pl.when(account.is_not_null()).then(issuer)
    anchor = pl.repeat(None, pl.len(), dtype=pl.String).alias("_anchor")
    return frame.select(anchor, tax=tax, tax_deletions=deletions, issuer=issuer, account=account).drop("_anchor")


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

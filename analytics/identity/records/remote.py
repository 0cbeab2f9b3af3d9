"""Records whose keys stay with the workers of a cluster; the driver holds only numbers about them.

The driver holds every alias and the record it is; of every record a hash of its content and its kind of party; and the
pairs with their scores. Keys are made, hashed, counted, paired, compared and explained where the workers are.
The score of a pair depends on its two parties alone once the term frequencies are known
(`analytics.identity.records.frequencies`). A part of the pairs is therefore compared with the records in it and these
frequencies, which every worker reads once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from uuid import uuid4

import numpy as np
import polars as pl
from polars import selectors

from analytics.contracts.steps import SpreadEngine
from analytics.engines.models import load_model
from analytics.errors import ContractError, UsageError
from analytics.identity.records.arrays import Numbers
from analytics.identity.records.columns import Column, shared_once
from analytics.identity.records.frequencies import COUNTED, WORDS, Frequencies, name_lift, words_of
from analytics.identity.records.frozen import FrozenRecords
from analytics.identity.records.hashing import NOTHING, Hashes, hashed_with, hashes
from analytics.identity.records.preparing import NAMED, content_of, in_order, names_somebody
from analytics.identity.records.records import Beside, BlockKeys, PairWork, Records

__all__ = ["Workers", "read_records"]

PAIRS_A_PART = 16_384
"""Pairs that one worker is asked for at a time."""
ASKED_AT_A_TIME = 64 * PAIRS_A_PART
"""Pairs that are put down at a time on their way to the workers."""
_ACCOUNT = ("issuer", "account", "name", "address")
"""Keys that account links need, of parties that have an account."""
_KINDS = (*COUNTED, WORDS)
"""Kinds of values whose counts are kept; after them come those that `name_lift` counts."""
_TOP = np.uint64(1 << 63)
"""Turned round in a hash that is read as a signed number, this bit keeps the order."""
_KEYS = "int_parties__keys_of_records"


def read_records(engine: SpreadEngine) -> tuple[pl.Series, pl.Series, Records]:
    """Read the aliases and the records they are, and leave the keys where they are.

    Returns
    -------
    tuple of Series of str, Series of date and Records
        Every alias, sorted, the day it was first seen, and the records.
    """
    alias_id, first_day = NAMED
    read = pl.concat(engine.batches("party_keys", None, alias_id, _sent(_numbers_of)), rechunk=True)
    is_somebody = read["is_somebody"].to_numpy()
    named = read.filter("is_somebody")
    content, postal = (_unsigned(named[name]) for name in ("content", "postal"))
    first, record = in_order(content, postal)
    row_record = np.full(len(read), -1, dtype=np.int64)
    row_record[is_somebody] = record
    of_records = named[first.astype(np.uint32)].with_columns(record_no=pl.int_range(len(first), dtype=pl.Int64))
    party_class = of_records["party_class"].cast(shared_once(["party_class"])["party_class"])
    columns = {"party_class": Column(party_class)} | {name: Column(of_records[name]) for name in _ACCOUNT}
    workers = Workers.given(engine, of_records.select("record_no", alias_id))
    return read[alias_id], read[first_day], Records(columns, content[first], row_record, remote=workers)


@dataclass(frozen=True)
class Workers:
    """Workers of a cluster, who hold the keys of records.

    Parameters
    ----------
    engine : SpreadEngine
        Where the workers are.
    size : int
        Records there are.
    frozen_frequencies : Frequencies, optional
        How values count; as they do among the records where None.
    """

    engine: SpreadEngine
    size: int
    frozen_frequencies: Frequencies | None = None
    _made: set[str] = field(default_factory=set, repr=False, compare=False)
    _frozen: dict[int, Workers] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def given(cls, engine: SpreadEngine, records: pl.DataFrame) -> Workers:
        """Give workers the keys of records, each those of the alias that represents it."""
        workers = cls(engine, len(records))
        workers._write("party_records", records)
        workers._build(_KEYS)
        return workers

    def frozen(self, frequencies: Frequencies) -> Workers:
        """The same workers, who count values by frozen frequencies; they read these once."""
        return self._frozen.setdefault(id(frequencies), replace(self, frozen_frequencies=frequencies))

    def frequencies(self) -> Frequencies:
        """How many records share each value: as frozen, else counted among the records."""
        return self._frequencies

    def paired(self, keys: BlockKeys, max_block: int, window: int, min_signs: int) -> tuple[Numbers, Numbers]:
        """Pair the records worth comparing, by the models that say it in SQL."""
        self._derive("party_block_keys", partial(_block_rows, self._file, keys))
        self._build("int_parties__grouped_by_key", max_block=max_block, window_size=window)
        self._build("int_parties__paired_by_key", max_block=max_block, window_size=window, min_signs=min_signs)
        found = self.engine.frame("int_parties__paired_by_key")
        pairs = found["record_l"].to_numpy() * self.size + found["record_r"].to_numpy()
        pairs.sort()
        left, right = np.divmod(pairs, max(self.size, 1))
        return left.astype(np.int32), right.astype(np.int32)

    def over_pairs(self, left: Numbers, right: Numbers, work: PairWork) -> pl.DataFrame:
        """What is made of pairs, in their order: each part by one worker, who is sent the keys that it needs."""
        self._made.add("told_pairs")
        self.write_over_pairs(
            "told_pairs", left, right, work, lambda part: pl.DataFrame({"pair_no": np.arange(part.start, part.stop)})
        )
        return self.engine.frame("told_pairs").sort("pair_no").drop("pair_no")

    def write_over_pairs(self, table: str, left: Numbers, right: Numbers, work: PairWork, beside: Beside) -> None:
        """Make a table of what is made of pairs, with columns beside it; workers write it, in no order."""
        for start in range(0, max(len(left), 1), ASKED_AT_A_TIME):
            part = slice(start, min(start + ASKED_AT_A_TIME, len(left)))
            for name, frame in zip(("asked_pairs", "asked_records"), _asked(left, right, part, beside), strict=True):
                self._write(name, frame, more=start > 0)
        self._build("int_records__asked_by_part")
        result = _sent(partial(_result_of, self._file, work))
        self.engine.derive_of_both(table, "asked_pairs", "int_records__asked_by_part", "part_no", result)

    def release(self) -> None:
        """Drop the tables that were made for this."""
        for table in sorted(self.engine.tables() & self._made):
            self.engine.drop(table)
        _frequencies_in.cache_clear()

    def _write(self, table: str, frame: pl.DataFrame, *, more: bool = False) -> None:
        self._made.add(table)
        (self.engine.append if more else self.engine.write)(table, frame)

    def _build(self, model: str, **params: int) -> None:
        self._made.add(model)
        self.engine.build(load_model(model), params)

    def _derive(self, table: str, through: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
        self._made.add(table)
        self.engine.derive(table, _KEYS, _sent(through))

    @cached_property
    def _frequencies(self) -> Frequencies:
        """The frequencies by which values count."""
        if self.frozen_frequencies is not None:
            return self.frozen_frequencies
        self._derive("party_values", _values_of)
        self._build("int_values__shared_by_records")
        self._build("int_values__paired_by_kind")
        result = {kind: rest for kind, *rest in self.engine.frame("int_values__paired_by_kind").iter_rows()}
        pair_counts = [result.get(len(_KINDS) + place, [0, 0]) for place in range(5)]
        lift = name_lift(pair_counts[0][0], *(each[1] / 2 for each in pair_counts))
        return Frequencies(max(self.size, 1), lift, self._counts())

    def _counts(self) -> dict[str, tuple[Hashes, Numbers]]:
        shared = self.engine.frame("int_values__shared_by_records")
        counts = {}
        for kind, name in enumerate(_KINDS):
            of_kind = shared.filter(kind_no=kind)
            value = _unsigned(of_kind["value_no"])
            order = np.argsort(value)
            counts[name] = value[order], of_kind["record_count"].to_numpy()[order]
        return counts

    @cached_property
    def _file(self) -> Path:
        """Where workers read how values count: a worker that outlives a run never takes one file for another."""
        table = f"frequencies_{uuid4().hex}"
        self._write(table, self._frequencies.to_frame())
        return self.engine.files(table)[0]


def _asked(left: Numbers, right: Numbers, chosen: slice, beside: Beside) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Some pairs by the number of their part, and the records in each part."""
    ends = {"record_l": left[chosen].astype(np.int64), "record_r": right[chosen].astype(np.int64)}
    part = pl.DataFrame({"part_no": np.arange(chosen.start, chosen.stop) // PAIRS_A_PART})
    pairs = pl.concat([part, pl.DataFrame(ends), beside(chosen)], how="horizontal")
    both = pl.concat([pairs.select("part_no", record_no=end) for end in ends])
    return pairs, both.unique().sort("part_no", "record_no")


def _sent(work: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """Work for workers, who refuse it where they would hash otherwise."""
    return partial(_alike, hashed_with(), work)


def _alike(hashed_here: str, work: Callable[..., pl.DataFrame], *frames: pl.DataFrame) -> pl.DataFrame:
    if hashed_with() != hashed_here:
        raise UsageError(
            f"workers have {hashed_with()}, and the driver {hashed_here}, which hash alike only where they are the "
            "same. Install the same on both."
        )
    return work(*frames)


@lru_cache(maxsize=1)
def _frequencies_in(file: Path) -> Frequencies:
    """How values count; read once by a worker."""
    return Frequencies.load(file)


def _records_of(keys: pl.DataFrame) -> Records:
    """Rows of keys as records, one each."""
    number = np.arange(len(keys))
    named = keys.select(selectors.string().exclude(*NAMED))
    return Records({column.name: Column(column) for column in named.iter_columns()}, number.astype(np.uint64), number)


def _numbers_of(keys: pl.DataFrame) -> pl.DataFrame:
    """Numbers in place of keys, as signed ones, which every engine knows."""
    has_account = keys["issuer"].is_not_null() & keys["account"].is_not_null()
    of_account = [
        pl.select(pl.when(has_account & keys[name].is_not_null()).then(_signed(hashes(keys[name])))).to_series()
        for name in _ACCOUNT
    ]
    return keys.select(*NAMED, "party_class").with_columns(
        is_somebody=names_somebody(keys, {}),
        content=_signed(content_of(keys.drop(NAMED))),
        postal=_signed(hashes(keys["postal"])),
        **dict(zip(_ACCOUNT, of_account, strict=True)),
    )


def _values_of(keys: pl.DataFrame) -> pl.DataFrame:
    """Every value that is counted, by the number of its kind."""
    records = _records_of(keys)
    kinds = [*(records.hash(column) for column in COUNTED), words_of(records.firms), *records.name_parts()]
    values = [values[values != NOTHING] for values in kinds]
    kind = np.repeat(np.arange(len(kinds)), [len(each) for each in values])
    return pl.DataFrame({"kind_no": kind, "value_no": _signed(np.concatenate(values))})


def _block_rows(frequencies: Path, block_keys: BlockKeys, keys: pl.DataFrame) -> pl.DataFrame:
    """Blocking keys of records."""
    rows = block_keys(FrozenRecords.for_blocking(_records_of(keys), _frequencies_in(frequencies)))
    return rows.with_columns(
        block_key=_signed(rows["block_key"].to_numpy()),
        record_no=keys["record_no"].gather(rows["record_no"]),
        name_rank=_signed(rows["name_rank"].to_numpy() ^ _TOP),
    )


def _result_of(frequencies: Path, work: PairWork, pairs: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """What is made of one part of the pairs, with the keys of the records in it."""
    keys = keys.sort("record_no")
    number = keys["record_no"].to_numpy()
    ends = [np.searchsorted(number, pairs[end].to_numpy()) for end in ("record_l", "record_r")]
    if not pairs["record_l"].is_in(number).all() or not pairs["record_r"].is_in(number).all():
        raise ContractError(
            "a part of the pairs names a record whose keys it was not sent. Mend the model that sends it."
        )
    result = work(FrozenRecords.for_comparing(_records_of(keys), _frequencies_in(frequencies)), *ends)
    # Spark knows no unsigned numbers: levels are small, and hashes of names keep their bits
    hashed = [_signed(result[name].to_numpy()).alias(name) for name, kind in result.schema.items() if kind == pl.UInt64]
    signed = result.with_columns(*hashed).with_columns(selectors.unsigned_integer().cast(pl.Int16))
    return pairs.drop("part_no", "record_l", "record_r").hstack(signed)


def _signed(values: Hashes) -> pl.Series:
    return pl.Series(values.view(np.int64))


def _unsigned(values: pl.Series) -> Hashes:
    return values.to_numpy().view(np.uint64)

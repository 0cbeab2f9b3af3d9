"""Who is who where the keys of parties are with the workers of a cluster, and only numbers about them are here.

Here are, of every spelling, its alias and the record it is; of every record, a number for all it holds and its kind of
party; and the pairs with what became of them. Keys are made, hashed, counted, paired, compared and put into words where
the workers are. The score of a pair depends on its two parties alone once it is known how many share each value
(`analytics.identity.frozen`), so that a part of the pairs can be compared with no more at hand than the records in it
and these counts, which every worker reads once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np
import polars as pl
from polars import selectors

from analytics.contracts.steps import SpreadEngine
from analytics.engines.models import load_model
from analytics.identity.blocking import block_keys
from analytics.identity.columns import Column, shared_once
from analytics.identity.frozen import COUNTED, WORDS, FrozenState, words_of
from analytics.identity.hashing import NOTHING, Hashes, hashes
from analytics.identity.preparing import content_of, in_order, names_somebody
from analytics.identity.records import Beside, Numbers, PairWork, Records, kinship

__all__ = ["Workers", "read_records"]

BESIDE = ("alias_id", "first_day")
"""Columns of parties that stand beside their keys."""
PAIRS_A_PART = 16_384
"""Pairs that one worker is asked for at a time."""
ASKED_AT_A_TIME = 64 * PAIRS_A_PART
"""Pairs that are put down at a time on their way to the workers."""
_ACCOUNT = ("issuer", "account", "name", "address")
"""Keys by which accounts are told, of parties that have one."""
_COUNTED = (*COUNTED, WORDS)
_TOP = np.uint64(1 << 63)
"""Turned round in a hash that is read as a signed number, this bit keeps the order."""
_TABLES = (
    "party_records",
    "int_parties__keys_of_records",
    "party_values",
    "int_values__shared_by_records",
    "int_values__paired_by_kind",
    "counted_state",
    "party_block_keys",
    "int_parties__grouped_by_key",
    "int_parties__paired_by_key",
    "asked_pairs",
    "asked_records",
    "int_records__asked_by_part",
    "told_pairs",
)


def read_records(engine: SpreadEngine) -> tuple[pl.Series, pl.Series, Records]:
    """Read which spellings there are and which records they are, and leave the keys where they are.

    Returns
    -------
    tuple of Series of str, Series of date and Records
        Every alias, sorted, the day it was first seen, and the records.
    """
    read = pl.concat(engine.batches("party_keys", None, BESIDE[0], _numbers_of), rechunk=True)
    is_somebody = read["is_somebody"].to_numpy()
    named = read.filter("is_somebody")
    content, postal = (_unsigned(named[name]) for name in ("content", "postal"))
    first, record = in_order(content, postal)
    row_record = np.full(len(read), -1, dtype=np.int64)
    row_record[is_somebody] = record
    of_records = named[first.astype(np.uint32)].with_columns(record_no=pl.int_range(len(first), dtype=pl.Int64))
    engine.write("party_records", of_records.select("record_no", BESIDE[0]))
    engine.build(load_model("int_parties__keys_of_records"), {})
    party_class = of_records["party_class"].cast(shared_once(["party_class"])["party_class"])
    columns = {"party_class": Column(party_class)} | {name: Column(of_records[name]) for name in _ACCOUNT}
    workers = Workers(engine, len(first))
    return read[BESIDE[0]], read[BESIDE[1]], Records(columns, content[first], row_record, remote=workers)


def _numbers_of(keys: pl.DataFrame) -> pl.DataFrame:
    """Numbers in place of keys, as signed ones, which every engine knows."""
    has_account = keys["issuer"].is_not_null() & keys["account"].is_not_null()
    of_account = [
        pl.select(pl.when(has_account & keys[name].is_not_null()).then(_signed(hashes(keys[name])))).to_series()
        for name in _ACCOUNT
    ]
    return keys.select(*BESIDE, "party_class").with_columns(
        is_somebody=names_somebody(keys, {}),
        content=_signed(content_of(keys.drop(BESIDE))),
        postal=_signed(hashes(keys["postal"])),
        **dict(zip(_ACCOUNT, of_account, strict=True)),
    )


@dataclass(frozen=True)
class Workers:
    """Workers of a cluster, who hold the keys of records.

    Parameters
    ----------
    engine : SpreadEngine
        Where the workers are, with the table ``int_parties__keys_of_records``.
    size : int
        Records there are.
    state : FrozenState, optional
        How values count; as they do among the records where None.
    """

    engine: SpreadEngine
    size: int
    state: FrozenState | None = None
    _under: dict[int, Workers] = field(default_factory=dict, repr=False, compare=False)

    def under(self, state: FrozenState) -> Workers:
        """Let values count as they did when a state was frozen; workers read that state once."""
        return self._under.setdefault(id(state), replace(self, state=state))

    def counted(self) -> FrozenState:
        """Count how many records share each value, and how names meet; a state that has learned nothing."""
        return self._state

    def paired(self, max_block: int, window: int, min_signs: int) -> tuple[Numbers, Numbers]:
        """Pair the records worth comparing, by the models that say it in SQL."""
        self.engine.derive("party_block_keys", "int_parties__keys_of_records", partial(_block_rows, self._file))
        params = {"max_block": max_block, "window_size": window, "min_signs": min_signs}
        for model in map(load_model, ("int_parties__grouped_by_key", "int_parties__paired_by_key")):
            self.engine.build(model, {name: params[name] for name in model.params})
        numbers = [
            batch["record_l"].to_numpy() * self.size + batch["record_r"].to_numpy()
            for batch in self.engine.batches("int_parties__paired_by_key", ("record_l", "record_r"), None)
        ]
        pairs = np.sort(np.concatenate(numbers))
        left, right = np.divmod(pairs, max(self.size, 1))
        return left.astype(np.int32), right.astype(np.int32)

    def told(self, left: Numbers, right: Numbers, work: PairWork) -> pl.DataFrame:
        """What is made of pairs, in their order: each part by one worker, who is sent the keys that it needs."""
        self.put("told_pairs", left, right, work, lambda part: pl.DataFrame({"pair_no": np.arange(len(left))[part]}))
        told = pl.concat(self.engine.batches("told_pairs", None, None), rechunk=True)
        return told.sort("pair_no").drop("pair_no")

    def put(self, table: str, left: Numbers, right: Numbers, work: PairWork, beside: Beside) -> None:
        """Make a table of what is made of pairs, with columns beside it; workers write it, in no order."""
        for start in range(0, max(len(left), 1), ASKED_AT_A_TIME):
            put_down = self.engine.append if start else self.engine.write
            for name, frame in zip(
                ("asked_pairs", "asked_records"), self._asked(left, right, start, beside), strict=True
            ):
                put_down(name, frame)
        self.engine.build(load_model("int_records__asked_by_part"), {})
        told = partial(_told_of, self._file, work)
        self.engine.derive_of_both(table, "asked_pairs", "int_records__asked_by_part", "part_no", told)

    @staticmethod
    def _asked(left: Numbers, right: Numbers, start: int, beside: Beside) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Some pairs by the number of their part, and the records in each part."""
        chosen = slice(start, start + ASKED_AT_A_TIME)
        ends = {"record_l": left[chosen].astype(np.int64), "record_r": right[chosen].astype(np.int64)}
        part = pl.DataFrame({"part_no": start // PAIRS_A_PART + np.arange(len(ends["record_l"])) // PAIRS_A_PART})
        pairs = pl.concat([part, pl.DataFrame(ends), beside(chosen)], how="horizontal")
        both = pl.concat([pairs.select("part_no", record_no=end) for end in ends])
        return pairs, both.unique().sort("part_no", "record_no")

    def let_go(self) -> None:
        """Let go of the tables that were made for this."""
        for table in sorted(self.engine.tables() & set(_TABLES)):
            self.engine.drop(table)

    @cached_property
    def _state(self) -> FrozenState:
        """The state by which values count."""
        if self.state is not None:
            return self.state
        self.engine.derive("party_values", "int_parties__keys_of_records", _values_of)
        for name in ("int_values__shared_by_records", "int_values__paired_by_kind"):
            self.engine.build(load_model(name), {})
        told = {kind: rest for kind, *rest in self.engine.frame("int_values__paired_by_kind").iter_rows()}
        met = [told.get(len(_COUNTED) + place, [0, 0]) for place in range(5)]
        return FrozenState(
            "", max(self.size, 1), kinship(met[0][0], *(each[1] / 2 for each in met)), self._counts(), "", 0.0, {}
        )

    def _counts(self) -> dict[str, tuple[Hashes, Numbers]]:
        shared = pl.concat(
            batch.filter(pl.col("kind_no") < len(_COUNTED))
            for batch in self.engine.batches("int_values__shared_by_records", None, None)
        )
        counts = {}
        for kind, name in enumerate(_COUNTED):
            of_kind = shared.filter(kind_no=kind)
            value = _unsigned(of_kind["value_no"])
            order = np.argsort(value)
            counts[name] = value[order], of_kind["record_count"].to_numpy()[order]
        return counts

    @cached_property
    def _file(self) -> Path:
        """Where workers read how values count."""
        self.engine.write("counted_state", self._state.to_frame())
        return self.engine.files("counted_state")[0]


@lru_cache(maxsize=1)
def _state_in(file: Path) -> FrozenState:
    """How values count; read once by a worker."""
    state = FrozenState.load(file)
    assert state is not None
    return state


def _records_of(keys: pl.DataFrame) -> Records:
    """Rows of keys as records, one each."""
    number = np.arange(len(keys))
    named = keys.select(selectors.string().exclude(*BESIDE))
    return Records({column.name: Column(column) for column in named.iter_columns()}, number.astype(np.uint64), number)


def _values_of(keys: pl.DataFrame) -> pl.DataFrame:
    """Every value that is counted, by the number of its kind."""
    records = _records_of(keys)
    kinds = [*(records.hash(column) for column in COUNTED), words_of(records), *records.of_culture()]
    values = [values[values != NOTHING] for values in kinds]
    kind = np.repeat(np.arange(len(kinds)), [len(each) for each in values])
    return pl.DataFrame({"kind_no": kind, "value_no": _signed(np.concatenate(values))})


def _block_rows(state: Path, keys: pl.DataFrame) -> pl.DataFrame:
    """Blocking keys of records."""
    rows = block_keys(_state_in(state).blocked(_records_of(keys)))
    return rows.with_columns(
        block_key=_signed(rows["block_key"].to_numpy()),
        record_no=keys["record_no"].gather(rows["record_no"]),
        name_rank=_signed(rows["name_rank"].to_numpy() ^ _TOP),
    )


def _told_of(state: Path, work: PairWork, pairs: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """What is made of one part of the pairs, with the keys of the records in it."""
    keys = keys.sort("record_no")
    records = _state_in(state).compared(_records_of(keys))
    number = keys["record_no"].to_numpy()
    ends = (np.searchsorted(number, pairs[end].to_numpy()) for end in ("record_l", "record_r"))
    told = work(records, *ends).cast({selectors.unsigned_integer(): pl.Int16})
    return pairs.drop("part_no", "record_l", "record_r").hstack(told)


def _signed(values: Hashes) -> pl.Series:
    return pl.Series(values.view(np.int64))


def _unsigned(values: pl.Series) -> Hashes:
    return values.to_numpy().view(np.uint64)

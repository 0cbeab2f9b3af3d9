"""Which pairs of parties are worth comparing: those that share a key that few others share.

A block larger than `MAX_BLOCK` is not compared as a whole: its parties are put in the order of their names and each is
compared with its neighbours only, so that a forwarder's phone or a frequent name costs no more than its size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.engines.models import load_model
from analytics.identity.records import NOTHING, Records, hashes

__all__ = ["BLOCKS", "Block", "candidate_pairs"]

MAX_BLOCK = 30
WINDOW_SIZE = 3

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Block:
    """A kind of blocking key.

    Attributes
    ----------
    name : str
        What the parties of a block share.
    key : callable
        Records to one hash each, `NOTHING` where a record has no such key.
    is_windowed : bool
        Whether a large block is still worth walking along by name.
    """

    name: str
    key: Callable[[Records], Hashes]
    is_windowed: bool = False


def candidate_pairs(records: Records, threads: int | None = None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of record numbers worth comparing, the smaller first, sorted."""
    models = [load_model("int_parties__grouped_by_key"), load_model("int_parties__paired_by_key")]
    bound = {"max_block": MAX_BLOCK, "window_size": WINDOW_SIZE}
    with duckdb.connect() as connection:
        if threads:
            connection.execute(f"set threads = {int(threads)}")
        keys = pl.concat(_keys(records)).to_arrow()
        connection.register("party_block_keys", keys)
        for model in models:
            values = {name: bound[name] for name in model.params}
            connection.execute(f"create table {model.name} as {model.sql}", values)
        found = connection.table(models[-1].name).fetchnumpy()
    return np.asarray(found["record_l"], np.int64), np.asarray(found["record_r"], np.int64)


def _keys(records: Records) -> Iterator[pl.DataFrame]:
    rank = records.keys["name"].rank("dense").fill_null(0).cast(pl.UInt32)
    numbers = pl.Series("record_no", np.arange(len(records), dtype=np.uint32))
    for position, block in enumerate(BLOCKS, 1):
        key = block.key(records)
        salted = np.where(key == NOTHING, NOTHING, _mix(key ^ np.uint64(position)))
        frame = pl.DataFrame({"block_key": salted, "record_no": numbers, "name_rank": rank})
        yield frame.filter(pl.col("block_key") != 0).with_columns(is_windowed=pl.lit(block.is_windowed))


def _mix(value: Hashes) -> Hashes:
    """Scatter the bits of a hash (the finaliser of SplitMix64)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _all_of(*parts: Hashes) -> Hashes:
    """One hash of several values in their order; `NOTHING` where one of them is missing."""
    mixed = np.zeros_like(parts[0])
    for part in parts:
        mixed = _mix(mixed * np.uint64(31) + part)
    missing = np.any([part == NOTHING for part in parts], axis=0)
    return np.where(missing, NOTHING, mixed | np.uint64(1))


def _any_order(one: Hashes, other: Hashes) -> Hashes:
    """One hash of two values whatever their order."""
    return np.where((one == NOTHING) | (other == NOTHING), NOTHING, _mix(one + other) | np.uint64(1))


def _start(records: Records, column: str, length: int) -> Hashes:
    return hashes(records.keys[column].str.slice(0, length))


def _column(name: str) -> Callable[[Records], Hashes]:
    return lambda records: records.hash(name)


def _columns(*names: str) -> Callable[[Records], Hashes]:
    return lambda records: _all_of(*(records.hash(name) for name in names))


def _whole_name(records: Records) -> Hashes:
    """Given name and surname in any order; a firm's words in any order."""
    person = _any_order(records.hash("given"), records.hash("surname"))
    words = records.keys["firm"].str.split(" ").list.sort().list.join(" ")
    return np.where(person == NOTHING, hashes(words), person)


def _name_in_area(records: Records) -> Hashes:
    return _all_of(_whole_name(records), _start(records, "postal", 3))


def _name_in_state(records: Records) -> Hashes:
    return _all_of(_whole_name(records), records.hash("state"))


def _surname_and_postal(records: Records) -> Hashes:
    return _all_of(records.hash("surname"), records.hash("postal"))


def _sound_in_area(records: Records) -> Hashes:
    return _all_of(records.hash("surname_sound"), _start(records, "given", 1), _start(records, "postal", 3))


def _given_sound_in_area(records: Records) -> Hashes:
    return _all_of(records.hash("given_sound"), _start(records, "surname", 2), _start(records, "postal", 3))


def _street_in_area(records: Records) -> Hashes:
    return _all_of(records.hash("house"), records.hash("street"), _start(records, "postal", 3))


def _name_start_at_house(records: Records) -> Hashes:
    return _all_of(records.hash("house"), _start(records, "street", 3), _start(records, "name", 2))


def _firm_start_in_area(records: Records) -> Hashes:
    return _all_of(_start(records, "firm", 5), records.hash("postal"))


def _rare_word_in_area(records: Records) -> Hashes:
    return _all_of(_rarest_word(records), _start(records, "postal", 3))


def _rarest_word(records: Records) -> Hashes:
    """The word of a firm's name that the fewest firms have."""
    words = (
        records.keys.select(row=pl.int_range(pl.len()), word=pl.col("firm").str.split(" ")).explode("word").drop_nulls()
    )
    counted = words.join(words.group_by("word").len(), on="word")
    rarest = counted.sort("row", "len", "word").unique("row", keep="first", maintain_order=True)
    found = np.zeros(len(records), dtype=np.uint64)
    found[rarest["row"].to_numpy()] = hashes(rarest["word"])
    return found


BLOCKS = (
    Block("tax number", _column("tax")),
    Block("account", _columns("issuer", "account")),
    Block("phone", _column("phone"), is_windowed=True),
    Block("e-mail", _column("email"), is_windowed=True),
    Block("mailbox name", _column("email_local")),
    Block("trade name", _column("other_name")),
    Block("name", _whole_name),
    Block("name in one state", _name_in_state),
    Block("name in one area", _name_in_area, is_windowed=True),
    Block("surname and postal code", _surname_and_postal),
    Block("surname by sound in one area", _sound_in_area),
    Block("given name by sound in one area", _given_sound_in_area),
    Block("house and postal code", _columns("house", "postal"), is_windowed=True),
    Block("house and street in one area", _street_in_area),
    Block("house, street and city", _columns("house", "street", "city"), is_windowed=True),
    Block("house and beginning of the name", _name_start_at_house),
    Block("surname and house", _columns("surname", "house")),
    Block("post box", _columns("box", "postal")),
    Block("unit and house", _columns("unit", "house", "street")),
    Block("firm's beginning and postal code", _firm_start_in_area),
    Block("firm's rarest word in one area", _rare_word_in_area),
)

"""Which pairs of parties are worth comparing: those that share a key that few others share.

A block larger than the parameter ``max_block`` is not compared as a whole: its parties are put in the order of their
names and each is compared with its neighbours only, so that a forwarder's phone or a frequent name costs no more than
its size. What tells little by itself, such as a name somewhere in the country, takes a second sign.

The models in ``sql/25_identity/`` say the same in SQL; a test holds both against each other. Here the blocks are paired
kind by kind in memory, since a sort of numbers is several times faster than a join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl

from analytics.contracts.parameters import PARAMETERS
from analytics.identity.candidates.pairing import paired, worth_comparing
from analytics.identity.records.arrays import Numbers
from analytics.identity.records.hashing import NOTHING, Hashes, all_of, mixed
from analytics.identity.records.records import Records

__all__ = ["BLOCKS", "Block", "block_keys", "blocks", "candidate_pairs"]


Choice = str | tuple[str, ...]
AT_A_TIME = 12_000_000
"""Keys that are sorted at a time, about as many."""


@dataclass(frozen=True)
class Block:
    """A kind of blocking key.

    Attributes
    ----------
    name : str
        What the parties of a block share.
    columns : tuple
        The values that make the key; all must be there. Where several columns stand for one value, each of them makes
        a key: given name and surname may change places.
    sign : int
        Bits that the block sets. A pair is compared from two bits on: what tells little by itself sets one.
    is_windowed : bool
        Whether a large block is still worth walking along by name.
    """

    name: str
    columns: tuple[Choice, ...]
    sign: int = 0b11
    is_windowed: bool = False

    def choices(self) -> Iterator[tuple[str, ...]]:
        """Every choice of columns that makes a key."""
        yield from product(*((column,) if isinstance(column, str) else column for column in self.columns))

    def keys(self, records: Records) -> tuple[Hashes, Numbers]:
        """Every key and the record that has it; no record has a key twice."""
        made: list[Hashes] = []
        for columns in self.choices():
            key = all_of(*(records.hash(column) for column in columns))
            for other in made:
                key[key == other] = NOTHING
            made.append(key)
        chosen = [np.flatnonzero(key != NOTHING).astype(np.uint32) for key in made]
        return np.concatenate([key[rows] for key, rows in zip(made, chosen, strict=True)]), np.concatenate(chosen)


def candidate_pairs(records: Records, threads: int | None = None) -> tuple[Numbers, Numbers]:
    """Pairs of record numbers worth comparing, the smaller first, sorted."""
    max_block, window, min_signs = (
        int(str(PARAMETERS[name].default)) for name in ("max_block", "window_size", "min_signs")
    )
    if records.remote is not None:
        return records.remote.paired(block_keys, max_block, window, min_signs)
    rank = records.hash("name<8")
    kinds = blocks(records.extra)
    _warm(records, kinds, threads or 1)

    def pairs(kind: Block) -> Numbers:
        reach = window if kind.is_windowed else 0
        blocked = [paired(*some, rank, len(records), max_block, reach) for some in _parts(*kind.keys(records))]
        return np.concatenate(blocked)

    with ThreadPoolExecutor(threads or 1) as pool:
        found = list(pool.map(pairs, kinds))
    records.forget()
    return worth_comparing(found, [kind.sign for kind in kinds], len(records), min_signs, threads or 1)


def _parts(key: Hashes, record: Numbers) -> Iterator[tuple[Hashes, Numbers]]:
    """Keys a range at a time, each whole: what is sorted at once does not grow with the file."""
    ranges = len(key) // AT_A_TIME + 1
    if ranges == 1:
        yield key, record
        return
    part = ((key >> np.uint64(48)) * np.uint64(ranges) >> np.uint64(16)).astype(np.uint8)
    for each in range(ranges):
        chosen = part == each
        yield key[chosen], record[chosen]


def _warm(records: Records, kinds: Iterable[Block], threads: int) -> None:
    """Hash all columns of blocks, those first that others are put together from, so that threads find them there."""
    every = dict.fromkeys(column for kind in kinds for columns in kind.choices() for column in columns)
    records.hash("whole_name")
    parts = dict.fromkeys(part for column in every for part in re.split("[&+]", column))
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(records.hash, parts))
        list(pool.map(records.hash, every))


def block_keys(records: Records) -> pl.DataFrame:
    """The keys as a table, as the models in ``sql/25_identity/`` read them."""
    rank = records.hash("name<8")
    frames = []
    for position, kind in enumerate(blocks(records.extra), 1):
        key, record = kind.keys(records)
        key = mixed(key ^ np.uint64(position))
        rows = pl.DataFrame({"block_key": key, "record_no": record.astype(np.uint32), "name_rank": rank[record]})
        frames.append(rows.with_columns(is_windowed=pl.lit(kind.is_windowed), sign_bits=pl.lit(kind.sign, pl.Int32)))
    return pl.concat(frames)


_WORD: Choice = ("given", "surname", "rare_word", "second_word")
"""A word of a name, whatever its part."""
_SOUND: Choice = ("surname_sound", "given_sound")
_SOUNDED: Choice = ("surname_sound+given<1", "given_sound+surname<1")
"""The sound of one part of the name and the initial of the other."""
_SOUNDS = "given_sound&surname_sound"

_NAME, _FIRM, _MAILBOX = 0b100, 0b1000, 0b10000
"""Signs of which it takes two."""
_FURTHER = 5
"""The first sign of further columns."""

BLOCKS = (
    Block("tax number", ("tax",)),
    Block("account", ("issuer", "account")),
    Block("phone", ("phone",), is_windowed=True),
    Block("e-mail", ("email",), is_windowed=True),
    Block("mailbox name", ("email_local",), _MAILBOX),
    Block("trade name", ("other_name",)),
    Block("name", ("whole_name",), _NAME),
    Block("letters of the name in one area", ("name~", "postal<3"), is_windowed=True),
    Block("name in one state", ("whole_name", "state")),
    Block("name in one area", ("whole_name", "postal<3"), is_windowed=True),
    Block("word of the name and postal code", (_WORD, "postal")),
    Block("word of the name and city", (_WORD, "city")),
    Block("word of the name and house", (_WORD, "house", "state")),
    Block("names by sound", (_SOUNDS,), _NAME),
    Block("names by sound in one state", (_SOUNDS, "state")),
    Block("name by sound and initial in one area", (_SOUNDED, "postal<3")),
    Block("house and postal code", ("house", "postal"), is_windowed=True),
    Block("house, street and city", ("house", "street", "city"), is_windowed=True),
    Block("house and beginning of the name", ("house", "street<3", "name<2")),
    Block("street, postal code and beginning of the name", ("street", "postal", "name<2")),
    Block("post box", ("box", "postal")),
    Block("unit and house", ("unit", "house", "street")),
    Block("firm's beginning and postal code", ("firm<5", "postal")),
    Block("firm's beginning and city", ("firm<5", "city")),
    Block("firm's rarest word in one area", ("rare_word", "postal<3"), _FIRM),
    Block("firm's rarest words", ("rare_word", "second_word"), _NAME),
)


def blocks(extra: Mapping[str, str]) -> tuple[Block, ...]:
    """Blocks of a file with further columns: each with parts of the name, numbers and dates by themselves."""
    further = []
    for number, (name, kind) in enumerate(extra.items()):
        sign = 1 << _FURTHER + 2 * number
        if kind == "id":
            further.append(Block(name, (name,)))
        elif kind == "date":
            further += [
                Block(f"{name} and {part}", (name, part)) for part in (_WORD, "postal", "email_local", "city", *extra)
            ]
            further += [
                Block(f"{name} and a word of the name", (name, _WORD)),
                Block(f"{name} and city", (name, "city")),
                Block(f"year of {name} and a word of the name", (f"{name}<4", _WORD), sign),
                Block(f"day of {name} and a word of the name", (f"{name}>4", _WORD), sign << 1),
            ]
        else:
            further += [
                Block(f"{name} and a word of the name", (name, _WORD), sign),
                Block(f"{name} and names by sound", (name, _SOUNDS)),
                Block(f"{name} and a part of the name by sound", (name, _SOUND)),
                Block(f"{name} and postal code", (name, "postal")),
                Block(f"{name}, name by sound and initial", (name, _SOUNDED), sign),
            ]
    return (*BLOCKS, *further)

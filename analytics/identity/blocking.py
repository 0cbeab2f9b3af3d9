"""Which pairs of parties are worth comparing: those that share a key that few others share.

A block larger than the parameter ``max_block`` is not compared as a whole: its parties are put in the order of their
names and each is compared with its neighbours only, so that a forwarder's phone or a frequent name costs no more than
its size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import duckdb
import numpy as np
import polars as pl

from analytics.contracts.parameters import PARAMETERS
from analytics.engines.models import load_model
from analytics.identity.hashing import NOTHING, Hashes, all_of, mixed
from analytics.identity.records import Numbers, Records

__all__ = ["BLOCKS", "Block", "blocks", "candidate_pairs"]

COUNTER_BITS = 24


Choice = str | tuple[str, ...]


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

    def keys(self, records: Records) -> Iterator[Hashes]:
        """One hash for each record and each choice of columns, `NOTHING` where it has no such key."""
        choices = [(column,) if isinstance(column, str) else column for column in self.columns]
        for columns in product(*choices):
            yield all_of(*(records.hash(column) for column in columns))


def candidate_pairs(records: Records, threads: int | None = None) -> tuple[Numbers, Numbers]:
    """Pairs of record numbers worth comparing, the smaller first, sorted."""
    models = [load_model(name) for name in ("int_parties__grouped_by_key", "int_parties__paired_by_key")]
    with duckdb.connect() as connection:
        if threads:
            connection.execute(f"set threads = {int(threads)}")
        connection.register("party_block_keys", pl.concat(_keys(records)).to_arrow())
        for model in models:
            values = {name: PARAMETERS[name].default for name in model.params}
            connection.execute(f"create table {model.name} as {model.sql}", values)
        found = connection.table(models[-1].name).fetchnumpy()
    left, right = (np.asarray(found[name], np.int64) for name in ("record_l", "record_r"))
    order = np.lexsort((right, left))
    return left[order], right[order]


def _keys(records: Records) -> Iterator[pl.DataFrame]:
    """Keys of every record that another record seems to share, kind by kind."""
    name_rank = records.hash("name<8")
    for position, block in enumerate(blocks(records.extra), 1):
        made = [np.where(key == NOTHING, NOTHING, mixed(key ^ np.uint64(position))) for key in block.keys(records)]
        key = np.concatenate(made)
        chosen = _seems_shared(key)
        number = (chosen % max(len(records), 1)).astype(np.uint32)
        yield pl.DataFrame(
            {"block_key": key[chosen], "record_no": number, "name_rank": name_rank[number]}
        ).with_columns(is_windowed=pl.lit(block.is_windowed), sign_bits=pl.lit(block.sign, pl.Int32))


def _seems_shared(key: Hashes) -> Numbers:
    """Places of keys that are probably there twice: a cheap count over a part of their bits."""
    slot = (key & np.uint64((1 << COUNTER_BITS) - 1)).astype(np.int64)
    count = np.bincount(slot, minlength=1 << COUNTER_BITS)
    return np.flatnonzero((count[slot] > 1) & (key != NOTHING))


_WORD: Choice = ("given", "surname", "rare_word", "second_word")
"""A word of a name, whatever its part."""
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
                Block(f"{name} and postal code", (name, "postal"), sign << 1),
                Block(f"{name}, name by sound and initial", (name, _SOUNDED), sign),
            ]
    return (*BLOCKS, *further)

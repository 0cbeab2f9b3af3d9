"""Which pairs of parties are worth comparing: those that share a key that few others share.

A block larger than the parameter ``max_block`` is not compared as a whole: its parties are put in the order of their
names and each is compared with its neighbours only, so that a forwarder's phone or a frequent name costs no more than
its size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl

from analytics.contracts.parameters import PARAMETERS
from analytics.engines.models import load_model
from analytics.identity.hashing import NOTHING, Hashes, all_of, mixed
from analytics.identity.records import Numbers, Records

__all__ = ["BLOCKS", "Block", "blocks", "candidate_pairs"]

COUNTER_BITS = 24


@dataclass(frozen=True)
class Block:
    """A kind of blocking key.

    Attributes
    ----------
    name : str
        What the parties of a block share.
    columns : tuple of str
        The values that make the key; all must be there.
    is_windowed : bool
        Whether a large block is still worth walking along by name.
    """

    name: str
    columns: tuple[str, ...]
    is_windowed: bool = False

    def key(self, records: Records) -> Hashes:
        """One hash for each record, `NOTHING` where it has no such key."""
        return all_of(*(records.hash(column) for column in self.columns))


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
    number = np.arange(len(records), dtype=np.uint32)
    for position, block in enumerate(blocks(records.extra), 1):
        key = block.key(records)
        key = np.where(key == NOTHING, NOTHING, mixed(key ^ np.uint64(position)))
        chosen = _seems_shared(key)
        yield pl.DataFrame(
            {"block_key": key[chosen], "record_no": number[chosen], "name_rank": name_rank[chosen]}
        ).with_columns(is_windowed=pl.lit(block.is_windowed))


def _seems_shared(key: Hashes) -> Numbers:
    """Places of keys that are probably there twice: a cheap count over a part of their bits."""
    slot = (key & np.uint64((1 << COUNTER_BITS) - 1)).astype(np.int64)
    count = np.bincount(slot, minlength=1 << COUNTER_BITS)
    return np.flatnonzero((count[slot] > 1) & (key != NOTHING))


BLOCKS = (
    Block("tax number", ("tax",)),
    Block("account", ("issuer", "account")),
    Block("phone", ("phone",), is_windowed=True),
    Block("e-mail", ("email",), is_windowed=True),
    Block("mailbox name", ("email_local",)),
    Block("trade name", ("other_name",)),
    Block("name", ("whole_name",)),
    Block("name in one state", ("whole_name", "state")),
    Block("name in one area", ("whole_name", "postal<3"), is_windowed=True),
    Block("surname and postal code", ("surname", "postal")),
    Block("surname by sound in one area", ("surname_sound", "given<1", "postal<3")),
    Block("given name by sound in one area", ("given_sound", "surname<2", "postal<3")),
    Block("name by sound in one state", ("surname_sound", "given_sound", "state")),
    Block("house and postal code", ("house", "postal"), is_windowed=True),
    Block("house and street in one area", ("house", "street", "postal<3")),
    Block("house, street and city", ("house", "street", "city"), is_windowed=True),
    Block("house and beginning of the name", ("house", "street<3", "name<2")),
    Block("surname and house", ("surname", "house")),
    Block("given name and house", ("given", "house", "state")),
    Block("post box", ("box", "postal")),
    Block("unit and house", ("unit", "house", "street")),
    Block("firm's beginning and postal code", ("firm<5", "postal")),
    Block("firm's rarest word in one area", ("rare_word", "postal<3")),
    Block("firm's rarest words", ("rare_word", "second_word")),
)


def blocks(extra: Mapping[str, str]) -> tuple[Block, ...]:
    """Blocks of a file with further columns: each with parts of the name, numbers and dates by themselves."""
    further = []
    for name, kind in extra.items():
        if kind == "id":
            further.append(Block(name, (name,)))
        parts = ("given", "surname", "postal", "email_local", "city")
        further += [Block(f"{name} and {part}", (name, part)) for part in parts]
    return (*BLOCKS, *further)

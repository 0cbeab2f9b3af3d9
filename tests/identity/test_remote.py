"""Who is who is the same where the keys of parties stay with the workers of an engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest

from analytics.contracts.identities import Parties
from analytics.contracts.steps import SpreadEngine, Worked, WorkedTogether
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.identity import identity_step, remote
from analytics.identity.frozen import FrozenState
from analytics.identity.people import People
from analytics.identity.training.fitting import made_up_file, some_habits
from tests.identity.test_step import parties, run

SMALL = 50
"""Rows or pairs that a worker sees at a time here."""


class Spread(DuckDBEngine):
    """DuckDB as if its workers were elsewhere: what they are sent is a batch of rows, or the rows of one value."""

    seen: Path

    def files(self, table: str) -> list[Path]:
        file = self.seen / f"{table}.{len(list(self.seen.iterdir()))}.parquet"
        self.frame(table).write_parquet(file)
        return [file]

    def derive(self, table: str, source: str, through: Worked) -> None:
        rows = self.frame(source)
        self.write(table, pl.concat(through(rows[at : at + SMALL]) for at in range(0, max(len(rows), 1), SMALL)))

    def derive_of_both(self, table: str, one: str, other: str, by: str, work: WorkedTogether) -> None:
        left, right = self.frame(one), self.frame(other)
        parts = [*left[by].unique().sort(descending=True), -1]
        made = (work(left.filter(pl.col(by) == part), right.filter(pl.col(by) == part)) for part in parts)
        self.write(table, pl.concat(made))


@pytest.fixture
def engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[DuckDBEngine, Spread]]:
    monkeypatch.setattr(remote, "PAIRS_A_PART", SMALL)
    monkeypatch.setattr(remote, "ASKED_AT_A_TIME", 3 * SMALL)
    with DuckDBEngine(tmp_path / "here") as here, Spread(tmp_path / "there") as there:
        there.seen = tmp_path / "seen"
        there.seen.mkdir()
        yield here, there


def people(seed: int, entities: int = 150) -> pl.DataFrame:
    """Made-up parties, some of them with accounts that several share and with tax numbers."""
    random = Random(seed)
    made = made_up_file(random, some_habits(random, entities)).frame
    mine = made.select(name for name in made.columns if name in Parties.column_names())
    account = [str(random.randrange(40)) if random.random() < 0.3 else None for _ in range(len(mine))]
    tax = [f"h{random.randrange(200)}" if random.random() < 0.2 else None for _ in range(len(mine))]
    numbers = {"consignee_id": account, "consignee_id_issuer": ["ACME" if each else None for each in account]}
    return parties(
        *mine.with_columns(
            **{name: pl.Series(each) for name, each in numbers.items()}, consignee_tax_id_hash=pl.Series(tax)
        ).to_dicts()
    )


def same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> list[str]:
    """Names of the tables that differ."""
    pairs = {name: (one[name], other[name].select(one[name].columns)) for name in one}
    return [name for name, both in pairs.items() if not np.all(_sorted(both[0]).equals(_sorted(both[1])))]


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sort(frame.columns, nulls_last=True)


def test_only_an_engine_that_sends_work_away_is_spread(engines):
    assert [isinstance(engine, SpreadEngine) for engine in engines] == [False, True]


@pytest.mark.parametrize("seed", range(4))
def test_every_table_is_the_same_and_so_is_what_is_added(engines, seed):
    everybody = people(seed)
    first = everybody.head(int(0.9 * len(everybody)))
    assert same(*(run(engine, first) for engine in engines)) == []
    added = [run(engine, everybody) for engine in engines]
    assert same(*added) == []
    assert added[0]["identity_resolution"]["kind"].to_list() == ["added"]


def test_a_pruned_run_with_judgements_is_the_same(engines):
    everybody = people(7)
    brought = dict.fromkeys(everybody["alias_id"][::2], 0.3)
    verdicts = (("a0", "a3", "same"), ("a1", "a4", "different"))
    tables = [run(engine, everybody, *verdicts, brought=brought) for engine in engines]
    assert same(*tables) == []
    assert tables[1]["identity_resolution"]["kind"].to_list() == ["pruned"]


def test_nobody_at_all_is_the_same(engines):
    assert same(*(run(engine, parties({"consignee_name": "TO ORDER"})) for engine in engines)) == []


def test_what_workers_count_is_what_is_counted_here(engines):
    here, there = (people_of(engine, people(5, 400)) for engine in engines)
    counted, told = FrozenState.counted(here.records), there.records.remote.counted()
    assert told.to_frame().equals(counted.to_frame())
    assert (told.size, told.kinship) == (counted.size, counted.kinship)


def people_of(engine: DuckDBEngine, rows: pl.DataFrame) -> People:
    run(engine, rows)
    return People.of(engine)


def test_workers_spare_this_process_memory(engines):
    everybody = pl.DataFrame({"alias_id": range(1_000_000)})
    for engine in engines:
        engine.write("parties", everybody)
    said = [identity_step().needs(engine) for engine in engines]
    assert said == ["about 0.8 GB beside the engine", "about 0.4 GB beside the engine"]


def test_here_stay_numbers_and_no_names(engines):
    records = people_of(engines[1], people(2)).records
    assert set(records.columns) == {"party_class", "issuer", "account", "name", "address"}
    told = {name: column.series().dtype for name, column in records.columns.items() if name != "party_class"}
    assert set(told.values()) == {pl.Int64}


def test_tables_for_the_workers_are_let_go(engines):
    run(engines[1], people(3))
    assert engines[1].tables() & set(remote._TABLES) == set()


def test_a_state_is_given_to_workers_once(engines):
    workers = people_of(engines[1], people(4)).records.remote
    state = workers.counted()
    assert workers.under(state) is workers.under(state)
    assert workers.under(state) is not workers.under(replace(state, size=1))

"""Who is who is the same where the keys of parties stay with the workers of an engine."""

from __future__ import annotations

import pickle
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
from analytics.errors import ContractError, UsageError
from analytics.identity import identity_step
from analytics.identity.records import remote
from analytics.identity.records.aliases import Consignees
from analytics.identity.training.fitting import made_up_file, some_habits
from tests.identity.test_step import parties, run

SURNAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Ivy", "Juniper", "Kauri", "Larch")
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
        rows, through = self.frame(source), pickle.loads(pickle.dumps(through))
        self.write(table, pl.concat(through(rows[at : at + SMALL]) for at in range(0, max(len(rows), 1), SMALL)))

    def derive_of_both(self, table: str, one: str, other: str, by: str, work: WorkedTogether) -> None:
        left, right, work = self.frame(one), self.frame(other), pickle.loads(pickle.dumps(work))
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


VERDICTS = (("a0", "a3", "same"), ("a1", "a4", "different"))


@pytest.mark.parametrize(
    ("seed", "verdicts"),
    [(0, ()), (1, VERDICTS), *(pytest.param(*more, marks=pytest.mark.slow) for more in ((2, ()), (3, VERDICTS)))],
)
def test_every_table_is_the_same_and_so_is_what_is_added(engines, seed, verdicts):
    everybody = people(seed)
    first = everybody.head(int(0.9 * len(everybody)))
    assert same(*(run(engine, first) for engine in engines)) == []
    added = [run(engine, everybody, *verdicts) for engine in engines]
    assert same(*added) == []
    assert added[0]["identity_resolution"]["kind"].to_list() == ["added"]


def test_a_pruned_run_with_judgements_is_the_same(engines):
    everybody = people(7)
    brought = dict.fromkeys(everybody["alias_id"][::2], 0.3)
    tables = [run(engine, everybody, *VERDICTS, brought=brought) for engine in engines]
    assert same(*tables) == []
    assert tables[1]["identity_resolution"]["kind"].to_list() == ["pruned"]


def test_a_block_that_is_walked_by_name_is_walked_the_same_way(engines):
    names = [f"{given} {last}" for given in ("Ada", "Bo", "Cy", "Di", "Ed", "Flo") for last in SURNAMES]
    crowd = [{"consignee_name": name, "consignee_phone": "6265550123"} for name in names]
    tables = [run(engine, parties(*crowd)) for engine in engines]
    assert same(*tables) == []
    assert 3 * len(crowd) - 6 <= tables[1]["identity_resolution"]["pairs"].item() < len(crowd) ** 2 / 4


def test_workers_who_hash_otherwise_are_refused(monkeypatch):
    sent = remote._sent(remote._values_of)
    monkeypatch.setattr(remote, "hashed_with", lambda: "splitship 9, polars 9")
    with pytest.raises(
        UsageError, match=r"workers have splitship 9, polars 9, and the driver .*Install the same on both"
    ):
        sent(pl.DataFrame())


def test_a_part_without_its_keys_is_refused(engines):
    workers = people_of(engines[1], people(6, 40)).records.remote
    pairs = pl.DataFrame({"part_no": [0], "record_l": [0], "record_r": [10**6]})
    keys = engines[1].frame("int_parties__keys_of_records")
    with pytest.raises(ContractError, match="a record whose keys it was not sent"):
        remote._result_of(workers._file, lambda *_: pl.DataFrame(), pairs, keys)


def test_no_parties_are_the_same(engines):
    assert same(*(run(engine, parties({"consignee_name": "TO ORDER"})) for engine in engines)) == []


def test_what_workers_count_is_what_is_counted_here(engines):
    here, there = (people_of(engine, people(5, 200)) for engine in engines)
    counted, told = here.records.frequencies(), there.records.remote.frequencies()
    assert told.to_frame().equals(counted.to_frame())
    assert (told.size, told.name_lift) == (counted.size, counted.name_lift)


def people_of(engine: DuckDBEngine, rows: pl.DataFrame) -> Consignees:
    run(engine, rows)
    return Consignees.of(engine)


def test_here_stay_numbers_and_no_names(engines):
    records = people_of(engines[1], people(2, 40)).records
    assert set(records.columns) == {"party_class", "issuer", "account", "name", "address"}
    told = {name: column.series().dtype for name, column in records.columns.items() if name != "party_class"}
    assert set(told.values()) == {pl.Int64}


def test_tables_for_the_workers_are_let_go(engines):
    run(engines[1], people(3, 40))
    step = identity_step()
    assert engines[1].tables() - {*step.reads, *step.writes} == set()


def test_frequencies_are_given_to_workers_once(engines):
    workers = people_of(engines[1], people(4, 40)).records.remote
    counted = workers.frequencies()
    other = workers.frozen(replace(counted, size=1))
    assert workers.frozen(counted) is workers.frozen(counted) is not other
    assert len({workers.frozen(counted)._file, workers._file, other._file}) == 3

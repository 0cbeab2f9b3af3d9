"""Runs landed lines through the SQL models, with a stand-in for the resolver: one name is one person."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.findings import Flags, FlagShipments
from analytics.contracts.identities import IdentityChanges, Judgements
from analytics.contracts.parameters import resolve_parameters
from analytics.contracts.runs import RunChanges, RunFacts
from analytics.contracts.shipments import LandedLines, Shipments, UnreadCells
from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.models import load_model, load_models
from analytics.identity.grouping.thresholds import standings
from analytics.parties.keys import party_keys
from analytics.pipeline.steps import in_order, sql_step
from analytics.rulebook import load_references
from analytics.rulebook.owners import owner_step
from analytics.traits import goods_traits_step, party_traits_step
from analytics.typologies import registry
from analytics.typologies.evidence import evidence_step
from analytics.wording.steps import wording_steps

__all__ = ["MONDAY", "TUESDAY", "Chain", "LazyChain", "cases_of", "lines", "side_by_side"]

MONDAY, TUESDAY = date(2025, 1, 13), date(2025, 1, 14)
THRESHOLDS = (0.25, 0.4, 0.5, 0.8, 0.95)
_SCHEMA = LandedLines.create_empty().schema
_LAST_RUN = {
    "last_flags": Flags,
    "last_flag_shipments": FlagShipments,
    "last_shipments": Shipments,
    "past_run_changes": RunChanges,
    "run_facts": RunFacts,
}
_USUAL: dict[str, Any] = {
    "line_no": 1,
    "has_own_key": True,
    "record_action": "add",
    "input_no": 0,
    "source_file": "day.csv",
    "arrival_date": MONDAY,
    "date_basis": "arrival",
    "consignee_name": "Maria Lopez",
    "consignee_country": "US",
    "declared_value": "400.00",
    "currency": "USD",
    "entry_type": "86",
    "mode": "air",
    "origin_country": "JP",
}


def lines(*changes: Mapping[str, Any]) -> pl.DataFrame:
    """Landed lines that differ from the usual one as given; shipment numbers and places follow the order."""
    rows = []
    for number, change in enumerate(changes, start=1):
        place = {
            "shipment_id": f"s{number}",
            "landed_id": f"l{number:04}",
            "content_hash": f"c{number}",
            "source_line": number + 1,
        }
        rows.append({**_USUAL, **place, **change})
    columns = [pl.Series(name, [row.get(name) for row in rows], dtype=_loose(kind)) for name, kind in _SCHEMA.items()]
    return pl.DataFrame(columns).cast(dict(_SCHEMA))


def side_by_side(*cases: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Landed lines of several cases, each with a consignee of its own unless told otherwise: ``case 0``, ``case 1``."""
    rows = [{"consignee_name": f"case {number}", **row} for number, case in enumerate(cases) for row in case]
    return lines(*rows)


def cases_of(flags: pl.DataFrame | Iterable[Mapping[str, Any]]) -> list[int]:
    """Numbers of the cases side by side that flags are about, sorted; one flag about anybody else is a failure."""
    rows = flags.iter_rows(named=True) if isinstance(flags, pl.DataFrame) else flags
    return sorted(int(flag["identity_id"].removeprefix("i-case ")) for flag in rows)


def _loose(kind: pl.DataType) -> pl.DataType:
    return pl.String() if isinstance(kind, pl.Decimal) else kind


@functools.cache
def _references(regime: str) -> dict[str, pl.DataFrame]:
    return load_references().for_regime(regime).tables


@functools.cache
def _nothing() -> dict[str, pl.DataFrame]:
    """What a first run is given beside its lines: no judgement, and no run before it."""
    return {name: empty_frame(schema) for name, schema in {"judgements": Judgements, **_LAST_RUN}.items()}


_NAME = pl.col("consignee_name").fill_null(pl.col("consignee_id"))
_CLASS = pl.when(_NAME.is_null()).then(pl.lit("placeholder")).otherwise(pl.lit("person"))


def _compare(engine: Engine, _: Mapping[str, ParameterValue]) -> None:
    parties = engine.frame("parties")
    compared = party_keys(parties).drop("party_class")
    engine.write("party_keys", compared.join(parties.select("alias_id", party_class=_CLASS), on="alias_id"))


def _resolve_by_name(engine: Engine, _: Mapping[str, ParameterValue]) -> None:
    named = engine.frame("parties").filter(_NAME.is_not_null())
    members = named.select(
        "alias_id", identity_id="i-" + _NAME.str.to_lowercase(), party_class=_CLASS, probability=pl.lit(1.0)
    )
    engine.write("identity_members", members)
    whole = pl.col("probability")
    health = members.select("identity_id", cohesion=whole, weakest_link=whole, survives_to_threshold=whole).unique()
    health = health.with_columns(bridges=pl.lit(0, pl.Int64), joins_at_threshold=pl.lit(None, pl.Float64))
    engine.write("identity_health", health)
    engine.write("identity_thresholds", standings(THRESHOLDS))
    for name, schema in _HOLDING.items():
        engine.write(name, pl.DataFrame(schema=schema))
    engine.write("identity_changes", empty_frame(IdentityChanges))


_HOLDING = {
    "identity_parts": {"alias_id": pl.String, "threshold": pl.Float64, "part_id": pl.String},
    "identity_proven_parts": {"alias_id": pl.String, "part_id": pl.String},
    "identity_bridge_sides": {
        "identity_id": pl.String,
        "alias_id_l": pl.String,
        "alias_id_r": pl.String,
        "probability": pl.Float64,
        "alias_id": pl.String,
    },
}
_KEYS = Step("party_keys", ("alias_id",), ("parties",), (), _compare)
_RESOLVER = Step(
    "identity_members",
    ("alias_id",),
    ("parties",),
    (),
    _resolve_by_name,
    also_writes=("identity_health", "identity_thresholds", "identity_changes", *_HOLDING),
)


class Chain:
    """The models, built over some landed lines."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self._raw = engine
        self.unread = empty_frame(UnreadCells)

    @property
    def engine(self) -> DuckDBEngine:
        """Where the tables are."""
        return self._raw

    def run(
        self, landed: pl.DataFrame, references: Mapping[str, pl.DataFrame] | None = None, **parameters: Any
    ) -> Chain:
        """Build every model over these lines."""
        return self._build(self._steps(self._hand_in(landed, references, parameters)), parameters)

    def _hand_in(
        self, landed: pl.DataFrame, references: Mapping[str, pl.DataFrame] | None, parameters: Mapping[str, Any]
    ) -> list[str]:
        self._regime = parameters.get("regime", "us")
        numbers = landed.select("input_no").unique()
        tables = {
            **_references(self._regime),
            **_nothing(),
            **(references or {}),
            "landed_lines": landed,
            "screened_inputs": numbers.select("input_no", run_id=pl.format("r{}", "input_no")),
            "unread_cells": self.unread,
        }
        self._give(tables)
        return [*tables]

    def _give(self, tables: Mapping[str, pl.DataFrame]) -> None:
        for name, frame in tables.items():
            self._raw.write(name, frame)

    def _steps(self, given: list[str]) -> list[Step]:
        models = load_models("10_staging", "20_intermediate", "typologies", "30_marts", "90_checks").values()
        in_python = [owner_step(), _KEYS, _RESOLVER, party_traits_step(), goods_traits_step(), *registry.steps()]
        in_python += [evidence_step(), *wording_steps()]
        return in_order([*map(sql_step, models), *in_python], given)

    def _build(self, steps: list[Step], parameters: Mapping[str, Any]) -> Chain:
        self.params = resolve_parameters(parameters)
        for step in steps:
            step.build(self._raw, self.params)
        return self

    def rebuild(self, *names: str) -> None:
        """Build some models anew over what the tables hold now."""
        for name in names:
            self._raw.build(load_model(name), self.params)

    def table(self, name: str, *by: str) -> pl.DataFrame:
        """A table, sorted."""
        return self._raw.frame(name).sort(*(by or [pl.all()]), nulls_last=True)

    def flags(self, typology: str) -> pl.DataFrame:
        """The flags of one typology."""
        return self.table("mart_flags", "subject").filter(pl.col("typology") == typology)


@dataclass(frozen=True)
class _Ready:
    """Tables that most runs over a few lines are given alike, in a database of their own beside the engine's."""

    file: Path
    tables: dict[str, pl.DataFrame]


@functools.cache
def _ready(regime: str) -> _Ready:
    """The reference tables of a regime, and what a run starts from or leaves behind where there is nothing."""
    ready = _Ready(_folder() / f"ready_{regime}.duckdb", {**_references(regime), **_nothing(), **_shapes()})
    with duckdb.connect(str(ready.file)) as database:
        for name, frame in ready.tables.items():
            database.register("handed_in", frame.to_arrow())
            database.execute(f'create table "{name}" as select * from handed_in')
            database.unregister("handed_in")
    return ready


@functools.cache
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="splitship-tests-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


class LazyChain(Chain):
    """The same models over the same lines, each built when somebody asks for it or for what is made of it."""

    def __init__(self, engine: DuckDBEngine) -> None:
        super().__init__(engine)
        self._given: dict[str, pl.DataFrame] = {}
        self._makers: dict[str, Step] = {}
        self._waiting: set[str] = set()

    @property
    def engine(self) -> DuckDBEngine:
        """The engine, with every table built: who goes in by this door may look at any."""
        for name in [*self._given, *self._makers]:
            self._need(name)
        return self._raw

    @property
    def makers(self) -> Mapping[str, Step]:
        """Which step writes each table."""
        return self._makers

    def _give(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """Keep what differs from what stands ready until somebody asks for it."""
        ready = _ready(self._regime)
        for name in self._raw.tables() & set(ready.tables):
            self._raw.drop(name)
        self._raw.connection.execute(f"attach if not exists '{ready.file}' as {ready.file.stem} (read_only)")
        self._raw.connection.execute(f"set search_path = 'memory.main,{ready.file.stem}.main'")
        self._given = {name: frame for name, frame in tables.items() if ready.tables.get(name) is not frame}

    def _build(self, steps: list[Step], parameters: Mapping[str, Any]) -> LazyChain:
        self.params = resolve_parameters(parameters)
        self._makers = {table: step for step in steps for table in step.writes}
        self._waiting = {step.name for step in steps}
        return self

    def only(
        self,
        typology: str,
        landed: pl.DataFrame,
        references: Mapping[str, pl.DataFrame] | None = None,
        **parameters: Any,
    ) -> list[dict[str, Any]]:
        """Build what one typology needs over these lines, and give its flags: what was measured, and what it says."""
        measures = self.run(landed, references, **parameters).table(f"int_measures__{typology}", "subject")
        said = registry.evidence(typology).of(measures)
        return measures.join(said, on="flag_id", maintain_order="left").to_dicts()

    def rebuild(self, *names: str) -> None:
        """Build some models, or steps of this run, anew over what the tables hold now."""
        for name in names:
            self.then(self._makers.get(name) or sql_step(load_model(name)), self.params)

    def put(self, table: str, frame: pl.DataFrame) -> None:
        """Give a table other rows, whatever is built over it already; what is written with it is built first."""
        self._given.pop(table, None)
        step = self._makers.get(table)
        if step is not None:
            if len(step.writes) > 1:
                self._need(table)
            self._waiting.discard(step.name)
        self._raw.write(table, frame)

    def shape(self, table: str) -> list[tuple[str, str]]:
        """Columns of a table with their types, in their order."""
        self._need(table)
        relation = self._raw.connection.table(table)
        return list(zip(relation.columns, map(str, relation.types), strict=True))

    def then(self, step: Step, parameters: Mapping[str, Any]) -> None:
        """Build a further step over the tables that it reads."""
        for read in step.reads:
            self._need(read)
        step.build(self._raw, parameters)

    def about(self, typology: str) -> LazyChain:
        """Leave out the findings of every other typology."""
        self._empty(self._of_others(typology))
        return self

    def table(self, name: str, *by: str) -> pl.DataFrame:
        """A table, sorted."""
        self._need(name)
        return self._raw.frame(name).sort(*(by or [pl.all()]), nulls_last=True)

    def flags(self, typology: str) -> pl.DataFrame:
        """The flags of one typology; where no flag was built yet, those of others are left out on the way."""
        if "mart_flags" not in self._waiting:
            return super().flags(typology)
        others = self._of_others(typology)
        whole = set(self._waiting)
        self._empty(others)
        found = super().flags(typology)
        self._waiting |= _downstream(set(others), self._makers) & whole
        return found

    def _of_others(self, typology: str) -> list[str]:
        """Tables of findings and members of every other typology that are not built yet."""
        return [
            name
            for name in self._waiting
            if name.startswith(("int_measures__", "int_members__"))
            and name.split("__")[1] not in (typology, "united")
            and name.split("__")[1] in _typologies()
        ]

    def _empty(self, names: list[str]) -> None:
        """Let tables of findings and members stand empty, as they stand ready."""
        for name in names:
            if name in self._raw.tables():
                self._raw.drop(name)
            self._waiting.discard(name)

    def _need(self, table: str) -> None:
        if table in self._given:
            self._raw.write(table, self._given.pop(table))
            return
        step = self._makers.get(table)
        if step is None or step.name not in self._waiting:
            return
        self._waiting.discard(step.name)
        for read in step.reads:
            self._need(read)
        self.make(step)

    def make(self, step: Step) -> None:
        """Build one step over the tables that it reads, which are there."""
        step.build(self._raw, self.params)


def _downstream(changed: set[str], makers: Mapping[str, Step]) -> set[str]:
    """Names of the steps that read some tables, by whatever way, those that write them among them."""
    found = {makers[name].name for name in changed}
    steps = set(makers.values())
    while True:
        more = {step.name for step in steps if any(makers[read].name in found for read in step.reads if read in makers)}
        if more <= found:
            return found
        found |= more


@functools.cache
def _typologies() -> frozenset[str]:
    return frozenset(load_references().tables["ref_typologies"]["typology"])


@functools.cache
def _shapes() -> dict[str, pl.DataFrame]:
    """Every table over no line at all: what a table looks like that holds nothing."""
    with DuckDBEngine(None, memory="1GB", threads=1) as engine:
        Chain(engine).run(lines({}).clear())
        return {
            name: engine.frame(name) for name in engine.tables() if name.startswith(("int_measures", "int_members"))
        }

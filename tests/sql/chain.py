"""Runs landed lines through the SQL models, with a stand-in for the resolver: one name is one person."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.findings import Flags, FlagShipments
from analytics.contracts.identities import IdentityChanges, Judgements
from analytics.contracts.parameters import resolve_parameters
from analytics.contracts.runs import RunChanges, RunFacts
from analytics.contracts.shipments import LandedLines, Shipments
from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.models import load_model, load_models
from analytics.identity.thresholds import standings
from analytics.pipeline.steps import in_order, sql_step
from analytics.rulebook import load_references
from analytics.rulebook.owners import owner_step
from analytics.statistics import statistics_steps
from analytics.typologies import goods_traits_step, party_traits_step

__all__ = ["MONDAY", "TUESDAY", "Chain", "lines"]

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


def _loose(kind: pl.DataType) -> pl.DataType:
    return pl.String() if isinstance(kind, pl.Decimal) else kind


@functools.cache
def _references(regime: str) -> dict[str, pl.DataFrame]:
    return load_references().for_regime(regime).tables


def _resolve_by_name(engine: Engine, _: Mapping[str, ParameterValue]) -> None:
    name = pl.col("consignee_name").fill_null(pl.col("consignee_id"))
    keys = engine.frame("parties").select(
        "alias_id",
        "consignee_name",
        party_class=pl.when(name.is_null()).then(pl.lit("placeholder")).otherwise(pl.lit("person")),
        name=name,
    )
    engine.write("party_keys", keys.select("alias_id", "party_class"))
    members = keys.filter(pl.col("name").is_not_null()).select(
        "alias_id",
        identity_id="i-" + pl.col("name").str.to_lowercase(),
        party_class="party_class",
        probability=pl.lit(1.0),
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
    "identity_bridge_sides": {
        "identity_id": pl.String,
        "alias_id_l": pl.String,
        "alias_id_r": pl.String,
        "probability": pl.Float64,
        "alias_id": pl.String,
    },
}
_RESOLVER = Step(
    "identity_members",
    ("alias_id",),
    ("parties",),
    (),
    _resolve_by_name,
    also_writes=("party_keys", "identity_health", "identity_thresholds", "identity_changes", *_HOLDING),
)


class Chain:
    """The models, built over some landed lines."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self.engine = engine

    def run(
        self, landed: pl.DataFrame, references: Mapping[str, pl.DataFrame] | None = None, **parameters: Any
    ) -> Chain:
        """Build every model over these lines."""
        return self._build(self._steps(self._hand_in(landed, references, parameters)), parameters)

    def only(
        self,
        typology: str,
        landed: pl.DataFrame,
        references: Mapping[str, pl.DataFrame] | None = None,
        **parameters: Any,
    ) -> list[dict[str, Any]]:
        """Build what one typology needs over these lines, and give its findings."""
        steps = self._steps(self._hand_in(landed, references, parameters))
        makers = {table: step for step in steps for table in step.writes}
        wanted, waiting = set(), [f"int_findings__{typology}"]
        while waiting:
            step = makers.get(waiting.pop())
            if step is not None and step.name not in wanted:
                wanted.add(step.name)
                waiting += step.reads
        self._build([step for step in steps if step.name in wanted], parameters)
        return self.table(f"int_findings__{typology}", "subject").to_dicts()

    def _hand_in(
        self, landed: pl.DataFrame, references: Mapping[str, pl.DataFrame] | None, parameters: Mapping[str, Any]
    ) -> list[str]:
        tables = {**_references(parameters.get("regime", "us")), **(references or {})}
        for name, frame in tables.items():
            self.engine.write(name, frame)
        self.engine.write("landed_lines", landed)
        numbers = landed.select("input_no").unique()
        self.engine.write("screened_inputs", numbers.select("input_no", run_id=pl.format("r{}", "input_no")))
        self.engine.write("judgements", empty_frame(Judgements))
        for name, schema in _LAST_RUN.items():
            self.engine.write(name, empty_frame(schema))
        return [*tables, "landed_lines", "screened_inputs", "judgements", *_LAST_RUN]

    def _steps(self, given: list[str]) -> list[Step]:
        models = load_models("10_staging", "20_intermediate", "30_marts", "90_checks").values()
        in_python = [owner_step(), _RESOLVER, party_traits_step(), goods_traits_step(), *statistics_steps()]
        return in_order([*map(sql_step, models), *in_python], given)

    def _build(self, steps: list[Step], parameters: Mapping[str, Any]) -> Chain:
        self.params = resolve_parameters(parameters)
        for step in steps:
            step.build(self.engine, self.params)
        return self

    def rebuild(self, *names: str) -> None:
        """Build some models anew over what the tables hold now."""
        for name in names:
            self.engine.build(load_model(name), self.params)

    def table(self, name: str, *by: str) -> pl.DataFrame:
        """A table, sorted."""
        return self.engine.frame(name).sort(*(by or [pl.all()]), nulls_last=True)

    def flags(self, typology: str) -> pl.DataFrame:
        """The flags of one typology."""
        return self.table("mart_flags", "subject").filter(pl.col("typology") == typology)

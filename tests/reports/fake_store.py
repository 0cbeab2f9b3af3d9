"""A store held in memory: tables under their contracts, made by hand or as a small plausible world."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from analytics.contracts.exposure import ExposureDrivers, ExposureLayers, ExposureShipments, StatuteClock
from analytics.contracts.findings import (
    DailyTotals,
    DateSensitivity,
    Exposure,
    FlagCuts,
    Flags,
    FlagShipments,
    FlagThresholds,
    Suppressions,
    TypologyStatus,
)
from analytics.contracts.identities import (
    Aliases,
    Identities,
    IdentityChanges,
    IdentityLinks,
    IdentityThresholds,
    JudgementOutcomes,
)
from analytics.contracts.logs import LOGS
from analytics.contracts.runs import RunChanges, Runs
from analytics.contracts.shipments import RejectedRows, Shipments, ShipmentVersions, UnreadCells
from analytics.rulebook import load_references

__all__ = ["SCHEMAS", "FakeStore", "store_of", "table"]

SCHEMAS: dict[str, Any] = {
    "shipments": Shipments,
    "shipment_versions": ShipmentVersions,
    "flags": Flags,
    "flag_shipments": FlagShipments,
    "suppressions": Suppressions,
    "exposure": Exposure,
    "exposure_layers": ExposureLayers,
    "exposure_shipments": ExposureShipments,
    "exposure_drivers": ExposureDrivers,
    "statute_clock": StatuteClock,
    "daily_totals": DailyTotals,
    "identities": Identities,
    "aliases": Aliases,
    "identity_links": IdentityLinks,
    "identity_changes": IdentityChanges,
    "identity_thresholds": IdentityThresholds,
    "flag_thresholds": FlagThresholds,
    "flag_cuts": FlagCuts,
    "judgements": JudgementOutcomes,
    "rejected": RejectedRows,
    "unread_cells": UnreadCells,
    "typology_status": TypologyStatus,
    "date_sensitivity": DateSensitivity,
    "runs": Runs,
    "run_changes": RunChanges,
    **LOGS,
}
_LIMITS = {
    "rule_id": pl.String,
    "regime": pl.String,
    "provision": pl.String,
    "pool": pl.String,
    "origin_scope": pl.String,
    "mode_scope": pl.String,
    "grouping_key": pl.String,
    "limit_amount": pl.Decimal(18, 2),
    "limit_currency": pl.String,
    "status": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "source": pl.String,
    "confidence": pl.String,
    "if_suspension": pl.String,
    "note": pl.String,
}
_SCOPES = {"scope_kind": pl.String, "scope": pl.String, "expression": pl.String}
_SHIPPED = (
    "ref_typologies", "ref_reviews", "ref_ace_notice_codes", "ref_law_events", "ref_duty_layers", "ref_deadlines",
)  # fmt: skip
_REFERENCE = {"ref_limits": _LIMITS, "ref_scopes": _SCOPES}
_DAY = date(2025, 3, 11)
_DEFAULTS: dict[str, dict[str, Any]] = {
    "shipments": {
        "shipment_uid": "S1",
        "shipment_id": "S1",
        "arrival_date": _DAY,
        "date_basis": "arrival",
        "value_usd": "100.00",
        "is_customs_value_proxy": True,
        "person_role": "consignee",
        "value_basis": "retail",
        "exemption_claimed": True,
        "exemption_basis": "entry_type",
        "party_class": "person",
        "line_count": 1,
        "source_file": "week.csv",
        "source_line": 2,
        "currency": "USD",
        "entry_type": "86",
        "mode": "air",
        "origin_country": "VN",
        "consignee_country": "US",
    },
    "shipment_versions": {
        "shipment_id": "S1",
        "line_no": 1,
        "source_file": "week.csv",
        "source_line": 2,
        "replaced_by_file": "next.csv",
        "replaced_by_line": 2,
        "replaced_by_action": "replace",
        "arrival_date": _DAY,
        "declared_value": "100.00",
        "landed_id": "1",
    },
    "flags": {
        "flag_id": "f1",
        "regime": "us",
        "typology": "daily_limit",
        "identity_id": "i1",
        "subject": "i1 2025-03-11",
        "window_start": _DAY,
        "window_end": _DAY,
        "shipments": 2,
        "total_usd": "900.00",
        "limit_amount": "800.00",
        "limit_currency": "USD",
        "excess_usd": "100.00",
        "strength": "objective",
        "score": 0.5,
        "reason": "2 shipments add up to $900.00 on one day; the limit was $800.00.",
        "counter_reasons": '["They may be two orders of two people at one address."]',
        "rule_id": "US-C-02",
        "legal_basis": "19 CFR 10.151",
        "attributes": "{}",
        "is_suppressed": False,
        "survives_to_threshold": 1.0,
    },
    "identity_thresholds": {"threshold": 0.5, "standing": "central"},
    "flag_thresholds": {
        "flag_id": "f1",
        "threshold": 0.5,
        "standing": "central",
        "regime": "us",
        "typology": "daily_limit",
        "subject": "i1 2025-03-11",
        "window_end": _DAY,
        "is_raised": True,
        "stands": True,
        "shipments": 2,
        "total_usd": "900.00",
    },
    "flag_cuts": {
        "flag_id": "f1",
        "cut": "link",
        "alias_id_l": "a1",
        "alias_id_r": "a2",
        "probability": 0.97,
        "reason": "Without this match no part is over the limit.",
    },
    "judgements": {
        "alias_id_l": "a1",
        "alias_id_r": "a2",
        "verdict": "same",
        "judged_by": "ann",
        "judged_at": "2025-03-12T10:00:00Z",
        "outcome": "kept",
    },
    "flag_shipments": {"flag_id": "f1", "shipment_uid": "S1", "shipment_id": "S1", "is_in_cut": False},
    "suppressions": {
        "flag_id": "f1",
        "benign": "oversize",
        "typology": "order_split",
        "effect": "suppress",
        "reason": "No two of the shipments could have traveled as one.",
        "source": "19 USC 1484(j)",
        "confidence": "secondary",
    },
    "exposure": {
        "flag_id": "f1",
        "component": "value",
        "reading": "all",
        "floor_usd": "400.00",
        "base_usd": "900.00",
        "ceiling_usd": "900.00",
        "is_unknown": False,
        "assumptions": "[]",
    },
    "exposure_layers": {
        "shipment_uid": "S1",
        "layer": "GENERAL",
        "driver": "certain",
        "lines": 1,
        "rate_least": "0.165",
        "rate_most": "0.165",
        "floor_usd": "66.00",
        "base_usd": "66.00",
        "ceiling_usd": "66.00",
        "widest_usd": "66.00",
        "is_unknown": False,
        "source": "USITC HTS 2025 rev. 15",
    },
    "exposure_shipments": {
        "shipment_uid": "S1",
        "arrival_date": _DAY,
        "value_usd": "400.00",
        "duty_floor_usd": "66.00",
        "duty_base_usd": "66.00",
        "duty_ceiling_usd": "66.00",
        "fee_usd": "2.62",
        "is_unknown": False,
    },
    "exposure_drivers": {
        "flag_id": "f1",
        "driver": "reading",
        "low_usd": "68.62",
        "base_usd": "150.00",
        "high_usd": "150.00",
        "is_in_range": True,
        "statement": "What an excess means, every shipment or fewer",
    },
    "statute_clock": {
        "flag_id": "f1",
        "clock": "penalty_negligence",
        "kind": "suit",
        "counted_from": "violation",
        "first_start": _DAY,
        "last_start": _DAY,
        "first_end": date(2030, 3, 11),
        "last_end": date(2030, 3, 11),
        "shipments": 2,
        "at_stake_usd": "150.00",
        "wording": "Suit for duties and penalty on negligence or gross negligence",
        "source": "19 USC 1621(1)",
        "confidence": "official",
    },
    "daily_totals": {
        "regime": "us",
        "identity_id": "i1",
        "arrival_date": _DAY,
        "pool": "standard",
        "rule_id": "US-C-02",
        "coverage": "known",
        "shipments": 2,
        "oversize_count": 0,
        "total_amount": "900.00",
        "total_usd": "900.00",
        "limit_amount": "800.00",
        "limit_currency": "USD",
        "is_over_limit": True,
    },
    "identities": {
        "identity_id": "i1",
        "display_name": "Maria Lopez",
        "display_address": "12 Elm St, Austin TX 78701",
        "party_class": "person",
        "aliases": 1,
        "shipments": 2,
        "first_day": _DAY,
        "last_day": _DAY,
        "cohesion": 1.0,
        "weakest_link": 1.0,
        "bridges": 0,
        "survives_to_threshold": 1.0,
    },
    "aliases": {
        "alias_id": "a1",
        "identity_id": "i1",
        "party_class": "person",
        "consignee_name": "Maria Lopez",
        "consignee_address": "12 Elm St",
        "shipments": 2,
        "first_day": _DAY,
        "last_day": _DAY,
        "probability": 1.0,
    },
    "identity_links": {
        "alias_id_l": "a1",
        "alias_id_r": "a2",
        "probability": 0.97,
        "is_joined": True,
        "evidence": "[]",
    },
    "identity_changes": {"identity_id": "i1", "event": "created", "from_ids": "[]", "cause": "data", "run_id": "r1"},
    "rejected": {
        "source_file": "week.csv",
        "source_line": 9,
        "reasons": '[{"column": "declared_value", "reason": "negative", "message": "declared_value is below zero"}]',
        "raw": "{}",
        "content_hash": "0",
        "input_no": 1,
    },
    "unread_cells": {
        "source_file": "week.csv",
        "source_line": 4,
        "column": "hts_code",
        "reason": "hts_several",
        "message": "The cell holds several tariff numbers.",
        "raw": "6109.10, 6110.30",
        "input_no": 1,
    },
    "typology_status": {
        "typology": "daily_limit",
        "tested": "yes",
        "rows": 10,
        "shipments": 10,
        "flags": 1,
        "window": None,
    },
    "date_sensitivity": {
        "flag_id": "f1",
        "date_basis": "arrival",
        "shipments": 2,
        "is_over_limit": True,
        "days": _DAY,
    },
    "notices": {
        "taken_at": "2025-03-17T10:00:00Z",
        "taken_by": "ana",
        "source_file": "notices.csv",
        "source_line": 2,
        "bill": "S1",
        "code": "1Y",
        "notice_date": _DAY,
    },
    "tunings": {
        "sample_id": "t0001",
        "event": "drawn",
        "done_at": "2025-03-17T10:00:00Z",
        "done_by": "ana",
        "run_id": "r1",
        "typology": "daily_limit",
        "line": 0.85,
        "seed": 1,
        "population": 400,
        "strata": 1,
        "stratum": 1,
        "candidate_id": "c1",
        "score": 0.5,
        "verdict": None,
        "note": None,
    },
    "ref_scopes": {"scope_kind": "mode", "scope": "NONPOSTAL", "expression": "NOT(mail)"},
    "ref_limits": {
        "rule_id": "US-C-02",
        "regime": "us",
        "provision": "a2C",
        "pool": "standard",
        "origin_scope": "ALL",
        "mode_scope": "ALL",
        "grouping_key": "person_day",
        "limit_amount": "800.00",
        "limit_currency": "USD",
        "status": "eligible",
        "valid_from": date(2016, 3, 10),
        "valid_to": None,
        "source": "Pub.L. 114-125 s. 901; 81 FR 58831",
        "confidence": "official",
        "note": "One person may bring in goods worth up to the limit on one day.",
    },
    "runs": {
        "run_id": "r1",
        "started_at": "2025-03-17T10:00:00+00:00",
        "finished_at": "2025-03-17T10:01:00+00:00",
        "inputs": json.dumps(
            [{"path": "week.csv", "sha256": "0" * 64, "read": 10, "accepted": 8, "rejected": 1, "repeated": 1}]
        ),
        "rules_sha256": "ab" * 32,
        "model_version": "1",
        "program_version": "0.1.0",
        "settings": "{}",
        "steps": "[]",
    },
    "run_changes": {
        "run_id": "r2",
        "last_run_id": "r1",
        "flag_id": "f1",
        "typology": "daily_limit",
        "change": "appeared",
        "cause": "new_data",
        "usd_change": "900.00",
        "strength": "objective",
        "window_end": _DAY,
    },
}


class FakeStore:
    """Tables by name, as the real store hands them out."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], root: Path = Path()) -> None:
        self.tables = dict(tables)
        self.root = root

    def table(self, name: str) -> pl.LazyFrame:
        """Return one published table."""
        return self.tables[name].lazy()


def table(name: str, rows: Iterable[Mapping[str, Any]] = ()) -> pl.DataFrame:
    """Return a table under its contract; what a row leaves out has a plain default."""
    filled = [_DEFAULTS[name] | dict(row) for row in rows]
    is_ours = name in SCHEMAS
    schema = SCHEMAS[name].create_empty().schema if is_ours else pl.Schema(_REFERENCE[name])
    columns = {column: [_typed(row.get(column), kind) for row in filled] for column, kind in schema.items()}
    if name == "shipments":
        columns["customs_value_usd"] = columns["value_usd"]
        columns["declared_value"] = columns["value_usd"]
    frame = pl.DataFrame(columns, schema=schema)
    return SCHEMAS[name].validate(frame) if is_ours else frame


def store_of(**rows: Iterable[Mapping[str, Any]]) -> FakeStore:
    """Return a store with these rows; a table that is not named is there and empty, except the run and the limit."""
    always = {"runs": [{}], "ref_limits": [{}], "ref_scopes": [{}]}
    names = [*SCHEMAS, *_REFERENCE]
    made = {name: table(name, rows.get(name, always.get(name, ()))) for name in names}
    shipped = load_references().tables
    return FakeStore({**made, **{name: shipped[name] for name in _SHIPPED}})


def _typed(value: Any, kind: pl.DataType) -> Any:
    return Decimal(value) if isinstance(kind, pl.Decimal) and isinstance(value, str) else value

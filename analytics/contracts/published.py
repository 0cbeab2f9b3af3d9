"""The tables that leave the house: name, contract, and the order their rows are written in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import dataframely as dy

from analytics.contracts import exposure, findings, identities, runs, shipments

__all__ = ["PUBLISHED", "PublishedTable", "json_columns"]


@dataclass(frozen=True)
class PublishedTable:
    """A table of the store.

    Attributes
    ----------
    name : str
        As `splitship export` calls it.
    source : str
        The table of the engine it is taken from.
    schema : type
        Its contract.
    order : tuple of str
        Columns its rows are sorted by.
    """

    name: str
    source: str
    schema: type[dy.Schema]
    order: tuple[str, ...]


def _mart(name: str, schema: type[dy.Schema], *order: str) -> PublishedTable:
    return PublishedTable(name, f"mart_{name}", schema, order)


def _made(name: str, schema: type[dy.Schema], *order: str) -> PublishedTable:
    return PublishedTable(name, name, schema, order)


_TABLES = (
    _mart("shipments", shipments.Shipments, "arrival_date", "shipment_uid"),
    _mart("shipment_versions", shipments.ShipmentVersions, "shipment_id", "line_no", "source_file", "source_line"),
    _made("rejected", shipments.RejectedRows, "input_no", "source_line", "reasons"),
    _made("unread_cells", shipments.UnreadCells, "input_no", "source_line", "column", "reason"),
    _mart("identities", identities.Identities, "identity_id"),
    _mart("aliases", identities.Aliases, "identity_id", "alias_id"),
    _made("identity_links", identities.IdentityLinks, "alias_id_l", "alias_id_r"),
    _made("identity_bridges", identities.IdentityBridges, "identity_id", "alias_id_l", "alias_id_r"),
    _made("identity_thresholds", identities.IdentityThresholds, "threshold"),
    _made("identity_parts", identities.IdentityParts, "threshold", "part_id", "alias_id"),
    _made("identity_proven_parts", identities.IdentityProvenParts, "part_id", "alias_id"),
    _made("identity_changes", identities.IdentityChanges, "run_id", "identity_id", "event", "from_ids"),
    _mart("judgements", identities.JudgementOutcomes, "judged_at", "alias_id_l", "alias_id_r"),
    _made("refits", identities.Refits, "refit_no"),
    _mart("daily_totals", findings.DailyTotals, "regime", "arrival_date", "identity_id", "pool", "rule_id", "coverage"),
    _mart("rolling_totals", findings.RollingTotals, "identity_id", "pool", "window_end"),
    _mart("flags", findings.Flags, "typology", "window_start", "flag_id"),
    _mart("flag_shipments", findings.FlagShipments, "flag_id", "shipment_uid"),
    _mart("lead_pairs", findings.LeadPairs, "flag_id", "identity_id_l", "identity_id_r"),
    _mart("flag_cuts", findings.FlagCuts, "flag_id", "cut"),
    _mart("flag_thresholds", findings.FlagThresholds, "typology", "window_end", "flag_id", "threshold"),
    _mart("threshold_totals", findings.ThresholdTotals, "week_start", "regime", "typology", "threshold"),
    _mart("suppressions", findings.Suppressions, "flag_id", "benign"),
    _mart("smallest_cuts", findings.SmallestCuts, "flag_id"),
    _mart("date_sensitivity", findings.DateSensitivity, "flag_id", "date_basis"),
    _made("exposure", findings.Exposure, "flag_id", "component", "reading"),
    _made("exposure_layers", exposure.ExposureLayers, "shipment_uid", "layer", "driver"),
    _made("exposure_shipments", exposure.ExposureShipments, "shipment_uid"),
    _made("exposure_drivers", exposure.ExposureDrivers, "flag_id", "driver"),
    _made("statute_clock", exposure.StatuteClock, "flag_id", "clock"),
    _mart("typology_status", findings.TypologyStatus, "typology"),
    _made("clustering_tests", findings.ClusteringTests, "unit_kind", "unit", "limit_currency", "limit_amount"),
    _made("structuring_tests", findings.StructuringTests, "identity_id", "pool", "limit_currency", "quarter_start"),
    _mart("candidates", findings.Candidates, "typology", "candidate_id"),
    _mart("candidate_shipments", findings.CandidateShipments, "candidate_id", "shipment_uid"),
    _mart("run_changes", runs.RunChanges, "run_id", "typology", "flag_id", "cause"),
    _made("runs", runs.Runs, "run_id"),
)

PUBLISHED: dict[str, PublishedTable] = {table.name: table for table in _TABLES}


@cache
def json_columns() -> frozenset[str]:
    """Return the names of the published columns that hold JSON: what shows a cell to a person writes it as text."""
    return frozenset(
        name
        for table in _TABLES
        for name, column in table.schema.columns().items()
        if (column.metadata or {}).get("form") == "json"
    )

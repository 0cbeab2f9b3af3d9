"""Models that can find nothing are not run, and every published table is as if they had been."""

import filecmp
from unittest import mock

import polars as pl
import pytest

import analytics
from analytics.contracts.published import PUBLISHED
from analytics.pipeline import session
from analytics.pipeline.pruning import Pruning
from analytics.rulebook import load_references
from analytics.synth import synthesize

OF_THE_WEEK = (
    "shipment_id", "consignee_name", "consignee_address", "consignee_postal_code", "consignee_phone",
    "consignee_email", "declared_value", "currency", "arrival_date", "origin_country", "seller_id", "carrier_code",
    "entry_type", "regime", "record_action", "mode",
)  # fmt: skip
"""Columns of a file that tells little: what a carrier declares of a parcel."""


def needs():
    """The first columns that a typology needs, any of which would do, with one that needs them: each set once."""
    fields = load_references(None).for_regime("us").tables["ref_typology_fields"].filter(clause_no=1)
    found = {
        tuple(sorted(of_it["field"])): typology
        for (typology,), of_it in fields.group_by("typology", maintain_order=True)
    }
    for columns, typology in found.items():
        yield typology, [*columns]


class Told(Pruning):
    """Remembers which steps were made without rows."""

    without_rows: set[str]

    def __init__(self, *given):
        super().__init__(*given)
        Told.without_rows = set()

    def applies(self, step, engine):
        found = super().applies(step, engine)
        Told.without_rows |= {step.name} if found else set()
        return found


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """Invented shipments that hold every scheme."""
    folder = tmp_path_factory.mktemp("invented")
    synthesize(folder, shipments=2_000, seed=3)
    return pl.read_csv(folder / "shipments.csv", infer_schema=False)


@pytest.fixture
def without_rows(tmp_path):
    """Screens shipments with every model run and without, proves the tables equal, and returns what was not run."""

    def held(shipments, **asked):
        shipments.write_csv(tmp_path / "shipments.csv")
        for store, pruning in (("pruned", Told), ("whole", lambda *_: None)):
            with mock.patch.object(session, "Pruning", pruning):
                analytics.screen(tmp_path / "shipments.csv", tmp_path / store, **asked)
        one, other = (analytics.open_store(tmp_path / store) for store in ("pruned", "whole"))
        unlike = [
            name
            for name in sorted(PUBLISHED)
            if name != "runs" and not filecmp.cmp(one.file(name), other.file(name), shallow=False)
        ]
        assert unlike == []
        return Told.without_rows

    return held


def test_nothing_is_lost_where_every_scheme_is(invented, without_rows):
    assert {name for name in without_rows(invented) if name.startswith("int_members__")} == set()


def test_nothing_is_lost_where_most_columns_are(invented, without_rows):
    found = without_rows(invented.select(name for name in invented.columns if name in OF_THE_WEEK))
    assert {"int_members__documentation_gap", "int_members__origin_shift", "int_goods__priced"} <= found
    assert "int_members__daily_limit" not in found


@pytest.mark.slow
@pytest.mark.parametrize(("typology", "columns"), [*needs()])
def test_nothing_is_lost_without_the_columns_of_one(invented, without_rows, typology, columns):
    without_rows(invented.drop(columns, strict=False))


@pytest.mark.slow
@pytest.mark.parametrize("asked", [{"regime": "eu"}, {"regime": "ca"}, {"resolve": "hot"}], ids=str)
def test_nothing_is_lost_under_other_laws(invented, without_rows, asked):
    without_rows(invented.select(name for name in invented.columns if name in OF_THE_WEEK), **asked)

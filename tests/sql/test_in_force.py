"""A typology finds while its row of the registry is in force, from one day to before another, and under one regime:
int_members__address_hub, int_members__documentation_gap, int_members__duplicate_entry,
int_members__fictitious_consignee, int_members__gift_split, int_members__ineligible_goods, int_members__late_filing,
int_members__nominal_consignee, int_members__origin_mismatch, int_members__undervaluation,
int_members__vague_description, int_members__warehouse_consignee."""

from datetime import timedelta

import polars as pl
import pytest

from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.rulebook import load_references
from tests.sql.chain import LazyChain
from tests.sql.test_typologies import many

REGISTRY = load_references().for_regime("us").tables["ref_typologies"]
TYPOLOGIES = [
    "address_hub", "documentation_gap", "duplicate_entry", "fictitious_consignee", "gift_split", "ineligible_goods",
    "late_filing", "nominal_consignee", "origin_mismatch", "undervaluation", "vague_description",
    "warehouse_consignee",
]  # fmt: skip
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def screened():
    """Rows that raise many typologies, built once; a test builds one model anew over another registry."""
    with DuckDBEngine(threads=2) as engine:
        yield LazyChain(engine).run(many("Bao"))


def found(screened, typology, registry=REGISTRY):
    """Members of a typology, under some registry."""
    name = f"int_members__{typology}"
    screened.table(name)
    screened.put("ref_typologies", registry)
    screened.rebuild(name)
    return screened.table(name).select("flag_id", "shipment_uid", "amount")


def changed(typology, **values):
    """The registry with other values in the row of a typology."""
    here = pl.col("typology") == typology
    kinds = REGISTRY.schema
    return REGISTRY.with_columns(
        pl.when(here).then(pl.lit(value, kinds[name])).otherwise(name).alias(name) for name, value in values.items()
    )


def days(screened, typology):
    arrived = screened.table("mart_shipments").select("shipment_uid", "arrival_date")
    return found(screened, typology).join(arrived, on="shipment_uid")["arrival_date"]


@pytest.mark.parametrize("typology", TYPOLOGIES)
def test_it_finds_from_its_first_day_on(screened, typology):
    whole, first = found(screened, typology), days(screened, typology).min()
    assert found(screened, typology, changed(typology, valid_from=first)).equals(whole)
    assert len(found(screened, typology, changed(typology, valid_from=first + DAY))) < len(whole)


@pytest.mark.parametrize("typology", TYPOLOGIES)
def test_it_finds_until_the_day_before_its_last(screened, typology):
    whole, last = found(screened, typology), days(screened, typology).max()
    assert found(screened, typology, changed(typology, valid_to=last + DAY)).equals(whole)
    assert len(found(screened, typology, changed(typology, valid_to=last))) < len(whole)


@pytest.mark.parametrize("typology", TYPOLOGIES)
def test_it_finds_under_the_regime_that_has_it(screened, typology):
    whole = found(screened, typology)
    assert found(screened, typology, changed(typology, regime="xx")).is_empty()
    both = pl.concat([REGISTRY, changed(typology, regime="xx").filter(typology=typology)])
    assert found(screened, typology, both).equals(whole)

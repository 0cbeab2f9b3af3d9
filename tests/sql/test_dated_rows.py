"""What every model owes the dated tables of the law: a row counts from its first day on, to the day before its last,
and in its regime. Which models read them, and how, is not said here: the tables of all models are compared."""

from datetime import date

import polars as pl
import pytest

from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.models import load_models
from analytics.rulebook import load_references
from tests.sql.chain import MONDAY, TUESDAY, LazyChain, lines
from tests.sql.test_typologies import AFTER, many

SHIPPED = load_references().for_regime("us").tables
DATED = {name: table for name, table in SHIPPED.items() if {"valid_from", "valid_to"} <= set(table.columns)}
DATED.pop("ref_facilities")  # of several stretches of one facility the last stands for it
WITH_DAYS = {"int_goods__ineligible", "int_origins__layered", "int_origins__made_dearer", "int_origins__suspended"}
"""Models that keep the days of a row of the law, and so hold a row more where there is one."""
OF_REGIMES = {name: table for name, table in SHIPPED.items() if "regime" in table.columns}
FLIGHT = {"entry_type": "11", "declared_value": "1300.00", "conveyance_id": "XX 12", "mode": "air"}
BILL = {"house_bill": "HB1", "declared_value": "500.00"}


def rows():
    """Rows that raise typologies of every kind, all of them on three days."""
    more = [FLIGHT, {**FLIGHT, "arrival_date": TUESDAY}, {**FLIGHT, "entry_type": "01"}, BILL, BILL]
    more += [{"consignee_country": country} for country in ("VI", "CN", None)]
    kinds = [(country, kind) for country in ("CN", "JP") for kind in ("11", "86")]
    more += [{**AFTER, "origin_country": country, "entry_type": kind} for country, kind in kinds]
    ids = ("shipment_id", "landed_id", "content_hash")
    return pl.concat([many("Bao"), lines(*more).with_columns(pl.format("m{}", name).alias(name) for name in ids)])


def split(table):
    """Each row that is in force on a day of the rows, as two: until the day before, and from that day on."""
    for day in (MONDAY, TUESDAY, AFTER["arrival_date"]):
        is_over = (pl.col("valid_from") < day) & (pl.col("valid_to").is_null() | (pl.col("valid_to") > day))
        before = table.filter(is_over).with_columns(valid_to=pl.lit(day))
        after = table.filter(is_over).with_columns(valid_from=pl.lit(day))
        table = pl.concat([table.filter(~is_over), before, after])
    return table


def beside(table):
    """Each row as it is, and again for a time long past and one to come."""
    past = table.with_columns(valid_from=pl.lit(date(1900, 1, 1)), valid_to=pl.lit(date(1900, 1, 2)))
    to_come = table.with_columns(valid_from=pl.lit(date(2900, 1, 1)), valid_to=pl.lit(None, pl.Date))
    return pl.concat([table, past, to_come])


def elsewhere(table):
    """Each row as it is, and again for a regime that nobody asks for."""
    return pl.concat([table, table.with_columns(regime=pl.lit("xx"))])


@pytest.fixture(scope="module")
def usual():
    """The tables of all models over the tables of the law as they are."""
    with DuckDBEngine(threads=2) as engine:
        chain = LazyChain(engine).run(rows())
        return {name: chain.table(name) for name in sorted({*load_models()} - WITH_DAYS) if name in chain.makers}


@pytest.mark.parametrize(("change", "tables"), [(split, DATED), (beside, DATED), (elsewhere, OF_REGIMES)])
def test_rows_that_say_the_same_of_each_day_give_the_same(chain, usual, change, tables):
    chain.run(rows(), references={name: change(table) for name, table in tables.items()})
    assert [name for name, table in usual.items() if not chain.table(name).equals(table)] == []

"""Tables take the form of their contract on their way out, or the run ends."""

import dataframely as dy
import polars as pl
import pytest

from analytics.contracts.published import PublishedTable
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.errors import ContractError
from analytics.pipeline import publish as door


class Parcels(dy.Schema):
    """One row per parcel."""

    parcel = dy.String(nullable=False)
    lines = dy.Int64(nullable=False)
    note = dy.String(nullable=True)


PARCELS = PublishedTable("parcels", "mart_parcels", Parcels, ("parcel",))


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Publish one table made of some rows."""
    monkeypatch.setattr(door, "PUBLISHED", {"parcels": PARCELS})

    def publish(rows):
        shape = {"parcel": pl.String, "lines": pl.Int64, "note": pl.String, "further": pl.Int64}
        with DuckDBEngine() as engine:
            engine.write("mart_parcels", pl.DataFrame(rows, schema=shape, orient="row"))
            counted = door.publish(engine, tmp_path)
        return counted, pl.read_parquet(tmp_path / "parcels.parquet")

    return publish


def test_rows_are_counted_and_sorted_and_further_columns_stay(published):
    counted, written = published([("b", 1, None, 1), ("a", 0, "x", None)])
    assert counted == {"parcels": 2}
    assert written["parcel"].to_list() == ["a", "b"]
    assert written.columns == ["parcel", "lines", "note", "further"]


def test_nothing_is_published_as_nothing(published):
    counted, written = published([])
    assert (counted, written.height) == ({"parcels": 0}, 0)


def test_a_row_without_what_the_contract_demands_ends_the_run(published):
    with pytest.raises(
        ContractError, match=r"parcels: 2 rows without parcel, .* Mend the step that makes mart_parcels"
    ):
        published([("b", 1, None, 1), (None, 2, None, 1), (None, 2, None, 1)])


def test_a_column_that_no_step_made_is_named(published, tmp_path):
    with DuckDBEngine() as engine:
        engine.write("mart_parcels", pl.DataFrame({"parcel": ["a"], "note": ["x"]}))
        with pytest.raises(ContractError, match="mart_parcels lacks column lines"):
            door.publish(engine, tmp_path)

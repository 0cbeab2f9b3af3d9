"""The models in Spark's dialect, kept as text: ``python -m tests.sql.golden`` writes them anew."""

from __future__ import annotations

from pathlib import Path

import sqlglot

from analytics.contracts.steps import SqlModel
from analytics.engines.functions import written_out
from analytics.engines.models import load_models

__all__ = ["FOLDER", "as_spark", "write_all"]

FOLDER = Path(__file__).parent / "golden_spark"


def as_spark(model: SqlModel) -> str:
    """A model as sqlglot writes it for Spark, with ``:name`` for each parameter."""
    tree = written_out(sqlglot.parse_one(model.sql, read="duckdb"))
    return tree.sql(dialect="spark", pretty=True) + "\n"


def write_all() -> None:
    """Replace the kept texts by what sqlglot writes today."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.sql"):
        old.unlink()
    for model in load_models().values():
        (FOLDER / f"{model.name}.sql").write_text(as_spark(model), encoding="utf-8")


if __name__ == "__main__":
    write_all()

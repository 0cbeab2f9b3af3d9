"""Says in Spark's dialect what a model says in DuckDB's: by sqlglot, with the few things it leaves different set right.

What is set right, and why:

- a ``qualify`` becomes a numbered subquery, whose number must not stay in ``select *``;
- ``row_number()`` and ``rank()`` are 64 bits wide in DuckDB and 32 in Spark;
- Spark never copies a common table expression, and does not know the words that say so;
- a date bound to a marker is bound as text, since Spark's own binding knows no day of the year 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import sqlglot
from sqlglot import exp

from analytics.contracts.parameters import PARAMETERS
from analytics.contracts.steps import ParameterValue, SqlModel
from analytics.engines.functions import written_out

__all__ = ["spark_arguments", "spark_text"]

_RANKS = (exp.RowNumber, exp.Rank, exp.DenseRank)


@cache
def spark_text(model: SqlModel) -> str:
    """Return a model as Spark reads it, with ``:name`` for each parameter.

    Parameters
    ----------
    model : SqlModel
        As it stands in its file.
    """
    written = written_out(sqlglot.parse_one(model.sql, read="duckdb")).sql(dialect="spark")
    tree = sqlglot.parse_one(written, read="spark")
    for expression in tree.find_all(exp.CTE):
        expression.set("materialized", None)
    for select in tree.find_all(exp.Select):
        _hide_numbers(select)
    for window in list(tree.find_all(exp.Window)):
        if isinstance(window.this, _RANKS):
            window.replace(exp.cast(window.copy(), "bigint"))
    for marker in list(tree.find_all(exp.Placeholder)):
        name = str(marker.this)
        if name in PARAMETERS and PARAMETERS[name].kind is date:
            marker.replace(exp.cast(marker.copy(), "date"))
    return tree.sql(dialect="spark", pretty=True) + "\n"


def spark_arguments(model: SqlModel, params: Mapping[str, ParameterValue]) -> dict[str, object]:
    """Return what the markers of a model are bound to: dates as text, all else as it is."""
    given = {name: params[name] for name in model.params}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}


def _hide_numbers(select: exp.Select) -> None:
    """Leave the number that stands for a ``qualify`` out of ``select *``."""
    source = select.args.get("from_") or select.args.get("from")
    inner = source.this if source is not None else None
    if not isinstance(inner, exp.Subquery) or inner.alias != "_t" or not isinstance(inner.this, exp.Select):
        return
    numbers = [
        item.alias for item in inner.this.expressions if isinstance(item, exp.Alias) and item.alias.startswith("_w")
    ]
    for star in [item for item in select.expressions if isinstance(item, exp.Star)]:
        star.set("except_", [exp.to_identifier(name) for name in numbers])

"""Sorted Parquet files of a table: the same rows give the same bytes, whatever the threads and wherever the rows lie.

DuckDB sorts, and spills what it cannot hold; the rows come out of it group by group and are written by Arrow, which
takes less than half of what DuckDB takes to write them. A column that holds one value throughout, or none, is neither
sorted nor read a second time: many columns of a contract are empty in most files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.contracts.batches import Behind
from analytics.engines.duckdb_text import listed, quoted

__all__ = ["write_sorted"]

ROWS_A_GROUP = 122_880
"""Rows that a reader can skip together. DuckDB hands out as many at a time without dividing what it holds."""
LOOKED_AT = 2_048
"""Rows that tell which columns may hold one value throughout."""
ONE_IN = 8
"""Of so many rows of the first group one is looked at to tell how often values come back."""
DISTINCT_ENOUGH = 0.5
"""Share of those rows with a value of their own from which on a dictionary of them saves nothing."""
_EXACT = (
    pa.types.is_string,
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_date,
    pa.types.is_decimal,
)
"""Types of which equal values have the same bytes, which those of floats have not."""


def write_sorted(connection: duckdb.DuckDBPyConnection, table: str, order: Sequence[str], file: Path) -> int:
    """Write a table to one Parquet file and tell how many rows it has; every column may hold nulls.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Knows the table.
    table : str
        Its name.
    order : sequence of str
        Columns to sort by, which together are different in each row; all where there are none.
    file : Path
        Is made or replaced.
    """
    with connection.cursor() as reader:  # a result of its own, which what is executed meanwhile does not end
        head = reader.sql(f"select * from {quoted(table)} limit {LOOKED_AT}").to_arrow_table()
        if head.num_rows < LOOKED_AT:  # these are all: Arrow sorts them as DuckDB does, without being asked twice
            ranked = head.sort_by([(name, "ascending") for name in order or head.column_names])
            return _write(_in_groups(ranked.to_batches()), head.schema, {}, file)
        alike = _alike(reader, table, head)
        live = [name for name in head.column_names if name not in alike] or head.column_names[:1]
        by = [name for name in order or live if name in live]
        text = f"select {listed(live)} from {quoted(table)}" + (f" order by {listed(by)}" if by else "")
        return _write(_in_groups(reader.sql(text).to_arrow_reader(ROWS_A_GROUP)), head.schema, alike, file)


def _alike(reader: duckdb.DuckDBPyConnection, table: str, head: pa.Table) -> dict[str, pa.Scalar]:
    """Find the columns that hold one value in every row, or none, with that value."""
    likely = {
        name: values[0]
        for name, values in zip(head.column_names, head.columns, strict=True)
        if values.null_count == len(values) or (any(of(values.type) for of in _EXACT) and len(values.unique()) == 1)
    }
    if not likely:
        return {}
    unlike = ", ".join(
        f"count({quoted(name)})" if not value.is_valid else f"count(*) - count(*) filter ({quoted(name)} = ?)"
        for name, value in likely.items()
    )
    bound = [value.as_py() for value in likely.values() if value.is_valid]
    counted = reader.execute(f"select {unlike} from {quoted(table)}", bound).fetchall()[0]
    return {name: value for (name, value), rows in zip(likely.items(), counted, strict=True) if not rows}


def _in_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Divide rows into groups that are full but for the last, however they come."""
    held: pa.Table | None = None
    for batch in batches:
        come = pa.Table.from_batches([batch])
        held = come if held is None else pa.concat_tables([held, come])
        while held.num_rows >= ROWS_A_GROUP:
            yield held.slice(0, ROWS_A_GROUP).combine_chunks()
            held = held.slice(ROWS_A_GROUP)
    if held is not None and held.num_rows:
        yield held.combine_chunks()


def _write(groups: Iterator[pa.Table], schema: pa.Schema, alike: dict[str, pa.Scalar], file: Path) -> int:
    """Write groups of rows, each while the next is fetched; the first tells which columns get a dictionary."""
    from pyarrow import parquet

    first = next(groups, None)
    repeated = [*alike, *([] if first is None else _repeated(first))]
    single = {name: _repeat(value) for name, value in alike.items()}
    for at, name in enumerate(schema.names):
        schema = schema.set(at, schema.field(at).with_type(single[name].type)) if name in single else schema
    rows = 0
    with (
        pa.OSFile(str(file), "wb") as sink,
        parquet.ParquetWriter(
            sink,
            schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=repeated,
            store_decimal_as_integer=True,
            store_schema=False,
        ) as writer,
        Behind() as behind,
    ):
        for group in _chained(first, groups):
            columns = [single[name].slice(0, group.num_rows) if name in alike else group[name] for name in schema.names]
            behind.do(writer.write_table, pa.table(columns, schema=schema), row_group_size=ROWS_A_GROUP)
            rows += group.num_rows
    return rows


def _repeat(value: pa.Scalar) -> pa.Array:
    """One value for each row of a group; a text as a dictionary of one, which is written in a third of the time."""
    values = pa.repeat(value, ROWS_A_GROUP)
    return values.dictionary_encode() if value.is_valid and pa.types.is_string(value.type) else values


def _repeated(group: pa.Table) -> list[str]:
    """Name the columns whose values come back often enough for a dictionary."""
    chosen = group.take(pa.array(range(0, group.num_rows, ONE_IN)))
    return [
        name
        for name, values in zip(chosen.column_names, chosen.columns, strict=True)
        if len(values.unique()) <= DISTINCT_ENOUGH * chosen.num_rows
    ]


def _chained(first: pa.Table | None, rest: Iterator[pa.Table]) -> Iterator[pa.Table]:
    if first is not None:
        yield first
    yield from rest

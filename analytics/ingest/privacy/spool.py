"""An input laid down as text, so that it can be looked at as a whole and read again. Tax ids are hashed first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa

from analytics.contracts.batches import Behind
from analytics.ingest.headings.columns.contents import Contents
from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.privacy.tax_cells import hide_in_published, hide_in_raw
from analytics.ingest.privacy.tax_ids import TaxKey, hash_tax_ids
from analytics.ingest.records import Progress
from analytics.ingest.search import Search
from analytics.ingest.tables import DAMAGE, LINE, RAW, RawTable, batch, cell_names
from analytics.ingest.words.canonical import TAX_IDS

__all__ = ["Spool", "spool_table"]

_DAMAGED_HEADING = "line"
_PLAIN = pl.CompatLevel.oldest()


@dataclass(frozen=True)
class Spool:
    """Where the text lies.

    Attributes
    ----------
    path : Path
        An Arrow file in the work folder, removed when its input has been taken in.
    rows : int
        Rows in it, damaged ones too.
    has_tax_ids : bool
        Some tax id was hashed.
    plan : ColumnPlan
        Where each column comes from.
    key : TaxKey
        Hides tax ids in what is shown of rejected rows.
    """

    path: Path
    rows: int
    has_tax_ids: bool
    plan: ColumnPlan
    key: TaxKey

    def batches(self) -> Iterator[pl.DataFrame]:
        """Give the rows in the order of the input."""
        with pa.memory_map(str(self.path)) as source:
            reader = pa.ipc.open_file(source)
            for at in range(reader.num_record_batches):
                yield pl.DataFrame(pl.from_arrow(reader.get_batch(at)))

    def digest(self, search: Search, name: str) -> str:
        """Return a digest of what the rows say, for inputs that have no bytes of their own."""
        said = hashlib.sha256(name.encode())
        for rows in self.batches():
            texts = rows.drop(LINE).select(said=pl.struct(pl.all()).struct.json_encode())
            with search.table("said_rows", texts):
                said.update(
                    search.frame("select sha256(said) as digest from said_rows")["digest"].str.join("").item().encode()
                )
        return said.hexdigest()

    def contents(self) -> Contents:
        """Return the cells, for what the headings leave open."""
        return Contents(self.scan() if self.rows else None)

    def scan(self) -> pl.LazyFrame:
        """Return all rows, to be looked at as a whole without loading them."""
        return pl.scan_ipc(self.path, glob=False)

    def raw(self, rows: pl.DataFrame) -> pl.Series:
        """Return what was written in some of its rows, as JSON objects by heading, with every tax id hidden.

        A damaged row is an object of its line.
        """
        named = _distinct(self.plan.headings)
        shown = hide_in_raw(rows, self.plan, self.key)
        cells = pl.struct(pl.col(f"c{at}").alias(heading) for at, heading in enumerate(named)).struct.json_encode()
        line = pl.struct(pl.col(RAW).alias(_DAMAGED_HEADING)).struct.json_encode()
        return shown.select(pl.when(pl.col(DAMAGE).is_null()).then(cells).otherwise(line).alias("raw")).to_series()


def spool_table(table: RawTable, plan: ColumnPlan, key: TaxKey, path: Path, progress: Progress, what: str) -> Spool:
    """Write the rows of an input down as text.

    Parameters
    ----------
    table : RawTable
        The opened input.
    plan : ColumnPlan
        Which headings hold tax ids.
    key : TaxKey
        Hashes them.
    path : Path
        File to write.
    progress : callable
        Told the rows read so far.
    what : str
        What progress is told.
    """
    rows, has_tax_ids = 0, False
    writer: pa.ipc.RecordBatchFileWriter | None = None
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    try:
        with Behind() as behind:
            for found in _at_least_one(table):
                clean, hashed = _without_tax_ids(found, plan, key)
                arrow = clean.to_arrow(compat_level=_PLAIN)
                if hidden := hide_in_published(clean, arrow, plan, key):
                    arrow, hashed = clean.with_columns(hidden).to_arrow(compat_level=_PLAIN), True
                writer = writer or pa.ipc.new_file(path, arrow.schema, options=options)
                behind.do(writer.write_table, arrow)
                rows, has_tax_ids = rows + found.height, has_tax_ids or hashed
                progress(what, rows, 0)
    finally:
        if writer is not None:
            writer.close()
    return Spool(path, rows, has_tax_ids, plan, key)


def _at_least_one(table: RawTable) -> Iterator[pl.DataFrame]:
    """Give the batches of a table; one without rows where it has none, so that an empty day is a day."""
    rows = 0
    for found in table.batches():
        rows += 1
        yield found
    if not rows:
        yield batch(pl.DataFrame(schema=dict.fromkeys(cell_names(len(table.headings)), pl.String)), [])


def _without_tax_ids(found: pl.DataFrame, plan: ColumnPlan, key: TaxKey) -> tuple[pl.DataFrame, bool]:
    """Replace every tax id by its mask, and put hash, deletions and last two characters of ours beside it."""
    hashed: list[pl.Series] = []
    masks: dict[int, pl.Series] = {}
    for at in sorted(plan.tax_ids):
        table = hash_tax_ids(found[f"c{at}"], key)
        masks[at] = table["mask"].alias(f"c{at}")
        for column in TAX_IDS:
            use = plan.uses.get(column)
            if use is not None and use.heading == at:
                hashed += [table[part].alias(f"{column}_{part}") for part in ("hash", "deletions", "last2")]
    found_ids = any(mask.null_count() < mask.len() for mask in masks.values())
    return found.with_columns(*masks.values(), *hashed), found_ids


def _distinct(headings: tuple[str, ...]) -> list[str]:
    """Give headings that are empty or come twice a name of their own."""
    seen: set[str] = set()
    named = []
    for at, heading in enumerate(headings, start=1):
        name = heading or f"column {at}"
        while name in seen:
            name = f"{name} ({at})"
        seen.add(name)
        named.append(name)
    return named

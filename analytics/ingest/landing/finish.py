"""The last pass over one input: repeats are taken out, rows that clash with others move to the rejected ones."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow.parquet

from analytics.ingest.landing.beside import CrossCheck, cross_check
from analytics.ingest.landing.crossing import Context
from analytics.ingest.landing.landed import LANDED_SCHEMA, REJECTED_SCHEMA, Place, TableFile, rejected_rows
from analytics.ingest.landing.repeats import Staged, count_keyless_twins
from analytics.ingest.landing.unread import UNREAD_SCHEMA, count_unread
from analytics.ingest.privacy.spool import Spool
from analytics.ingest.records import InputRecord
from analytics.ingest.search import Search
from analytics.ingest.tables import BATCH_ROWS, LINE

__all__ = ["finish"]

_REASONS = """
with each as (
    select source_line, unnest(json_extract_string(reasons, '$[*].reason')) as reason from read_parquet($files)
)
select reason, count(distinct source_line) from each group by reason order by reason
"""


def finish(
    staged: Staged,
    spool: Spool,
    place: Place,
    record: InputRecord,
    search: Search,
    context: Context,
) -> Staged:
    """Hold the rows of one input against each other and against all before, and make its files final.

    Parameters
    ----------
    staged : Staged
        Files of the rows that were judged one by one.
    spool : Spool
        The text of the input, for what is written in rejected rows.
    place : Place
        Which input it is.
    record : InputRecord
        Gets the final counts.
    search : Search
        Where the search runs.
    context : Context
        What the rows are held against.

    Returns
    -------
    Staged
        The final files.
    """
    found = cross_check(place.name, staged, context, search)
    final = staged
    if found.repeated.len() or found.reasons.height or found.hashes.height:
        final = _rewrite(staged, found, spool, place)
    record.accepted, record.rejected = _rows(final.landed), _rows(final.rejected)
    record.repeated, record.replaced = found.repeated.len(), found.replaced
    record.reformatted = found.reformatted
    record.notes += found.notes
    record.reasons = _reasons(final.rejected, search)
    record.unread = count_unread(final.unread, search)
    if not record.read:
        record.notes.append("no rows below the headings: taken for an empty day")
    twins = count_keyless_twins(final, search)
    if twins:
        record.notes.append(f"{twins:,} rows without a key of their own say the same as another; all were kept")
    return final


def _rewrite(staged: Staged, found: CrossCheck, spool: Spool, place: Place) -> Staged:
    """Write both files anew: without the repeats, and with the clashing rows among the rejected."""
    repeated, clashing = found.repeated, found.reasons
    moved = _moved(staged, clashing, spool, place)
    gone = pl.concat([repeated, clashing["source_line"]])
    landed = _keep(staged.landed, gone, LANDED_SCHEMA, found.hashes)
    unread = _keep(staged.unread, gone, UNREAD_SCHEMA)
    folder = (staged.landed or staged.files[0]).parent
    path = folder / f"rejected-{place.input_no:06d}.parquet"
    kept = pl.scan_parquet(path, glob=False) if staged.rejected else pl.LazyFrame(schema=REJECTED_SCHEMA)
    merged = kept.filter(~pl.col("source_line").is_in(repeated.implode())).merge_sorted(moved.lazy(), "source_line")
    written = path.with_suffix(".new")
    merged.sink_parquet(written, compression="zstd", compression_level=1)
    written.replace(path)
    if not _rows(path):
        path.unlink()
    return Staged(landed, path if path.exists() else None, unread)


def _moved(staged: Staged, clashing: pl.DataFrame, spool: Spool, place: Place) -> pl.DataFrame:
    """Return the clashing rows as rejected ones, with what was written in them."""
    if staged.landed is None or not clashing.height:
        return pl.DataFrame(schema=REJECTED_SCHEMA)
    reasons = clashing.group_by("source_line").agg(
        pl.concat_str(pl.lit("["), pl.col("reason").str.join(", "), pl.lit("]")).alias("reasons")
    )
    keys = pl.scan_parquet(staged.landed, glob=False).select(
        pl.col("source_line").alias(LINE), "shipment_id", "content_hash"
    )
    lines = reasons["source_line"].implode()
    rows = keys.filter(pl.col(LINE).is_in(lines)).collect()
    rows = rows.join(reasons.rename({"source_line": LINE}), on=LINE, maintain_order="left")
    raw = spool.raw(spool.scan().filter(pl.col(LINE).is_in(lines)).collect())
    return rejected_rows(rows, raw, place)


def _keep(path: Path | None, without: pl.Series, schema: pl.Schema, hashes: pl.DataFrame | None = None) -> Path | None:
    """Write a file anew without some lines, and others with their hash as a line; return None where nothing is left."""
    if path is None:
        return None
    with pyarrow.parquet.ParquetFile(path) as old, TableFile.opened(path.with_suffix(".new")) as new:
        for arrow in old.iter_batches(BATCH_ROWS):
            rows = pl.DataFrame(pl.from_arrow(arrow))
            kept = rows.filter(~pl.col("source_line").is_in(without.implode()))
            new.append((kept if hashes is None else kept.update(hashes, on="source_line")).cast(schema))
    if not new.rows:
        path.unlink()
        return None
    new.path.replace(path)
    return path


def _rows(path: Path | None) -> int:
    return int(pyarrow.parquet.read_metadata(path).num_rows) if path else 0


def _reasons(rejected: Path | None, search: Search) -> dict[str, int]:
    """Count rejected rows by reason; a row may have several."""
    if rejected is None:
        return {}
    return dict(search.frame(_REASONS, files=[str(rejected)]).rows())

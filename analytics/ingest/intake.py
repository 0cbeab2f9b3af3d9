"""Take in: every input read, judged, held against what came before, and written as landed and rejected rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import polars as pl

from analytics.contracts.batches import worked_on
from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.landing.changes import changes_told, counted
from analytics.ingest.landing.crossing import Context
from analytics.ingest.landing.finish import finish
from analytics.ingest.landing.fx import Rates
from analytics.ingest.landing.landed import Place, TableFile, content_hashes, landed_rows, rejected_rows
from analytics.ingest.landing.reformatted import note_forms
from analytics.ingest.landing.repeats import Staged, forget, remember
from analytics.ingest.landing.unread import blank_unread, unread_cells
from analytics.ingest.landing.validate import bounded, judge
from analytics.ingest.mapping.settings import load_mappings
from analytics.ingest.opening import Opened, open_input
from analytics.ingest.privacy.spool import Spool, spool_table
from analytics.ingest.privacy.tax_cells import hide_tax_ids
from analytics.ingest.privacy.tax_ids import TaxKey
from analytics.ingest.records import InputRecord, Intake, KnownStore, Progress
from analytics.ingest.search import Search
from analytics.ingest.sources.inputs import Source, expand, here
from analytics.ingest.sources.sheets import LeftOut, take_sheets
from analytics.ingest.values.cells import columns_text
from analytics.ingest.values.convert import convert
from analytics.ingest.values.profile import Readings

__all__ = ["take_in"]


def take_in(
    inputs: Sequence[str | Path],
    *,
    mappings: Sequence[str | Path] = (),
    out: Path,
    store: KnownStore,
    tax_key: TaxKey,
    rates: pl.DataFrame,
    limits: pl.DataFrame | None = None,
    progress: Progress | None = None,
    memory: str | None = None,
    threads: int = 1,
) -> Intake:
    """Read inputs into landed and rejected rows.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files (CSV, Parquet, workbooks, JSON; gzip too), folders, globs, ``file.xlsx#Sheet``, all of these by URL
        (``s3://``, ``gs://``, ``hdfs://``, ``file://``), ``postgresql://…?table=schema.name``.
    mappings : sequence of paths
        TOML files (`analytics.ingest.mapping.settings`).
    out : Path
        Work folder; gets ``landed-*.parquet`` and ``rejected-*.parquet``, one of each per input.
    store : KnownStore
        What earlier runs took in.
    tax_key : TaxKey
        Hashes tax ids.
    rates : DataFrame
        ``ref_fx_rates``.
    limits : DataFrame, optional
        ``ref_limits``: where equal rows may pass one of them as lines, the run asks. Without it, it never does.
    progress : callable, optional
        Called with (what, done, total).
    memory : optional
        Most memory for the engine that searches for repeats.
    threads : int, default=1
        Most threads for that engine, and to judge rows on.

    Returns
    -------
    Intake

    Raises
    ------
    InputError
        An input as a whole cannot be read, or can be read in two ways. Nothing of this call counts then.
    """
    out.mkdir(parents=True, exist_ok=True)
    sources = expand(inputs, load_mappings(mappings))
    with Search.opened(out, memory, threads) as search:
        run = _Run(out, store, tax_key, Rates(rates), limits, progress or _silent, search, threads, store.next_input_no)
        forget(search)
        note_forms(store.landed, search, anew=True)
        records = [record for source in sources for record in run.take(source)]
    key = tax_key.fingerprint if run.has_tax_ids else None
    return Intake(records, run.landed, run.rejected, run.unread, run.next_input_no, key)


def _left_out(sheet: LeftOut) -> InputRecord:
    return InputRecord(sheet.source.name, sheet.source.sha256 or "", sheet.format, skipped=sheet.why)


def _silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass
class _Run:
    """One call at work."""

    out: Path
    store: KnownStore
    key: TaxKey
    rates: Rates
    limits: pl.DataFrame | None
    progress: Progress
    search: Search
    threads: int
    next_input_no: int
    landed: list[Path] = field(default_factory=list)
    rejected: list[Path] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    has_tax_ids: bool = False
    known_landed: int = 0
    known_rejected: int = 0

    def take(self, source: Source) -> list[InputRecord]:
        """Take in one input, from wherever it is; each sheet of a workbook has a record of its own."""
        with here(source, self.out) as found:
            return take_sheets(found, self._take, _left_out)

    def _take(self, source: Source) -> InputRecord:
        sha256 = source.sha256
        if sha256 is not None and (reason := self._known(sha256)):
            return InputRecord(source.name, sha256, "", skipped=reason)
        opened = open_input(source)
        spool_path = self.out / f"spool-{self.next_input_no:06d}.arrow"
        try:
            spool = spool_table(
                opened.table, opened.plan, self.key, spool_path, self.progress, f"{source.name}: reading"
            )
            sha256 = sha256 or spool.digest(self.search, source.name)
            if reason := self._known(sha256):
                return InputRecord(source.name, sha256, opened.table.format, skipped=reason)
            return self._land(opened, spool, sha256)
        finally:
            spool_path.unlink(missing_ok=True)

    def _known(self, sha256: str) -> str | None:
        """Say where the same bytes were read before, if they were."""
        if sha256 in self.store.files:
            return f"the same bytes were screened in run {self.store.files[sha256]}"
        return f"the same bytes as {self.seen[sha256]}" if sha256 in self.seen else None

    def _land(self, opened: Opened, spool: Spool, sha256: str) -> InputRecord:
        source, table = opened.source, opened.table
        number = self.store.numbers.get(sha256, self.next_input_no)
        file = self._file_word(source, opened.plan)
        plan, readings = opened.decided(spool, file)
        record = InputRecord(
            source.name,
            sha256,
            table.format,
            input_no=number,
            read=spool.rows,
            columns=_shown(plan, source),
            unused=plan.unused,
            notes=[*table.notes, *plan.notes, *readings.notes(source.settings)],
            date_orders={column: reading.order for column, reading in readings.dates.items()},
            decimal_marks={column: mark for column, mark in readings.marks.items() if mark != "plain"},
        )
        place = Place(source.name, sha256, number, plan.has_own_key)
        staged = self._stage(_Reading(source, plan, readings, file, place), spool, record)
        self._remember_earlier()
        said, earlier = source.settings, [*self.store.landed, *self.landed]
        context = Context(said.rows, said.reformatted, self.limits, self.rates.table, earlier)
        done = finish(staged, spool, place, record, self.search, context)
        landed, rejected, unread = ([file] if file else [] for file in (done.landed, done.rejected, done.unread))
        self.landed += landed
        self.rejected += rejected
        self.unread += unread
        self.seen[sha256] = source.name
        self.names.add(source.short_name)
        self.next_input_no += number == self.next_input_no
        self.has_tax_ids = self.has_tax_ids or spool.has_tax_ids
        record.prove_nothing_is_lost()
        return record

    def _remember_earlier(self) -> None:
        """Make all rows known that came before; those of the last input need not be."""
        landed, rejected = [*self.store.landed, *self.landed], [*self.store.rejected, *self.rejected]
        remember(self.search, landed[self.known_landed :], rejected[self.known_rejected :])
        self.known_landed, self.known_rejected = len(landed), len(rejected)

    def _file_word(self, source: Source, plan: ColumnPlan) -> str:
        """Return what ``{file}`` stands for; a name that was read before gets its number, so that no rows share one."""
        if not any("{file}" in (use.template or "") for use in plan.uses.values()):
            return source.short_name
        earlier = [*self.store.landed, *self.store.rejected]
        known = source.short_name in self.names or _was_read(source.short_name, earlier, self.search)
        return f"{source.short_name}~{self.next_input_no}" if known else source.short_name

    def _stage(self, reading: _Reading, spool: Spool, record: InputRecord) -> Staged:
        """Judge every row by itself, and write it with the accepted or the rejected ones."""
        number = f"{reading.place.input_no:06d}.parquet"
        counts: Counter[str] = Counter()
        done = 0
        with (
            TableFile.opened(self.out / f"landed-{number}") as landed,
            TableFile.opened(self.out / f"rejected-{number}") as rejected,
            TableFile.opened(self.out / f"unread-{number}") as unread,
        ):
            judged = partial(reading.judged, rates=self.rates, search=self.search)
            for found, (values, cells) in worked_on(spool.batches(), judged, self.threads):
                counts.update(counted(values))
                broken = values["reasons"].is_not_null()
                sound = values.filter(~broken) if broken.any() else values
                landed.append(landed_rows(sound, reading.place))
                if broken.any():
                    raw = spool.raw(found.filter(broken))
                    rejected.append(rejected_rows(values.filter(broken), raw, reading.place))
                if cells.height:
                    unread.append(cells.with_columns(hide_tax_ids(cells["raw"], self.key)))
                done += found.height
                self.progress(f"{reading.source.name}: judging", done, spool.rows)
        record.notes += changes_told(counts)
        return Staged(*(file.path if file.rows else None for file in (landed, rejected, unread)))


@dataclass(frozen=True)
class _Reading:
    """How one input is read."""

    source: Source
    plan: ColumnPlan
    readings: Readings
    file: str
    place: Place

    def judged(self, found: pl.DataFrame, rates: Rates, search: Search) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the values of a batch with content hashes and the reasons of rejected rows, and its unread cells."""
        settings = self.source.settings
        hashed = [name for name in found.columns if name.startswith(("consignee_tax_id_", "importer_id_"))]
        text = found.select("_line", "_damage", "_raw", *hashed, *columns_text(found, self.plan, settings, self.file))
        values = bounded(convert(text, self.plan, self.readings, settings), rates)
        values = values.with_columns(content_hashes(text, self.place, search))
        judgement = judge(values, rates)
        values = blank_unread(values.with_columns(judgement.reasons), judgement.unread)
        return values, unread_cells(text, values, judgement.unread, self.place)


def _shown(plan: ColumnPlan, source: Source) -> dict[str, str]:
    """Return what every column is taken from: its heading, and constants in quotes."""
    constants = {column: repr(value) for column, value in source.settings.constants.items()}
    return dict(sorted({**constants, **plan.shown}.items()))


def _was_read(name: str, earlier: Sequence[Path], search: Search) -> bool:
    """Tell whether an earlier run read an input of that name."""
    if not earlier:
        return False
    query = "select 1 from read_parquet($files, union_by_name = true) where parse_filename(source_file) = $name limit 1"
    return search.frame(query, files=[str(file) for file in earlier], name=name).height > 0

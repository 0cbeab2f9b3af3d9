"""The calls that ask: profile, what-if, comparison, samples, notices, checklist, the making of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.calls import checked_methods
from analytics.errors import SplitshipError, UsageError
from analytics.printing import figures
from analytics.store import Store
from analytics.telling import told_in_notebook

if TYPE_CHECKING:
    from analytics.notebook.comparison import Comparison
    from analytics.notebook.profile import Profile
    from analytics.notebook.what_if import WhatIf
    from analytics.pipeline.options import Progress
    from analytics.pipeline.preview import Preview
    from analytics.reconciliation import Reconciliation
    from analytics.reports.checklist import Checklist
    from analytics.tuning import Sample, Tuning

__all__ = ["Asking"]


@checked_methods
class Asking(Store):
    """A store that answers questions; no call here changes its tables."""

    def sql(self, text: str) -> Any:
        """Read the published tables with one DuckDB statement, or show the SQL that makes a table.

        Parameters
        ----------
        text : str
            A select, or one of from, with, values, pivot, describe, summarize, show and explain. It names the tables
            as `names` does. It reads no file, writes none, and changes neither tables nor settings. The name of a
            table alone, such as ``"flags"``, shows how it is made.

        Returns
        -------
        polars.DataFrame or TableSql
            Rows; for the name of a table, its SQL with path and hash.

        Raises
        ------
        UsageError
            The statement does more than read these tables, or DuckDB refuses it; the table is made in Python.
        """
        if text.strip().isidentifier():
            from analytics.notebook.table_sql import sql_of

            found = sql_of(text.strip())
            if found is not None:
                return found
        return super().sql(text)

    def profile(self) -> Profile:
        """Count which fields of the current shipments are filled, by filer and week of arrival.

        Returns
        -------
        Profile
            ``.frame`` is tidy, one row per field, filer and week; ``.figure`` is a heat map.
        """
        from analytics.notebook.profile import profile

        return profile(self)

    def what_if(
        self,
        *,
        limit: int | str | Decimal | Sequence[int | str | Decimal] | None = None,
        threshold: float | Sequence[float] | None = None,
        position: str | Mapping[str, str | int] | Sequence[str | Mapping[str, str | int]] | None = None,
        progress: Progress | bool | None = None,
    ) -> WhatIf:
        """Make flags and value at issue again under other answers; nothing is written to the store.

        Parameters
        ----------
        limit : int, str or Decimal, or a list of them, optional
            Amount of the general exemption per person and day, in the currency of the regime.
        threshold : float or list of float, optional
            Identity threshold above 0 and up to 1; 0.5 is that of the screening.
        position : str, dict, or a list of them, optional
            Legal positions that differ: ``"gifts=pooled"`` or ``{"gifts": "pooled", "mail": "excluded"}``
            (``splitship switches`` lists them).
        progress : callable or bool, optional
            Told of each step; False says nothing. A notebook shows a bar where not given.

        Returns
        -------
        WhatIf
            ``.frame`` has a row for each combination, ``.changes`` the flags that appear or go, ``.figure`` a heat map;
            ``.notes`` says what is not recomputed.

        Raises
        ------
        UsageError
            An answer is no such amount, threshold or position.
        """
        from analytics.notebook.what_if import what_if

        with told_in_notebook(progress) as report:
            return what_if(self, limit, threshold, position, report)

    def compare(self, other: Store | str | Path) -> Comparison:
        """Hold this store against what it was after an earlier run, or against another store.

        Parameters
        ----------
        other : Store, str or Path
            What was before: an opened store or its folder, or a run_id of this store.

        Returns
        -------
        Comparison
            ``.flags``, ``.identities``, ``.settings`` and ``.totals`` are frames; ``.figure`` is a waterfall.

        Raises
        ------
        UsageError
            It is no run of this store, and no folder.
        """
        from analytics.notebook.comparison import compare

        return compare(self, other)

    def peek(self, table: str, rows: int = 10, *, progress: Progress | bool | None = None) -> Preview:
        """Make one table again, an intermediate one too, and show its first rows; nothing is written to the store.

        Parameters
        ----------
        table : str
            A published table, such as ``"flags"``, or any model (``splitship model`` lists them).
        rows : int, default=10
            Most rows to return, by the grain of the table.
        progress : callable or bool, optional
            Told of each step; False says nothing. A notebook shows a bar where not given.

        Returns
        -------
        Preview
            ``.rows``, and ``.count``, how many the table has.

        Raises
        ------
        UsageError
            No table is called so.
        """
        from analytics.contracts.published import PUBLISHED
        from analytics.registered import peek

        if rows < 0:
            raise UsageError(f"peek: rows is {rows}. Give 0 or more.")

        with told_in_notebook(progress) as report:
            source = PUBLISHED[table].source if table in PUBLISHED else table
            return peek(self.root, source, rows, progress=report)

    def sample(
        self, typology: str, count: int, out: str | Path, *, seed: int | None = None, by: str | None = None
    ) -> Sample:
        """Draw a random sample from below the line of a typology, and write the sheet that asks about it.

        Parameters
        ----------
        typology : str
            Such as ``"daily_limit"``.
        count : int
            How many candidates; rounded up to the same number from each of four groups.
        out : str or Path
            An XLSX file; it shows no score.
        seed : int, optional
            Of the draw; kept with the sample.
        by : str, optional
            Who draws; the name of the user where not given.

        Returns
        -------
        Sample

        Raises
        ------
        UsageError
            The typology has no candidates below its line.
        """
        from analytics.tuning import sample

        return sample(self, typology, count, Path(out), seed=seed, by=by)

    def tune(self, filled: str | Path | None = None, *, confidence: float = 0.95, by: str | None = None) -> Tuning:
        """Bound what a typology misses, by the samples that were judged.

        Parameters
        ----------
        filled : str or Path, optional
            A completed sheet to read first.
        confidence : float, default=0.95
            How often a bound is to hold.
        by : str, optional
            Who judged; the name of the user where not given.

        Returns
        -------
        Tuning
            ``.frame`` has a row for each sample.

        Raises
        ------
        InputError
            A row of the sheet is wrong; it is named, and nothing is taken.
        """
        from analytics.tuning import tune

        return tune(self, None if filled is None else Path(filled), confidence=confidence, by=by)

    def reconcile(self, notices: str | Path | None = None, *, by: str | None = None) -> Reconciliation:
        """Compare flags with notices of customs, in both directions.

        Parameters
        ----------
        notices : str or Path, optional
            CSV with bill, code and date, added to those that are known; these alone where not given.
        by : str, optional
            Who hands them in; the name of the user where not given.

        Returns
        -------
        Reconciliation
            ``.misses`` lists both kinds of miss.

        Raises
        ------
        UsageError
            No notice is known.
        InputError
            A row of the file is wrong; it is named, and nothing is taken.
        """
        from analytics.reconciliation import reconcile_with

        return reconcile_with(self, None if notices is None else Path(notices), by)

    def checklist(
        self,
        *,
        seller: str | None = None,
        program: str | None = None,
        filer: str | None = None,
        marketplace: str | None = None,
        start: date | None = None,
        end: date | None = None,
    ) -> Checklist:
        """Review a program or seller against every condition of the Section 321 exemption.

        Parameters
        ----------
        seller : str, optional
            One seller, by id or name.
        program : str, optional
            One program, by entry type such as ``"86"``.
        filer, marketplace : str, optional
            One filer; one marketplace.
        start, end : date, optional
            First and last arrival day.

        Returns
        -------
        Checklist
            ``write(out)`` writes it as .html or .xlsx.

        Raises
        ------
        UsageError
            Nothing lies in that scope.
        """
        from analytics.reports.checklist import Scope, checklist

        return checklist(self, Scope(seller, program, filer, marketplace, start, end))

    def _figures(self) -> list[tuple[str, object]]:
        """Counts of the tables, and of the flags that totals count."""
        import polars as pl

        from analytics.reports.tables import counted

        rows = {
            name: self.table(name).select(pl.len()).collect().item() for name in ("shipments", "identities", "flags")
        }
        in_totals = counted(self).height
        return [
            ("shipments", rows["shipments"]),
            ("identities", rows["identities"]),
            ("flags", in_totals),
            ("leads and explained flags", rows["flags"] - in_totals),
            ("runs so far", len(self.state.runs)),
        ]

    def __repr__(self) -> str:
        try:
            said = ", ".join(f"{value:,} {name}" for name, value in self._figures())
        except SplitshipError:  # a damaged store still has a name
            return f"<{type(self).__name__} {self.root}>"
        return f"<{type(self).__name__} {self.root}: {said}>"

    def _repr_html_(self) -> str:
        regime = str(dict(self.last_run.settings.get("parameters", {})).get("regime", ""))
        notes = [f"Run {self.last_run.run_id}, regime {regime}. Tables: .names(); one of them: .table('flags')"]
        return figures(f"{type(self).__name__} {self.root}", self._figures(), notes)

"""Makes anew what an addition to a store touches, and takes the rest as it was.

A step that names columns by which its rows hang together (`Step.by`) is made for those of their values alone at which
something it reads has changed; its other rows are taken from the run before, which kept them. Any other step is made
as a whole. What has changed of a table is known row by row, so that what stayed as it was touches nothing further. See
`docs/decisions/0031-incremental-runs.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from analytics.contracts.steps import Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.duckdb_text import listed, quoted, rows_of

__all__ = ["ALL", "SAME", "SOME", "Files", "Renewal"]

SAME, SOME, ALL = "as it was", "in part", "as a whole"
"""How a step was made."""
Files = tuple[Sequence[Path], Sequence[Path]]
"""Files of the rows that a table had before, and of those that came."""
_REFERENCE = "ref_"
_WAS, _REST, _GONE, _COME = "was__", "rest__", "gone__", "come__"
"""A table as the run before left it, what stays of that, the rows that went, the rows that came."""
_TOUCHED, _HELD, _MADE, _CHANGED = "touched__", "held__", "made__", "changed__"
"""While a table is made: the keys to look at, their rows before and now, those of them whose rows are others."""
_WHOLE = "whole__"
"""A table that is read, while only a part of it is shown under its name."""
_KEYS_GONE = "keys_gone__"


class Renewal:
    """Makes the steps of one run, from what earlier runs kept where it can, and keeps what the next needs.

    Parameters
    ----------
    engine : DuckDBEngine
        Holds the tables of the run; those that a run was given (``ref_`` and landed lines) are there.
    steps : iterable of Step
        All steps of the run.
    folders : sequence of Path
        What earlier runs kept, oldest first, under the same rules, settings and steps; none makes everything anew.
    given : mapping of str to pair of sequences of Path
        Tables that the run was given row by row: the files of the rows they had before, and of those that came.

    Attributes
    ----------
    keeps : frozenset of str
        Tables that the next run needs, which must not be let go.
    made : Counter
        How many steps were made `SAME`, `SOME` and `ALL`.
    """

    def __init__(
        self, engine: DuckDBEngine, steps: Iterable[Step], folders: Sequence[Path], given: Mapping[str, Files]
    ) -> None:
        self._engine = engine
        every = {step.name: step for step in steps}
        self._shown = {name: step for name, step in every.items() if step.is_shown}
        self._by = {name: step.by for name, step in every.items() if step.by and not step.is_shown}
        read = {table for name in self._by for table in self._reads(every[name])}
        self.keeps = frozenset(
            {*self._by, *(table for table in read - {*given} - {*self._shown} if not table.startswith(_REFERENCE))}
        )
        self.made: Counter[str] = Counter()
        self._changes: dict[str, str] = {}
        self._was = {table for table in self.keeps if self._show_as_it_was(table, folders)}
        if folders:
            self._changes |= {table: SAME for table in engine.tables() if table.startswith(_REFERENCE)}
            for table, (earlier, come) in given.items():
                self._changes[table] = SOME if come else SAME
                for side, files in ((_REST, earlier), (_COME, come)):
                    if files:
                        engine.scan(side + table, [*files])

    def make(self, step: Step, build: Callable[[], None]) -> str:
        """Make the table of a step, and return how: `SAME`, `SOME` or `ALL`.

        Parameters
        ----------
        step : Step
            What it reads is there.
        build : callable
            Makes its table out of what it reads.
        """
        how = self._how(step)
        if how == SAME:
            self._engine.show(step.name, f"select * from {quoted(_WAS + step.name)}")
        elif how == SOME:
            how = self._make_some(step, build)
        else:
            build()
            for table in sorted({*step.writes} & self._was - {*self._by}):
                self._compare(table)
        if step.name in self._by:
            self._changes[step.name] = how
        if not step.is_shown:
            self.made[how] += 1
        return how

    def keep(self, folder: Path) -> None:
        """Put into a folder what the next run needs: of what was made in part, what came and the keys of what went."""
        for table in sorted(self.keeps & self._engine.tables()):
            change = self._changes.get(table, ALL)
            if change == SAME:
                continue
            if change == ALL or table not in self._by:
                self._engine.take(table, folder / f"{table}.parquet")
                continue
            self._engine.take(_COME + table, folder / f"{table}.come.parquet")
            if _GONE + table in self._engine.tables():
                keys = f"select distinct {listed(self._by[table])} from {quoted(_GONE + table)}"
                self._engine.make(_KEYS_GONE + table, keys)
                self._engine.take(_KEYS_GONE + table, folder / f"{table}.gone.parquet")

    def _show_as_it_was(self, table: str, folders: Sequence[Path]) -> bool:
        """Show a table as earlier runs left it: made as a whole once, then some rows went and others came."""
        text = ""
        for folder in folders:
            whole, gone, come = (folder / f"{table}{kind}.parquet" for kind in ("", ".gone", ".come"))
            if whole.exists():
                text = _file(whole)
            if gone.exists():
                text = f"select * from ({text}) anti join ({_file(gone)}) using ({listed(self._by[table])})"
            if come.exists():
                text = f"select * from ({text}) union all by name {_file(come)}"
        if text:
            self._engine.show(_WAS + table, text)
        return bool(text)

    def _reads(self, step: Step) -> list[str]:
        """What a step reads; of what is only shown, and hangs together in the same way, what that reads."""
        found: list[str] = []
        for table in step.reads:
            shown = self._shown.get(table)
            found += self._reads(shown) if shown is not None and shown.by == step.by else [table]
        return found

    def _follows(self, step: Step) -> dict[str, tuple[str, ...]]:
        """By which columns rows of what a step reads go, and of what is read by that which is only shown."""
        found = dict(step.follows)
        for table in step.reads:
            shown = self._shown.get(table)
            if shown is not None and shown.by == step.by:
                found = self._follows(shown) | found
        return found

    def _how(self, step: Step) -> str:
        """Say how a step is to be made, and where in part, leave the values of `by` that are touched."""
        if not step.by or step.name not in self._was:
            return ALL
        selects = []
        for table in self._reads(step):
            change = self._changes.get(table, ALL)
            keys = self._keys(step, table) if change == SOME else ""
            if change == ALL or keys is None:
                return ALL
            selects += [keys] if keys else []
        if not selects:
            return SAME
        there = " and ".join(f"{quoted(column)} is not null" for column in step.by)
        text = f"select distinct {listed(step.by)} from ({' union all '.join(selects)}) where {there}"
        self._engine.make(_TOUCHED + step.name, text)
        return SOME if self._engine.count(_TOUCHED + step.name) else SAME

    def _keys(self, step: Step, table: str) -> str | None:
        """Select the values of `by` at which rows of a table went or came; None where they cannot be told."""
        if self._has(table, step.by):
            return self._changed(table, step.by)
        along = self._follows(step).get(table, ())
        guides = [
            other for other in (*step.reads, *self._reads(step)) if along and self._has(other, (*step.by, *along))
        ]
        if not guides:
            return None
        equal = " and ".join(f"guide.{name} is not distinct from moved.{name}" for name in map(quoted, along))
        keys = ", ".join(f"guide.{quoted(column)}" for column in step.by)
        moved = self._changed(table, along)
        return f"select {keys} from {quoted(guides[0])} as guide semi join ({moved}) as moved on {equal}"

    def _changed(self, table: str, columns: Sequence[str]) -> str:
        """Select columns of the rows of a table that went or came."""
        sides = [side + table for side in (_GONE, _COME) if side + table in self._engine.tables()]
        return " union all ".join(f"select {listed(columns)} from {quoted(side)}" for side in sides)

    def _has(self, table: str, columns: Sequence[str]) -> bool:
        return {*columns} <= {*self._engine.columns(table)}

    def _make_some(self, step: Step, build: Callable[[], None]) -> str:
        """Make the rows of the values that are touched, and take the others from the run before.

        Where a row is named by such a value, and more, none of those made can be named like one that stays.
        """
        name, touched = step.name, _TOUCHED + step.name
        with self._narrowed(step):
            build()
        self._engine.prove_grain(name, step.grain)
        change = self._settle(name, step.by, _of(_WAS + name, touched, step.by))
        self._engine.drop(touched)
        return change

    def _settle(self, name: str, by: tuple[str, ...], held: str) -> str:
        """Show a table whole again: what was made of it is there under its name, `held` is what was there before."""
        engine = self._engine
        if not self._any(held):
            engine.rename(name, _COME + name)
            engine.show(_REST + name, f"select * from {quoted(_WAS + name)}")
        else:
            engine.make(_HELD + name, held)
            engine.rename(name, _MADE + name)
            unlike = self._unlike(_HELD + name, _MADE + name)
            engine.make(_CHANGED + name, f"select distinct {listed(by)} from ({unlike})")
            for side, rows in ((_GONE, _HELD), (_COME, _MADE)):
                engine.make(side + name, _of(rows + name, _CHANGED + name, by))
            for spent in (_HELD, _MADE, _CHANGED):
                engine.drop(spent + name)
            gone = f"select {listed(by)} from {quoted(_GONE + name)}"
            engine.show(_REST + name, f"select * from {quoted(_WAS + name)} anti join ({gone}) using ({listed(by)})")
        engine.show(
            name, f"select * from {quoted(_REST + name)} union all by name select * from {quoted(_COME + name)}"
        )
        return SOME if self._any(self._changed(name, by)) else SAME

    @contextmanager
    def _narrowed(self, step: Step) -> Iterator[None]:
        """Show of what a step reads only the rows of the values that are touched, for a while."""
        chosen = [
            table
            for table in sorted({*self._reads(step)})
            if not table.startswith(_REFERENCE) and self._has(table, step.by)
        ]
        texts = [self._narrow(table, step) for table in chosen]
        for table, text in zip(chosen, texts, strict=True):
            self._engine.rename(table, _WHOLE + table)
            self._engine.show(table, text)
        try:
            yield
        finally:
            for table in chosen:
                self._engine.drop(table)
                self._engine.rename(_WHOLE + table, table)

    def _narrow(self, table: str, step: Step) -> str:
        """Select the rows that are touched: where all of them came with this run, nothing else is looked at."""
        rest = _REST + table
        if rest in self._engine.tables() and not self._any(_of(rest, _TOUCHED + step.name, step.by)):
            return _of(_COME + table, _TOUCHED + step.name, step.by)
        return _of(_WHOLE + table, _TOUCHED + step.name, step.by)

    def _compare(self, table: str) -> None:
        """Find the rows that went from a table that was made as a whole, and those that came: both in one pass."""
        columns = listed(self._engine.columns(table))
        self._engine.make(_CHANGED + table, self._unlike(_WAS + table, table))
        for side, sign in ((_GONE, -1), (_COME, 1)):
            often = f"unnest(range({sign} * times__)) as nth__"
            chosen = f"select {columns}, {often} from {quoted(_CHANGED + table)} where {sign} * times__ > 0"
            self._engine.make(side + table, f"select {columns} from ({chosen})")
        self._engine.drop(_CHANGED + table)
        self._changes[table] = SOME if self._any(self._changed(table, self._engine.columns(table))) else SAME

    def _unlike(self, was: str, now: str) -> str:
        """Select the rows of which two tables have not as many, with how many more there are now (``times__``)."""
        columns = listed(self._engine.columns(was))
        sides = f"select {columns}, -1 as side__ from {quoted(was)} union all "
        sides += f"select {columns}, 1 as side__ from {quoted(now)}"
        return (
            f"select {columns}, cast(sum(side__) as bigint) as times__ from ({sides}) group by all having times__ <> 0"
        )

    def _any(self, text: str) -> bool:
        return bool(self._engine.connection.execute(f"select 1 from ({text}) limit 1").fetchall())


def _of(table: str, keys: str, by: Sequence[str]) -> str:
    return f"select * from {quoted(table)} semi join {quoted(keys)} using ({listed(by)})"


def _file(file: Path) -> str:
    return rows_of([file])

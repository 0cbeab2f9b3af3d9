"""What would be understood of an input, without screening it: columns, examples, questions, what would be skipped."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from analytics.errors import InputError
from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.mapping.expressions import names_in
from analytics.ingest.mapping.settings import SourceSettings, load_mappings
from analytics.ingest.opening import Opened, open_input
from analytics.ingest.privacy.spool import spool_table
from analytics.ingest.privacy.tax_cells import hide_in_raw
from analytics.ingest.privacy.tax_ids import TaxKey
from analytics.ingest.questions import Question
from analytics.ingest.sources.inputs import Source, expand, here
from analytics.ingest.sources.sheets import LeftOut, take_sheets
from analytics.ingest.tables import DAMAGE, RawTable
from analytics.ingest.words.references import column_letter, matches

__all__ = ["ColumnLook", "InputLook", "inspect"]

SAMPLE_ROWS = 20_000
_EXAMPLES = 3


@dataclass(frozen=True)
class ColumnLook:
    """One heading of an input.

    Attributes
    ----------
    letter : str
        Its place, as spreadsheets letter columns.
    heading : str
        As it stands in the input.
    columns : tuple of str
        Canonical columns that are taken from it; none where it is not used.
    examples : tuple of str
        The first different values; none are shown of tax ids.
    is_tax_id : bool
        Whether its values are hashed before anything is kept.
    """

    letter: str
    heading: str
    columns: tuple[str, ...]
    examples: tuple[str, ...]
    is_tax_id: bool


@dataclass(frozen=True)
class InputLook:
    """What would be understood of one input.

    Attributes
    ----------
    name : str
        The input.
    format : str
        Such as csv; empty where it cannot be opened.
    rows : int
        Rows looked at.
    is_whole : bool
        Whether that is all of them.
    damaged : int
        Rows among them that are cut off or too long.
    columns : list of ColumnLook
        Every heading in its order.
    made : dict
        Canonical columns that are made from a template or a constant, to what is written for them.
    questions : list of Question
        What is unclear.
    notes : list of str
        What would be skipped, joined or assumed.
    plan : ColumnPlan or None
        Which column is which, as far as that is certain.
    settings : SourceSettings
        How it would be read.
    problem : str
        Why it cannot be read at all.
    is_left_out : bool
        It is a sheet that would not be read; the notes say why.
    """

    name: str
    format: str = ""
    rows: int = 0
    is_whole: bool = True
    damaged: int = 0
    columns: list[ColumnLook] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    plan: ColumnPlan | None = None
    settings: SourceSettings = field(default_factory=SourceSettings)
    problem: str = ""
    is_left_out: bool = False


def inspect(inputs: Sequence[str | Path], *, mappings: Sequence[str | Path] = ()) -> list[InputLook]:
    """Look at inputs as a screening would, and keep nothing.

    Parameters
    ----------
    inputs : sequence of str or Path
        As for a screening.
    mappings : sequence of paths
        Mapping files.

    Returns
    -------
    list of InputLook
        One for each input; one that cannot be read says why.
    """
    sources = expand(inputs, load_mappings(mappings))
    looks: list[InputLook] = []
    with tempfile.TemporaryDirectory(prefix="splitship-inspect-") as folder:
        for source in sources:
            try:
                with here(source, Path(folder)) as found:
                    looks += take_sheets(found, _looker(Path(folder) / "rows.arrow"), _left_out)
            except InputError as error:
                questions = [item for item in error.questions if isinstance(item, Question)]
                looks.append(InputLook(source.name, questions=questions, problem="" if questions else str(error)))
    return looks


def _looker(rows: Path) -> Callable[[Source], InputLook]:
    return lambda source: _look(open_input(source), rows)


def _left_out(sheet: LeftOut) -> InputLook:
    return InputLook(sheet.source.name, sheet.format, notes=[sheet.why], is_left_out=True)


def _look(opened: Opened, path: Path) -> InputLook:
    if opened.looks_like:
        settings = replace(opened.source.settings, template=opened.looks_like.name)
        opened = open_input(replace(opened.source, settings=settings))
        opened.table.notes.append(f"read as a {opened.source.settings.template} export, which its headings are of")
    first = _First(opened.table)
    key = TaxKey(secrets.token_hex(32))
    spool = spool_table(first.table, opened.plan, key, path, _silent, "")
    plan, readings, questions = opened.looked_at(spool, Path(opened.source.name).name)
    notes = readings.notes(opened.source.settings)
    rows = spool.scan().collect() if spool.rows else None
    return InputLook(
        opened.source.name,
        opened.table.format,
        spool.rows,
        first.is_whole,
        0 if rows is None else rows.height - rows[DAMAGE].null_count(),
        _columns(plan, None if rows is None else hide_in_raw(rows, plan, key)),
        _made(plan, opened.source.settings),
        questions,
        [*opened.table.notes, *plan.notes, *notes],
        plan,
        opened.source.settings,
    )


class _First:
    """The first rows of a table, and whether they are all."""

    def __init__(self, table: RawTable) -> None:
        self.is_whole = True
        self._batches = table.batches
        self.table = replace(table, batches=self._some)

    def _some(self) -> Iterator[pl.DataFrame]:
        seen = 0
        for rows in self._batches():
            if seen >= SAMPLE_ROWS:
                self.is_whole = False
                return
            seen += rows.height
            yield rows


def _silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def _columns(plan: ColumnPlan, rows: pl.DataFrame | None) -> list[ColumnLook]:
    taken: dict[int, list[str]] = {}
    for column, use in sorted(plan.uses.items()):
        names = names_in(use.template or "")
        places = (
            [use.heading]
            if use.heading is not None
            else [at.at for name in names for at in matches(name, plan.headings)]
        )
        for at in dict.fromkeys(places):
            taken.setdefault(at, []).append(column)
    return [
        ColumnLook(
            column_letter(at),
            heading,
            tuple(taken.get(at, ())),
            () if rows is None or at in plan.tax_ids else _examples(rows[f"c{at}"]),
            at in plan.tax_ids,
        )
        for at, heading in enumerate(plan.headings)
    ]


def _examples(cells: pl.Series) -> tuple[str, ...]:
    texts = cells.drop_nulls().str.strip_chars()
    return tuple(texts.filter(texts != "").unique(maintain_order=True).head(_EXAMPLES).to_list())


def _made(plan: ColumnPlan, settings: SourceSettings) -> dict[str, str]:
    templates = {column: use.template for column, use in plan.uses.items() if use.template}
    return dict(sorted({**{column: repr(value) for column, value in settings.constants.items()}, **templates}.items()))

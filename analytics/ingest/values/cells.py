"""The text of every column, whichever heading, constant or template it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import polars as pl

from analytics.ingest.headings.columns.contents import PADDING
from analytics.ingest.headings.nested import nested_text
from analytics.ingest.headings.understanding import ColumnPlan, ColumnUse
from analytics.ingest.mapping.expressions import factors_of, is_product, parts_of
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.tables import LINE
from analytics.ingest.values.products import product_text
from analytics.ingest.values.shortcuts import are_bare
from analytics.ingest.words.canonical import BOOLEANS, CODES, COLUMNS, COUNTRIES, INTEGERS, NUMBERS, TIMES
from analytics.ingest.words.references import find
from analytics.ingest.words.wordlists import codes

__all__ = ["LAST_RESORT", "column_text", "columns_text", "part_text"]

LAST_RESORT = ("consignee_id_issuer", "order_issuer")
"""Their constants come after what the row says of marketplace and seller, so they are filled in later."""

_NOTHING_MEANS_NULL = {*TIMES, *NUMBERS, *INTEGERS, *BOOLEANS, *COUNTRIES, *CODES, "consignee_id", "order_id"}
_SEPARATORS = " ,;\t"


def column_text(
    column: str, plan: ColumnPlan, settings: SourceSettings, file: str, cells: pl.DataFrame | None = None
) -> pl.Expr:
    """Return the text of one column: trimmed, null where nothing is written.

    Parameters
    ----------
    column : str
        Canonical name.
    plan : ColumnPlan
        Where it comes from.
    settings : SourceSettings
        Constants.
    file : str
        What ``{file}`` stands for.
    cells : DataFrame, optional
        The cells that will be asked for, if they are known: those that need no trimming are not trimmed.
    """
    constant = settings.constants.get(column) if column not in LAST_RESORT else None
    use = plan.uses.get(column)
    if use is None:
        return pl.lit(constant or None, dtype=pl.String).alias(column)
    text = _written(column, use, plan, file)
    words = _words_for_nothing(is_country=column in COUNTRIES) if column in _NOTHING_MEANS_NULL else []
    is_cell = cells is not None and use.heading is not None and use.cancels is None
    if cells is None or not is_cell or not are_bare(cells[f"c{use.heading}"], words):
        empty = ["", *words]
        text = text.str.strip_chars().replace(empty, [None] * len(empty))
    return (text.fill_null(constant) if constant else text).alias(column)


def columns_text(cells: pl.DataFrame, plan: ColumnPlan, settings: SourceSettings, file: str) -> list[pl.Expr]:
    """Return the text of every column of the input contract, of the rows of a batch."""
    return [column_text(column, plan, settings, file, cells) for column in COLUMNS]


@cache
def _words_for_nothing(*, is_country: bool) -> list[str]:
    """Return what stands for an empty cell, in the usual cases; NA is a country where countries stand."""
    words = set(codes("nothing")) - ({"na"} if is_country else set())
    return sorted({case(word) for word in words for case in (str.lower, str.upper, str.title, str.capitalize)})


def _written(column: str, use: ColumnUse, plan: ColumnPlan, file: str) -> pl.Expr:
    """Return what is written for a column; a number without a digit, such as a unit alone, is nothing."""
    if use.heading is not None:
        cell = pl.col(f"c{use.heading}")
        return cell if use.cancels is None else _cancelling(cell, use.cancels)
    template = use.template or ""
    if is_product(column, template):
        texts = [part_text(factor.names, plan, file, sums=True) for factor in factors_of(template)]
        return product_text(texts, use.marks or ["."] * len(texts))
    text = _template(template if "{" in template else f"{{{template}}}", plan, file, sums=column in NUMBERS)
    return pl.when(text.str.contains(r"\d")).then(text) if column in NUMBERS else text


def _cancelling(cell: pl.Expr, cancels: Sequence[str]) -> pl.Expr:
    """Return what a status says of the row: that it is cancelled, or nothing."""
    status = cell.str.strip_chars(PADDING).str.to_lowercase()
    return pl.when(status.is_in(cancels)).then(pl.lit("cancel"))


def _template(template: str, plan: ColumnPlan, file: str, *, sums: bool) -> pl.Expr:
    """Put a template together. An empty part is empty and takes the blank before it along; with no part it is null."""
    shown: list[pl.Expr] = []
    filled: list[pl.Expr] = []
    before = ""
    for part in parts_of(template):
        if not part.names:
            before = part.literal
            continue
        text = part_text(part.names, plan, file, sums=sums)
        shown.append(_joined(before, text, filled))
        filled.append(text != "")
        before = ""
    joined = pl.concat_str([*shown, pl.lit(before)])
    return pl.when(pl.any_horizontal(filled)).then(joined) if filled else joined


def _joined(before: str, text: pl.Expr, earlier: Sequence[pl.Expr]) -> pl.Expr:
    """Put a part behind the text before it; a mere separator stands only between two parts that hold something."""
    if before.strip(_SEPARATORS):
        return pl.when(text != "").then(pl.lit(before) + text).otherwise(pl.lit(before.rstrip()))
    follows = pl.any_horizontal(earlier) if earlier else pl.lit(value=False)
    return pl.when((text != "") & follows).then(pl.lit(before) + text).otherwise(text)


def part_text(names: Sequence[str], plan: ColumnPlan, file: str, *, sums: bool = False) -> pl.Expr:
    """Return the first of several cells that holds anything, trimmed; an empty text where none does.

    Parameters
    ----------
    names : sequence of str
        References, an empty one for nothing.
    plan : ColumnPlan
        The headings they name.
    file : str
        What ``{file}`` stands for.
    sums : bool, default=False
        Numbers of several items inside a cell are added up, instead of listed.
    """
    texts = [_cell(name, plan, file, sums=sums) for name in names if name]
    held = [pl.when(text != "").then(text) for text in texts]
    return pl.coalesce([*held, pl.lit("")])


def _cell(name: str, plan: ColumnPlan, file: str, *, sums: bool) -> pl.Expr:
    """Return what a reference stands for; that it names one column was checked when the columns were planned."""
    if name == "file":
        return pl.lit(file)
    if name == "row":
        return pl.col(LINE).cast(pl.String)
    found = find(name, plan.headings)
    assert found is not None, "references are checked when the columns are planned"
    cell = pl.col(f"c{found.at}")
    return (nested_text(cell, found.path, sums=sums) if found.path else cell).str.strip_chars()

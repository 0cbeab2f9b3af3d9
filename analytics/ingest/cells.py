"""The text of every column, whichever heading, constant or template it comes from."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from analytics.ingest.canonical import BOOLEANS, CODES, COLUMNS, COUNTRIES, INTEGERS, NUMBERS, TIMES
from analytics.ingest.headings import ColumnPlan
from analytics.ingest.mapping import SourceSettings
from analytics.ingest.tables import LINE
from analytics.ingest.wordlists import codes, plain

__all__ = ["LAST_RESORT", "column_text", "columns_text"]

LAST_RESORT = ("consignee_id_issuer", "order_issuer")
"""Their constants come after what the row says of marketplace and seller, so they are filled in later."""

_NOTHING_MEANS_NULL = {*TIMES, *NUMBERS, *INTEGERS, *BOOLEANS, *COUNTRIES, *CODES, "consignee_id", "order_id"}
_PART = re.compile(r"\{([^{}]*)\}")


def column_text(column: str, plan: ColumnPlan, settings: SourceSettings, file: str) -> pl.Expr:
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
    """
    constant = settings.constants.get(column) if column not in LAST_RESORT else None
    use = plan.uses.get(column)
    if use is None:
        return pl.lit(constant or None, dtype=pl.String).alias(column)
    written = _template(use.template, plan, file) if use.heading is None else pl.col(f"c{use.heading}")
    empty = ["", *_words_for_nothing(is_country=column in COUNTRIES)] if column in _NOTHING_MEANS_NULL else [""]
    text = written.str.strip_chars().replace(empty, [None] * len(empty))
    return (text.fill_null(constant) if constant else text).alias(column)


def columns_text(plan: ColumnPlan, settings: SourceSettings, file: str) -> list[pl.Expr]:
    """Return the text of every column of the input contract."""
    return [column_text(column, plan, settings, file) for column in COLUMNS]


@cache
def _words_for_nothing(*, is_country: bool) -> list[str]:
    """Return what stands for an empty cell, in the usual cases; NA is a country where countries stand."""
    words = set(codes("nothing")) - ({"na"} if is_country else set())
    return sorted({case(word) for word in words for case in (str.lower, str.upper, str.title, str.capitalize)})


def _template(template: str | None, plan: ColumnPlan, file: str) -> pl.Expr:
    """Put a template together: ``{file}``, ``{row}``, or the cell under a heading."""
    pieces = _PART.split(template or "")
    shown: list[pl.Expr] = []
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            shown.append(pl.lit(piece))
        elif piece == "file":
            shown.append(pl.lit(file))
        elif piece == "row":
            shown.append(pl.col(LINE).cast(pl.String))
        else:
            shown.append(pl.col(f"c{_position(piece, plan)}"))
    return pl.concat_str(shown)


def _position(heading: str, plan: ColumnPlan) -> int:
    """Find the one heading of that name; that there is one was checked when the columns were planned."""
    if heading in plan.headings:
        return plan.headings.index(heading)
    return next(at for at, found in enumerate(plan.headings) if plain(found) == plain(heading))

"""Money and other numbers as written: which decimal mark a column uses, and what each value is, exactly.

A decimal mark is decided once for a whole column, from the values that fit one mark only; a column without such values
follows the other numbers of its file. Where nothing tells, nothing is guessed. No float is ever made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.ingest.mapping.settings import EACH
from analytics.ingest.questions import Question, as_error, in_quotes
from analytics.ingest.values import shortcuts
from analytics.ingest.values.dates import MUCH_MORE
from analytics.ingest.words.wordlists import currencies, shared_marks

__all__ = [
    "CENTS",
    "EACH",
    "MARKS",
    "PLAIN",
    "PLAIN_NUMBER",
    "decide_mark",
    "exact_sizes",
    "mark_evidence",
    "read_money",
    "read_number",
]

MARKS = (".", ",")
PLAIN = "plain"
"""Every value is written with digits and a point that cannot be a thousands mark."""


PLAIN_NUMBER = r"^-?(?:[0-9]+|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{4,}\.[0-9]{3}|0?\.[0-9]{3})$"
CENTS = 2
"""Decimal places of money."""
_MOST = 100_000_000_000
"""An amount of money from here on is none, whatever its currency, and sums of such lines fit the contract."""
_MANY_DIGITS = r"^-?[0-9]{12,}(?:\.|$)"
_BODY = r"(\d[\d.,'\u{2019} \u{a0}\u{202f}]*\d|\d|[.,]\d+)"
_AFFIX = r"([^\d\s.,()+\u{2212}-][^\d.,()+\u{2212}-]*?)?"
_VALUE = (
    r"^\s*(?P<open>\()?\s*(?P<minus>[+\u{2212}-])?\s*(?P<before>"
    + _AFFIX
    + r")\s*(?P<sign>[+\u{2212}-])?\s*(?P<body>"
    + _BODY
    + r")[.,]?"
    r"\s*(?P<after>" + _AFFIX + r")\s*(?P<end>[\u{2212}-])?\s*(?P<close>\))?\s*$"
)
_BLANKS = r"['\u{2019} \u{a0}\u{202f}]"
_WIDE = pl.Decimal(38, 10)


def mark_evidence(column: str) -> list[pl.Expr]:
    """Return what must be counted over the whole of a column to decide its decimal mark, named ``column:what``."""
    value = pl.col(column).str.strip_chars()
    body = value.str.extract(_BODY).str.replace_all(_BLANKS, "")
    both = body.str.contains(r"\..*,|,.*\.")
    evidence = {}
    for mark, other in ((".", ","), (",", ".")):
        own, its = rf"\{mark}", rf"\{other}"
        last = both & body.str.contains(rf"{own}\d*$")
        several = body.str.contains(rf"{its}.*{its}") & ~body.str.contains(own)
        single = body.str.contains(rf"^\d*{own}(?:\d{{1,2}}|\d{{4,}})$|^\d{{4,}}{own}\d{{3}}$|^0*{own}\d+$")
        evidence[f"for_{mark}"] = (last | several | single).sum()
    unclear = body.str.contains(r"^[1-9]\d{0,2}[.,]\d{3}$")
    evidence |= {
        "unclear": unclear.sum(),
        "example": value.filter(unclear).first(),
    }
    return [expression.alias(f"{column}:{what}") for what, expression in evidence.items()]


def decide_mark(name: str, column: str, heading: str, found: Mapping[str, Any], in_file: Mapping[str, int]) -> str:
    """Decide the decimal mark of a column.

    Parameters
    ----------
    name, column, heading : str
        The input, the canonical column and where it comes from, for messages.
    found : mapping
        Evidence by name, as `mark_evidence` counted it.
    in_file : mapping
        Mark to the number of values for it among all numbers of the file.

    Returns
    -------
    str
        ``.`` or ``,``.

    Raises
    ------
    AmbiguousInput
        Values such as 1.234 have two readings and nothing in the file tells which, or the column has both marks.
    """
    own = {mark: found[f"for_{mark}"] for mark in MARKS}
    for counts in (own, in_file):
        for mark, other in (MARKS, MARKS[::-1]):
            if counts[mark] > counts[other] * MUCH_MORE:
                return mark
        if sum(counts.values()):
            break
    if not found["unclear"]:
        if not sum(own.values()):
            return "."
        text = f"{heading!r} ({column}) has both decimal marks: {own['.']:,} values a point, {own[',']:,} a comma"
        choices = (EACH, *MARKS)
        raise as_error(name, [Question("decimal", text, tuple(f"decimal = {in_quotes(mark)}" for mark in choices))])
    example = found["example"] or "such values"
    text = (
        f"{heading!r} ({column}): {example!r} can be read with a decimal point or a decimal comma, and the file does "
        f"not tell which ({own['.']:,} values speak for the point, {own[',']:,} for the comma)"
    )
    raise as_error(name, [Question("decimal", text, tuple(f"decimal = {in_quotes(mark)}" for mark in MARKS))])


def read_number(column: str | pl.Expr, mark: str, factor: str | None = None) -> dict[str, pl.Expr]:
    """Return expressions for one column of numbers: ``number`` (ten places), ``unreadable``, ``beyond``, ``affix``.

    Parameters
    ----------
    column : str or Expr
        Text column.
    mark : str
        As `decide_mark` returned it.
    factor : str, optional
        What every value is multiplied with.
    """
    value = (pl.col(column) if isinstance(column, str) else column).str.strip_chars()
    if mark == PLAIN:
        number = _times(value.cast(_WIDE, strict=False), factor)
        return {
            "number": number,
            "unreadable": value.is_not_null() & number.is_null(),
            "beyond": _is_beyond(number, value),
            "affix": pl.lit(None, pl.String),
        }
    parts = value.str.extract_groups(_VALUE).struct
    marks = MARKS if mark == EACH else (mark,)
    digits = pl.coalesce(_digits(parts.field("body"), item) for item in marks)
    signs = [parts.field(name).is_in(["-", "\u2212"]).fill_null(value=False) for name in ("minus", "sign", "end")]
    is_open, is_closed = parts.field("open").is_not_null(), parts.field("close").is_not_null()
    is_negative = pl.any_horizontal(*signs, is_open)
    size = _times(digits.cast(_WIDE, strict=False), factor)
    is_sound = (is_open == is_closed) & (pl.sum_horizontal(item.cast(pl.Int8) for item in (*signs, is_open)) <= 1)
    number = pl.when(is_sound).then(pl.when(is_negative).then(-size).otherwise(size))
    affixes = [parts.field(name).str.strip_chars() for name in ("before", "after")]
    affix = pl.concat_str(affixes, separator=" ", ignore_nulls=True).str.strip_chars()
    return {
        "number": number,
        "unreadable": value.is_not_null() & number.is_null(),
        "beyond": _is_beyond(number, digits),
        "affix": pl.when(affix != "").then(affix),
    }


def exact_sizes(cells: pl.Series, mark: str, factor: str | None, scale: int) -> pl.Series | None:
    """Return numbers, where every cell is one as it stands: not negative, not beyond, without places to round.

    Parameters
    ----------
    cells : Series of str
        As written.
    mark, factor : str
        As in `read_number`.
    scale : int
        Decimal places.

    Returns
    -------
    Series or None
        None where some cell needs to be looked at.
    """
    if not shortcuts.ALLOWED or mark != PLAIN or factor not in {None, "1"}:
        return None
    number = cells.cast(_WIDE, strict=False)
    least: Any = number.min()
    most: Any = number.max()
    if number.null_count() != cells.null_count() or least is None or least < 0 or most >= _MOST:
        return None
    fitted = number.round(scale, mode="half_away_from_zero")
    return None if (fitted != number).any() else fitted.cast(pl.Decimal(18, scale))


def _is_beyond(number: pl.Expr, digits: pl.Expr) -> pl.Expr:
    """Tell whether a number has so many digits that it fits no type."""
    return (number.is_null() & digits.str.contains(_MANY_DIGITS)).fill_null(value=False)


def _times(number: pl.Expr, factor: str | None) -> pl.Expr:
    if factor in {None, "1"}:
        return number
    return (number * pl.lit(factor).cast(pl.Decimal(38, 12))).cast(_WIDE, strict=False)


def _digits(body: pl.Expr, mark: str) -> pl.Expr:
    """Return a number with a point and without thousands marks; null where the marks stand in wrong places."""
    other = "," if mark == "." else "."
    own, its = rf"\{mark}", rf"(?:\{other}|{_BLANKS})"
    grouped = rf"^(?:\d+|[1-9]\d{{0,2}}(?:{its}\d{{3}})+|[1-9]\d?(?:{its}\d{{2}})*{its}\d{{3}})?(?:{own}\d*)?$"
    bare = body.str.replace_all(its, "").str.replace(mark, ".", literal=True)
    return pl.when(body.str.contains(grouped)).then(bare)


def read_money(column: str, mark: str, factor: str | None = None) -> dict[str, pl.Expr]:
    """Return expressions for one column of money: ``number`` to the cent, what is wrong, and what stands beside it.

    ``currency`` is what a mark such as USD or £ says; ``shared`` is a mark that several currencies have; ``rounded``
    tells whether cents were rounded. Every value is multiplied with a factor, where the heading names a minor unit.
    """
    read = read_number(column, mark, factor)
    cents = read["number"].round(CENTS, mode="half_away_from_zero")
    number = cents.cast(pl.Decimal(18, CENTS), strict=False)
    beyond = read["beyond"] | (read["number"].abs() >= _MOST).fill_null(value=False)
    unreadable = read["unreadable"] & ~beyond
    nothing = pl.lit(None, dtype=pl.String)
    read |= {"number": number, "unreadable": unreadable, "beyond": beyond, "rounded": cents != read["number"]}
    if mark == PLAIN:
        return read | {"currency": nothing, "shared": nothing}
    affix = read["affix"].str.to_uppercase()
    currency = affix.replace_strict(currencies(), default=None, return_dtype=pl.String)
    shared = pl.when(affix.is_in(list(shared_marks()))).then(affix)
    is_strange = affix.is_not_null() & currency.is_null() & shared.is_null()
    return read | {
        "number": pl.when(~is_strange.fill_null(value=False)).then(number),
        "unreadable": unreadable | is_strange,
        "currency": currency,
        "shared": shared,
    }

"""Tax ids in cells whose heading does not say so: in free text, in nested JSON, in damaged lines.

A cell that is one tax id becomes ``hashed:…`` like the cells under a heading of tax ids. In a text, the id and the word
before it become ``#hash…`` and twelve digits of the hash, which the comparison of names takes for a customer code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from analytics.contracts.fields import names_of
from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.privacy.tax_forms import anywhere, replaced
from analytics.ingest.privacy.tax_ids import TaxKey, mask_words_with_digits
from analytics.ingest.tables import RAW
from analytics.ingest.words.tax_words import may_name_tax_ids, mentions_tax_ids, names_tax_ids

__all__ = ["hide_in_published", "hide_in_raw", "hide_tax_ids"]

_FREE_TEXT = frozenset(names_of(text="free"))
"""Published columns in which a shipper may write anything."""
_NUMBERED = frozenset(names_of(text="number"))
"""Columns of numbers that other forms may fit by chance: only the form of a Social Security number counts."""
_HASHED_AS_SSN = frozenset(names_of(may_be_ssn=True))
_SSN = re.compile(r"\s*[0-9]{3}[-\u2010-\u2015][0-9]{2}[-\u2010-\u2015][0-9]{4}\s*")
_LONG_NUMBER = re.compile(r"\s*[A-Za-z]{0,5}[ -]?[0-9](?:[ ./-]?[0-9A-Za-z]){6,}\s*")
_AMOUNT = re.compile(r"\s*[0-9.,]+[.,][0-9]{1,2}\s*")
_PAIR = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:\s*)("(?:[^"\\]|\\.)*"?|-?[0-9][^\s,}\]]*|\[[^\[\]{}]*\]?|\{)', re.DOTALL)
_SIX_DIGITS = "[0-9](?:[^0-9]{0,2}[0-9]){5}|[A-Za-z]{5}[0-9]{4}[A-Za-z]"
_ZERO, _TEN, _DASH, _UNICODE_DASH = ord("0"), 10, ord("-"), 0xE2
_DIGITS_IN_TEXT = 12


def hide_tax_ids(cells: pl.Series, key: TaxKey) -> pl.Series:
    """Return cells with every tax id in them hidden, by form, by the word before it, or by its key in nested JSON.

    Parameters
    ----------
    cells : Series of str
        Any texts; those without two digits in a row are not looked at one by one.
    key : TaxKey
        Hashes what is hidden.
    """
    changed = _hide(cells, key)
    return cells if changed is None else changed


def hide_in_published(found: pl.DataFrame, written: pa.Table, plan: ColumnPlan, key: TaxKey) -> list[pl.Series]:
    """Return the cells of a batch that hold a tax id where text is published, and damaged lines, with it hidden.

    Parameters
    ----------
    found : DataFrame
        A batch as the reader gave it.
    written : pyarrow.Table
        The same batch, on its way to the file: a column without digits in its buffers is not looked at any closer.
    plan : ColumnPlan
        Where each column comes from.
    key : TaxKey
        Hashes what is hidden.
    """
    lines = _hidden_lines(found[RAW], key, hides_all=bool(plan.tax_ids))
    looked_at = [lines]
    for at in sorted(set(plan.filled) - plan.tax_ids):
        cells = written.column(f"c{at}")
        if plan.filled[at] & _FREE_TEXT and _any_chunk(cells, _digits_touch):
            looked_at.append(_hide(found[f"c{at}"], key))
        elif plan.filled[at] & _HASHED_AS_SSN and _any_chunk(cells, _dashes_fit):
            looked_at.append(_hide_ssn(found[f"c{at}"], key))
    return [cells for cells in looked_at if cells is not None]


def hide_in_raw(rows: pl.DataFrame, plan: ColumnPlan, key: TaxKey) -> pl.DataFrame:
    """Return rejected rows with every tax id hidden that is found in any cell.

    Parameters
    ----------
    rows : DataFrame
        Rows of the spool: cells under headings of tax ids, and damaged lines, are hidden already.
    plan : ColumnPlan
        Where each column comes from; shipment numbers stay as they are.
    key : TaxKey
        Hashes what is hidden.
    """
    changed = [
        _raw_cell(rows[f"c{at}"], heading, plan.filled.get(at, frozenset()), key)
        for at, heading in enumerate(plan.headings)
        if at not in plan.tax_ids
    ]
    return rows.with_columns(cells for cells in changed if cells is not None)


def _raw_cell(cells: pl.Series, heading: str, columns: frozenset[str], key: TaxKey) -> pl.Series | None:
    if "shipment_id" in columns:
        return None
    if columns & _NUMBERED:
        return _hide_ssn(cells, key)
    if not columns and may_name_tax_ids(heading):
        return _changed(cells, _with("[0-9]"), lambda text: _hidden_number(text, key))
    return _hide(cells, key)


def _hide_ssn(cells: pl.Series, key: TaxKey) -> pl.Series | None:
    return _changed(cells, _with(f"^{_SSN.pattern}$"), lambda text: _whole(text, key))


def _hide(cells: pl.Series, key: TaxKey) -> pl.Series | None:
    return _changed(cells, _suspects, lambda text: _hidden(text, key))


def _suspects(cells: pl.Series) -> pl.Series:
    """Return the texts to be looked at closely; the cheap look first leaves few for the other."""
    texts = _with(_SIX_DIGITS)(cells).unique()
    return texts.filter(texts.str.contains(anywhere()) | texts.str.contains(r"^\s*[\[{]"))


def _with(pattern: str) -> Callable[[pl.Series], pl.Series]:
    return lambda texts: texts.filter(texts.str.contains(pattern).fill_null(value=False))


def _changed(
    cells: pl.Series, suspects: Callable[[pl.Series], pl.Series], hidden: Callable[[str], str]
) -> pl.Series | None:
    """Return cells with the suspect ones changed, each distinct text once; None where none changes."""
    changed = {text: now for text in suspects(cells).unique().to_list() if (now := hidden(text)) != text}
    return cells.replace(changed) if changed else None


def _any_chunk(cells: pa.ChunkedArray, looks: Callable[[NDArray[np.uint8]], bool]) -> bool:
    """Tell whether the bytes of a column look as if a tax id could be in them; most columns are done with that."""
    contents = (chunk.buffers()[-1] for chunk in cells.chunks)
    return any(looks(np.frombuffer(content, np.uint8)) for content in contents if content is not None)


def _digits_touch(content: NDArray[np.uint8]) -> bool:
    """Tell whether two digits stand side by side, as in no name."""
    is_digit = content - np.uint8(_ZERO) < _TEN
    return bool((is_digit[:-1] & is_digit[1:]).any())


def _dashes_fit(content: NDArray[np.uint8]) -> bool:
    """Tell whether two dashes stand as in ddd-dd-dddd, or any dash of Unicode is there."""
    is_dash = content == _DASH
    return bool((is_dash[:-3] & is_dash[3:]).any() or (content == _UNICODE_DASH).any())


def _hidden(text: str, key: TaxKey) -> str:
    """Hide the tax ids of one cell."""
    if text.lstrip()[:1] in {"{", "["}:
        text = _hidden_json(text, key)
    changed = replaced(text, lambda number: _token(number, key))
    return _whole(text, key) if changed != text and replaced(text.strip(), lambda _: "") == "" else changed


def _whole(text: str, key: TaxKey) -> str:
    return f"hashed:{key.hash(_compact(text))}"


def _token(number: str, key: TaxKey) -> str:
    digits = int(key.hash(_compact(number)), 16) % 10**_DIGITS_IN_TEXT
    return f"#hash{digits:0{_DIGITS_IN_TEXT}d}"


def _compact(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _hidden_number(text: str, key: TaxKey) -> str:
    """Hide a cell under a heading such as VAT, unless it is an amount."""
    is_number = _LONG_NUMBER.fullmatch(text) is not None and not _AMOUNT.fullmatch(text)
    return _whole(text, key) if is_number else _hidden(text, key)


def _hidden_json(text: str, key: TaxKey) -> str:
    """Hide the values under keys of tax ids, and every number where such a key holds an object or is a value."""
    pairs = list(_PAIR.finditer(text))
    names = [_unquoted(pair[1]) for pair in pairs]
    opens = any(names_tax_ids(name) and pair[3] == "{" for name, pair in zip(names, pairs, strict=True))
    if opens or any(pair[3][0] == '"' and names_tax_ids(_unquoted(pair[3])) for pair in pairs):
        return mask_words_with_digits(text)

    def value(pair: re.Match[str]) -> str:
        if not names_tax_ids(_unquoted(pair[1])) or not any(letter.isdigit() for letter in pair[3]):
            return pair[0]
        return f'{pair[1]}{pair[2]}"{_whole(_unquoted(pair[3]), key)}"'

    return _PAIR.sub(value, text)


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text))
    except (ValueError, RecursionError):
        return text.strip('"')


def _hidden_lines(lines: pl.Series, key: TaxKey, *, hides_all: bool) -> pl.Series | None:
    """Hide the tax ids of damaged lines: where one may be in a line, nobody knows which word it is."""
    if lines.null_count() == lines.len():
        return None

    def hidden(line: str) -> str:
        return mask_words_with_digits(line) if hides_all or mentions_tax_ids(line) else _hidden(line, key)

    return _changed(lines, pl.Series.drop_nulls, hidden)

"""Tariff numbers and ZIP codes whose leading zero a spreadsheet took: read where only a lost zero explains them."""

from __future__ import annotations

import polars as pl

from analytics.ingest.words.wordlists import codes, subheadings

__all__ = ["HTS", "hts_values", "zero_evidence", "zip_values"]

HTS, _ZIP = "hts_code", "consignee_postal_code"
_Values = dict[str, pl.Expr]
_WHOLE = r"^[0-9]{4}(?:[.\-]?[0-9]{2}){0,3}$"
_SPACED = r"^[0-9]{4} [0-9]{2}(?: [0-9]{2}| [0-9]{4}){0,2}$"
_SHORT = r"^[0-9]{5}$|^[0-9]{7}$|^[0-9]{9}$|^[0-9]{3}[.\-][0-9]{2}(?:[.\-]?[0-9]{2}){0,2}$"
_SEVERAL = r"(?s)[0-9]{3}[0-9.\-]*\s*(?:[,;/|&+\s]|\band\b)+\s*[0-9]{4}"
_PREFIX = r"(?i)^(?:HTSUS|HTS|HS)?\s*(?:code|no\.?|number)?\s*[:#.]*\s*"
_NOWHERE = r"^(?:00|77|1111|2222|3333|4444|5555|6666|8888|9999)"
"""No tariff has a chapter 00 or 77, nor a heading of one digit four times."""
_FLOAT_TAIL = r"^([0-9]{5,10})\.0$"
_SHORT_LENGTHS = [5, 7, 9]
_ZIP_LENGTHS = [3, 4, 8]
_SHORT_ZIP = r"^[0-9]{3,4}$|^[0-9]{8}$"


def zero_evidence(column: str) -> list[pl.Expr]:
    """Return whether some number of a column is a digit short, and whether some of digits alone begins with a zero."""
    value = pl.col(column)
    return [
        value.str.len_bytes().is_in(_SHORT_LENGTHS).any().alias(f"{column}:short"),
        (value.str.starts_with("0") & ~value.str.contains(".", literal=True)).any().alias(f"{column}:zero"),
    ]


def hts_values(text: pl.DataFrame, *, has_zeros: bool) -> _Values:
    """Return tariff numbers as digits, what is wrong with the others, and which got their zero back.

    A number of 5, 7 or 9 digits has lost its zero where, with a zero before it, it is in a subheading of the tariff,
    and no number of the column kept a zero. Numbers of a cell that holds several are none, and so is a number that no
    tariff can have, such as 999999.

    Parameters
    ----------
    text : DataFrame
        With ``hts_code`` as written.
    has_zeros : bool
        As `zero_evidence` found it in the column.
    """
    written = pl.col(HTS)
    plain = written.str.replace_all(r"[.\-]", "")
    if not text.select((~written.str.contains(_WHOLE) | plain.str.contains(_NOWHERE)).any()).item():
        return {HTS: plain}
    bare = written.str.replace(_PREFIX, "").str.replace(_FLOAT_TAIL, "$1")
    digits = bare.str.replace_all(r"[\s.\-]", "")
    is_whole = bare.str.contains(_WHOLE) | bare.str.contains(_SPACED)
    longer = pl.lit("0") + digits
    is_short = bare.str.contains(_SHORT) & longer.str.slice(0, 6).is_in(subheadings()) & pl.lit(not has_zeros)
    is_several = bare.str.contains(_SEVERAL) & ~is_whole
    is_nowhere = is_whole & digits.str.contains(_NOWHERE)
    sound = pl.when(is_whole & ~is_nowhere).then(digits).when(is_short).then(longer)
    return {
        HTS: sound,
        f"{HTS}:restored": is_short,
        f"{HTS}|hts_several": is_several,
        f"{HTS}|hts_nowhere": is_nowhere,
        f"{HTS}|hts_unreadable": written.is_not_null() & sound.is_null() & ~is_several & ~is_nowhere,
    }


def zip_values(text: pl.DataFrame, country: pl.Expr) -> _Values:
    """Return postal codes, with its zero given back to a ZIP code of a state whose codes begin with one.

    Parameters
    ----------
    text : DataFrame
        With ``consignee_postal_code`` and ``consignee_state`` as written.
    country : Expr
        Alpha-2 code of the consignee.
    """
    written = pl.col(_ZIP)
    if not text[_ZIP].str.len_bytes().is_in(_ZIP_LENGTHS).any():
        return {}
    state = pl.col("consignee_state").str.to_lowercase().str.strip_chars(" .")
    begins_so = state.is_in(list(codes("state_of_zero_zip")))
    is_short = written.str.contains(_SHORT_ZIP) & begins_so & (country == "US")
    is_short = is_short.fill_null(value=False)
    whole = pl.when(written.str.len_bytes() < 5).then(written.str.zfill(5)).otherwise(written.str.zfill(9))
    return {_ZIP: pl.when(is_short).then(whole).otherwise(written), f"{_ZIP}:restored": is_short}

"""Keys of telephone numbers and e-mail addresses."""

from __future__ import annotations

import polars as pl

from analytics.parties.text import fold, on_rows
from analytics.parties.words import word_set

__all__ = ["email_keys", "phone_keys"]

_SHORTEST, _NATIONAL, _LONGEST = 7, 10, 15
_NOBODYS = [
    *(digit * length for digit in "0123456789" for length in range(_SHORTEST, _LONGEST + 1)),
    *("1234567", "1234567890", "0123456789", "9876543210", "1112223333", "1231231234"),
]
_NO_LINE = "0" * _SHORTEST
_ADDRESS = r"[a-z0-9._%'\-]+@[a-z0-9.\-]+\.[a-z]{2,}"
_TAGGED = r"([a-z0-9._%'\-]+)(?:\+[^@\s]*)?(@[a-z0-9.\-]+\.[a-z]{2,})"
_NOBODYS_BOXES = r"^(?:no-?reply|donotreply|none|na|test|unknown)@"


def phone_keys(written: pl.Series) -> pl.DataFrame:
    """Telephone numbers as digits: ten for North America, with the country's code elsewhere.

    Parameters
    ----------
    written : Series of str
        Numbers as written, with or without +1, extension and punctuation.

    Returns
    -------
    DataFrame
        ``phone``; null where there are fewer than 7 or more than 15 digits, or the number is nobody's.
    """
    text = written.cast(pl.String).alias("phone")
    text = on_rows(text, text.str.contains(r"[xX#eE]"), lambda column: column.str.replace(r"[xX#eE].*$", ""))
    text = text.str.replace_all(r"[^0-9]+", "")
    text = on_rows(text, text.str.contains(r"^(?:1|00|011)\d{10}"), _without_prefix)
    digits = pl.col("phone")
    is_real = digits.str.len_bytes().is_between(_SHORTEST, _LONGEST) & ~digits.is_in(_NOBODYS)
    no_line = (digits.str.len_bytes() == _NATIONAL) & digits.str.ends_with(_NO_LINE)
    return text.to_frame().select(pl.when(is_real & ~no_line).then(digits))


def _without_prefix(column: pl.Expr) -> pl.Expr:
    """A number without the prefix for calls abroad, and without the 1 of North America."""
    return column.str.replace(r"^(?:00|011)(\d{10,})$", "$1").str.replace(r"^1(\d{10})$", "$1")


def email_keys(written: pl.Series) -> pl.DataFrame:
    """E-mail addresses as the mailbox they reach.

    Parameters
    ----------
    written : Series of str
        Addresses as written.

    Returns
    -------
    DataFrame
        ``email`` (plus tag removed, Gmail's dots removed, googlemail is gmail), ``email_local`` and ``email_domain``;
        null where it is no address, or one that stands for nobody.
    """
    text = fold(written).alias("email")
    plain = text.str.contains(rf"^{_ADDRESS}$")
    text = on_rows(text, ~plain, lambda column: column.str.extract(_TAGGED, 1) + column.str.extract(_TAGGED, 2))
    text = on_rows(
        text, text.str.ends_with("@googlemail.com"), lambda c: c.str.replace("googlemail", "gmail", literal=True)
    )
    text = on_rows(
        text,
        text.str.ends_with("@gmail.com"),
        lambda c: c.str.replace_all(r"\.", "").str.replace("gmailcom", "gmail.com"),
    )
    address, at = pl.col("email"), pl.col("email").str.find("@", literal=True)
    domain = address.str.slice(at + 1)
    is_real = ~address.str.contains(_NOBODYS_BOXES) & ~domain.is_in(list(word_set("relay_domains")))
    kept = text.to_frame().select(pl.when(is_real).then(address))
    return kept.select("email", email_local=address.str.slice(0, at), email_domain=domain)

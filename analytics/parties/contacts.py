"""Keys of telephone numbers and e-mail addresses."""

from __future__ import annotations

import polars as pl

from analytics.parties.text import fold
from analytics.parties.words import word_set

__all__ = ["email_keys", "phone_keys"]

_SHORTEST, _NATIONAL, _LONGEST = 7, 10, 15
_NOBODYS = ("1234567", "1234567890", "0123456789", "9876543210", "1112223333", "1231231234")


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
    text = (
        written.cast(pl.String)
        .alias("text")
        .to_frame()
        .with_columns(digits=pl.col("text").str.replace(r"[xX#eE].*$", "").str.replace_all(r"[^0-9]+", ""))
    )
    digits = pl.col("digits").str.replace(r"^(?:00|011)(\d{10,})$", "$1").str.replace(r"^1(\d{10})$", "$1")
    is_real = (
        digits.str.len_bytes().is_between(_SHORTEST, _LONGEST)
        & ~digits.is_in(list(_NOBODYS))
        & ~digits.str.contains(r"^(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$")
        & ~digits.str.contains(r"^\d{3}0{7}$")
    )
    return text.select(phone=pl.when(is_real).then(digits))


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
    frame = pl.DataFrame({"text": fold(written)}).with_columns(
        pl.col("text").str.extract(r"([a-z0-9._%+'\-]+@[a-z0-9.\-]+\.[a-z]{2,})", 1)
    )
    tagless = frame.with_columns(
        email_local=pl.col("text").str.replace(r"(?:\+.*)?@.*$", ""),
        email_domain=pl.col("text").str.extract(r"@(.+)$").replace("googlemail.com", "gmail.com"),
    )
    is_gmail = pl.col("email_domain") == "gmail.com"
    local = (
        pl.when(is_gmail).then(pl.col("email_local").str.replace_all(".", "", literal=True)).otherwise("email_local")
    )
    is_real = (
        (pl.col("email_local") != "")
        & ~pl.col("email_domain").is_in(list(word_set("relay_domains")))
        & ~pl.col("email_local").str.contains(r"^(?:no-?reply|donotreply|none|na|test|unknown)$")
    )
    kept = tagless.with_columns(
        email_local=pl.when(is_real).then(local), email_domain=pl.when(is_real).then("email_domain")
    )
    return kept.select(
        pl.concat_str(["email_local", "email_domain"], separator="@").alias("email"), "email_local", "email_domain"
    )

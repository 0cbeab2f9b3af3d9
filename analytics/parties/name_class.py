"""Whether a name is a firm's, a person's, or may be either.

A firm's name bears a sign that no person's name has: a web address, an owner with what is owned (Kessler's Bakery), a
leading *the*, an inner *of* or *at*, or *and* between words of which none is a given name. A person's name is borne out
by known given names and family names. What neither is true of may be a firm's or a person's.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.parties.words import word_groups, word_map, word_set, word_table

__all__ = ["are_borne_out", "bearing", "has_signs", "have_joints", "known_given_names"]

_SIGNS = (
    r"\bwww\.|[a-z0-9-]{2}\.(?:com|net|org|biz|info|edu|gov|shop|store|online|co\.uk|com\.[a-z]{2})\b"
    r"|[a-z]{2}['`\u2019]s [a-z]{2}"
)
"""A web address, by the generic endings of the Internet's root zone, or an owner in front of what is owned."""
_INNER = ("of", "at", "by", "for", "from", "with")
"""Words between two others that part no person's name."""
_THE, _AND = "the", ("and", "und")
_ARTICLES = ("la", "las", "les", "el", "los", "il", "lo", "das", "der", "die")
"""Articles: a name that begins with one is borne out by no known name behind it."""
_SURE, _MAYBE = 2, 1
"""What bears a name out by itself, and what does so together with another word."""
_LEAST_BEARERS, _LEAST_OF_A_WORD = 100, 5_000
"""Bearers from which a given name is known, and one that is a common word too."""
_FAMILY = 2
"""Words of a family's name: The Kesslers."""
_SHORT = 2
"""Letters of words that bear out no name by themselves."""


def has_signs(text: pl.Series) -> pl.Series:
    """Whether names, as written in lower case, bear a web address or an owner with what is owned.

    Parameters
    ----------
    text : Series of str
    """
    return text.str.contains(_SIGNS).fill_null(value=False)


def have_joints(words: pl.DataFrame, row: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Whether words of a name are joined as no person's are: a leading *the*, an inner *of*, *and* between no names.

    A family (The Kesslers) is no firm.

    Parameters
    ----------
    words : DataFrame
        Every word of every name with ``word`` and ``is_given``, name by name.
    row : ndarray
        The name of each word, ascending.
    size : int
        Number of names.
    """
    chosen = np.zeros(size, dtype=bool)
    chosen[row[words["word"].is_in((_THE, *_AND, *_INNER)).to_numpy()]] = True
    words, row = words.filter(pl.Series(chosen[row])), row[chosen[row]]
    if not len(row):
        return chosen
    word, given = words["word"], words["is_given"].to_numpy()
    begins, ends = np.append(True, row[1:] != row[:-1]), np.append(row[1:] != row[:-1], True)
    before, after = np.append(0, np.arange(len(row) - 1)), np.append(np.arange(1, len(row)), 0)
    is_whole = (word.str.len_bytes() > 1).to_numpy() & ~given
    is_family = word.str.ends_with("s").to_numpy() & (np.bincount(row, minlength=size)[row] == _FAMILY)
    joint = ~begins & ~ends & word.is_in(_INNER).to_numpy() & ~given[np.searchsorted(row, row)]
    joint |= ~begins & ~ends & word.is_in(_AND).to_numpy() & is_whole[before] & is_whole[after]
    joint |= begins & ~ends & (word == _THE).to_numpy() & ~is_family[after]
    answer = np.zeros(size, dtype=bool)
    answer[row[joint]] = True
    return answer


def are_borne_out(parts: pl.DataFrame) -> pl.Series:
    """Whether known names bear out that names are those of persons; a junior or senior is one sign of two.

    Parameters
    ----------
    parts : DataFrame
        ``given``, ``middle``, ``surname`` and ``generation`` of each name. Nothing else counts, so that names with the
        same parts are of one class.
    """
    has_generation = parts["generation"].is_not_null().cast(pl.UInt8)
    known = bearing(parts["given"]) + bearing(parts["surname"]) + has_generation >= _SURE
    begins_with_article = parts["given"].is_in(_ARTICLES).fill_null(value=False)
    is_joined = parts["middle"].str.contains(rf"\b(?:{'|'.join(_INNER)})\b").fill_null(value=False)
    return known & ~begins_with_article & ~is_joined


def bearing(words: pl.Series) -> pl.Series:
    """How far each word is known for a name of persons: 2 by itself, 1 beside another such word, 0 not at all."""
    known, told = _names()
    hashed = words.hash().to_numpy()
    place = np.minimum(np.searchsorted(known, hashed), len(known) - 1)
    return pl.Series(np.where((known[place] == hashed) & words.is_not_null().to_numpy(), told[place], np.uint8(0)))


@cache
def known_given_names() -> frozenset[str]:
    """Given names and their short forms."""
    short = (name for names in word_groups("nicknames").values() for name in names)
    return frozenset({*word_set("given_names"), *word_groups("nicknames"), *short})


@cache
def _names() -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Hashes of the words that are known for names of persons, ascending, and how far each is.

    A given name that is a common word too (Summer, Royal) has to be borne by many more; of the names from elsewhere,
    whose bearers are not counted, such a word (Kettle, Board) says nothing.
    """
    name = pl.col("name")
    is_common = name.is_in(word_table("common_words")["word"].implode())
    is_short = (name.str.len_bytes() <= _SHORT) | name.is_in(sorted(word_set("particles")))
    bearers = word_table("given_name_bearers").select("name", count=pl.col("women") + pl.col("men"))
    least = pl.when(is_common).then(_LEAST_OF_A_WORD).otherwise(_LEAST_BEARERS)
    told = [
        bearers.filter(pl.col("count") >= _LEAST_BEARERS).select(
            "name", is_sure=~is_short & (pl.col("count") >= least)
        ),
        word_table("given_names_elsewhere").filter(~is_common).select("name", is_sure=~is_short),
        pl.DataFrame({"name": sorted(known_given_names())}).with_columns(is_sure=True),
        pl.DataFrame({"name": sorted(word_map("family_first"))}).with_columns(is_sure=False),
        word_table("pinyin_syllables").select(name="syllable", is_sure=False),
    ]
    names = (
        pl.concat(told)
        .filter(~name.is_in(_ARTICLES))
        .select(hashed=name.hash(), bearing=1 + pl.col("is_sure").cast(pl.UInt8))
    )
    names = names.group_by("hashed").agg(pl.col("bearing").max()).sort("hashed")
    return names["hashed"].to_numpy(), names["bearing"].to_numpy()

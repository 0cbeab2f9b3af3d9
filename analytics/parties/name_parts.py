"""The part that each word of a name plays: given name, middle name, surname; or the words of a firm.

Words are classified once per distinct word.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import jellyfish
import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.parties.name_class import are_borne_out, bearing, have_joints, known_given_names
from analytics.parties.text import lookup
from analytics.parties.words import word_map, word_set

__all__ = ["name_parts", "name_words"]

_FILLERS = ("and", "the", "of", "a", "for", "at", "by", "in", "y", "und", "fba")
_SHORT_NUMBER = r"^\d{1,2}$"
NO_FAMILY = 9_999
"""Stands for the rank of a word that is no family name."""
_SLIPPED_DIGIT = r"^[a-z]+\d[a-z]{2,}$|^[a-z]{2,}\d[a-z]*$"
"""A digit typed into a word of letters."""
_MANY_WORDS = 4
"""Words from which a name without a given name is that of a firm."""


def name_parts(text: pl.Series, has_sign: pl.Series) -> pl.DataFrame:
    """Tell the part that every word plays.

    Parameters
    ----------
    text : Series of str
        Names in lower case, words with one blank between them, in the order given name, surname.
    has_sign : Series of bool
        Names that are a firm's by how they were written.

    Returns
    -------
    DataFrame
        One row per name, in order: ``is_firm``, ``is_person``, ``generation``, ``given``, ``middle``, ``surname``,
        ``firm``, ``name``, ``given_sound`` and ``surname_sound``.
    """
    words = pl.DataFrame({"row": pl.int_range(len(text), dtype=pl.UInt32, eager=True), "word": text.str.split(" ")})
    words = words.explode("word").drop_nulls()
    words = words.join(name_words(words["word"].unique()), on="word", how="left", maintain_order="left")
    row = words["row"].to_numpy()
    size = len(text)
    is_first = pl.Series(np.concatenate([[True], row[1:] != row[:-1]])[: len(row)])
    words = words.with_columns(generation=pl.when(~is_first).then("generation"))
    words = words.with_columns(pl.col("is_business") & ~_are_numbers_added(words, row, size))
    is_firm = _are_firms(words, row, size) | has_sign.to_numpy()
    person = words.filter(~pl.col("is_title") & pl.col("generation").is_null() & ~pl.Series(is_firm[row]))
    person = _without_last_sign(person, size)
    frame = pl.DataFrame({"is_firm": is_firm})
    frame = frame.with_columns(generation=_first(words.filter(pl.Series(~is_firm[row])), "generation", size))
    given, middle, surname = _roles(person, size)
    frame = frame.with_columns(given=given, middle=middle, surname=surname, firm=_firm_core(words, is_firm))
    given_known = pl.concat_str(["given", "middle", "surname"], separator=" ", ignore_nulls=True)
    frame = frame.with_columns(name=pl.when("is_firm").then("firm").otherwise(given_known).replace("", None))
    frame = frame.with_columns(is_person=are_borne_out(frame))
    return frame.with_columns(given_sound=_sounds(frame["given"]), surname_sound=_sounds(frame["surname"]))


def _are_numbers_added(words: pl.DataFrame, row: NDArray[np.int64], size: int) -> pl.Series:
    """Which words are a short number behind a name that begins with a given name (``Kurt Bremner 2``)."""
    ends = np.append(row[1:] != row[:-1], True)[: len(row)]
    begins = np.append(True, row[1:] != row[:-1])[: len(row)]
    named = _any(row, words["is_given"] & pl.Series(begins), size)[row] & (np.bincount(row, minlength=size)[row] > 2)
    is_number = words["word"].str.contains(_SHORT_NUMBER).to_numpy()
    return pl.Series(is_number & ends & named)


def _without_last_sign(person: pl.DataFrame, size: int) -> pl.DataFrame:
    """Leave out a letter or short number after given name and surname (``Kurt Bremner B``): it is no surname."""
    row = person["row"].to_numpy()
    ends = np.append(row[1:] != row[:-1], True)[: len(row)]
    is_sign = ((person["word"].str.len_bytes() == 1) | person["word"].str.contains(_SHORT_NUMBER)).to_numpy()
    is_sign &= ends & (np.bincount(row, minlength=size)[row] > 2)
    return person.filter(pl.Series(~is_sign)) if is_sign.any() else person


def _are_firms(words: pl.DataFrame, row: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Which names are those of firms: a legal form or a word of trade says so.

    A word that may as well be a surname (Mills, Glass) counts for a trade only where no given name stands beside it. A
    name of many words none of which is a given name is a firm's.
    """
    has_given = _any(row, words["is_given"], size)
    told = _any(row, words["is_legal"] | (words["is_business"] & ~words["is_either"]), size)
    whole = words["word"].str.len_bytes() > 1
    count = np.bincount(row, weights=whole.to_numpy(), minlength=size)
    hinted = _any(row, words["is_either"], size) & (count > 1)
    firms: NDArray[np.bool_] = told | (~has_given & (hinted | (count >= _MANY_WORDS))) | have_joints(words, row, size)
    return firms


def _any(row: NDArray[np.int64], holds: pl.Series, size: int) -> NDArray[np.bool_]:
    """For each of `size` rows, whether any of its words holds."""
    answer = np.zeros(size, dtype=bool)
    answer[row[holds.to_numpy()]] = True
    return answer


def _first(words: pl.DataFrame, column: str, size: int) -> pl.Series:
    """For each row the first value that is not null."""
    known = words.select("row", column).drop_nulls().unique("row", keep="first", maintain_order=True)
    return pl.DataFrame({"row": pl.int_range(size, dtype=pl.UInt32, eager=True)}).join(
        known, on="row", how="left", maintain_order="left"
    )[column]


def _roles(person: pl.DataFrame, size: int) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Given name, middle names and surname by place: the last word is the surname, the first of several is given.

    Chinese, Korean and Vietnamese families are written first as often as last: a word that is such a family name stands
    as the surname wherever it is (the more frequent one, where both ends are), and two syllables of a Chinese or Korean
    given name are one name.
    """
    row = person["row"].to_numpy()
    count = np.bincount(row, minlength=size)
    start = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64)
    last = start + count - 1
    rank = person["family_rank"].fill_null(NO_FAMILY).to_numpy()
    end = np.where(person["is_name"].to_numpy(), rank, np.uint32(0))
    leads = (count >= 2) & (_at(rank, start) < _at(end, last))
    word = person["word"]
    surname = _take(word, np.where(leads, start, last), count >= 1)
    given = _take(word, np.where(leads, last, start), count >= 2)
    middle = _take(word, start + 1, count >= 3)
    long = person.filter(pl.Series((count >= 4)[row]))
    if long.height:
        joined = long.group_by("row", maintain_order=True).agg(pl.col("word").slice(1, pl.len() - 2).str.join(" "))
        middle = middle.scatter(joined["row"], joined["word"])
    return _syllables_joined(given, middle, surname, leads)


def _syllables_joined(
    given: pl.Series, middle: pl.Series, surname: pl.Series, leads: NDArray[np.bool_]
) -> tuple[pl.Series, pl.Series, pl.Series]:
    """``Kim Min Jun``, ``Min Jun Kim`` and ``Minjun Kim`` alike: two syllables make one given name."""
    parts = pl.DataFrame({"given": given, "middle": middle, "surname": surname, "leads": leads})
    western = list(word_set("given_names"))
    culture = pl.col("surname").replace_strict(word_map("family_first"), default=None, return_dtype=pl.String)
    syllables = (
        culture.is_in(["chinese", "korean"])
        & (pl.col("middle").str.len_bytes() > 1)
        & ~pl.col("given").is_in(western)
        & ~pl.col("middle").is_in(western)
    )
    in_order = pl.when("leads").then(pl.col("middle") + pl.col("given")).otherwise(pl.col("given") + pl.col("middle"))
    parts = parts.with_columns(
        given=pl.when(syllables).then(in_order).otherwise("given"),
        middle=pl.when(~syllables.fill_null(value=False)).then("middle"),
    )
    return parts["given"], parts["middle"], parts["surname"]


def _at(ranks: NDArray[np.uint32], place: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Ranks at places, which may lie outside for rows without words."""
    if not len(ranks):
        return np.full(len(place), NO_FAMILY, dtype=np.uint32)
    return ranks[np.clip(place, 0, len(ranks) - 1)]


def _take(word: pl.Series, index: NDArray[np.int64], holds: NDArray[np.bool_]) -> pl.Series:
    """Words at places, null where nothing stands there."""
    if not len(word) or not len(index):
        return pl.Series([None] * len(index), dtype=pl.String)
    places = pl.select(pl.when(pl.Series(holds)).then(pl.Series(index.astype(np.uint32)))).to_series()
    return word.gather(places)


def _firm_core(words: pl.DataFrame, is_firm: NDArray[np.bool_]) -> pl.Series:
    """Strip a firm's name of legal form and fillers, and write abbreviations out."""
    row = words["row"].to_numpy()
    core = ~(words["is_legal"] | words["is_filler"]).to_numpy() & is_firm[row]
    bare = is_firm & ~_any(row, pl.Series(core), len(is_firm))
    kept = pl.Series(core | bare[row])
    named = words.select("row", "canonical").filter(kept)
    joined = named.group_by("row", maintain_order=True).agg(pl.col("canonical").str.join(" "))
    place = np.full(len(is_firm), len(joined), dtype=np.uint32)
    place[joined["row"].to_numpy()] = np.arange(len(joined), dtype=np.uint32)
    return joined["canonical"].extend(pl.Series([None], dtype=pl.String)).gather(place)


def _sounds(words: pl.Series) -> pl.Series:
    """How a word sounds (Metaphone), each distinct word once; shorter than two letters is null."""
    distinct = words.drop_nulls().unique()
    codes = [jellyfish.metaphone(word) or None if len(word) > 1 else None for word in distinct]
    return words.replace_strict(distinct, pl.Series(codes, dtype=pl.String), default=None, return_dtype=pl.String)


def name_words(words: pl.Series) -> pl.DataFrame:
    """Classify words, each distinct word once: what it stands for and what part it may play in a name."""
    word = pl.col("word")
    return pl.DataFrame({"word": words}).select(
        "word",
        canonical=lookup(word, word_map("firm_abbreviations") | word_map("numbers")),
        generation=word.replace_strict(word_map("generations"), default=None, return_dtype=pl.String),
        family_rank=word.replace_strict(_family_ranks(), default=None, return_dtype=pl.UInt32),
        is_title=word.is_in(list(word_set("titles"))),
        is_legal=word.is_in(list(word_set("legal_forms"))),
        is_filler=word.is_in(list(_FILLERS)),
        is_business=word.is_in(list(word_set("business_words")))
        | (word.is_in(list(word_map("firm_abbreviations"))) & (word.str.len_chars() > 2))
        | (word.str.contains(r"\d") & ~word.str.contains(_SLIPPED_DIGIT)),
        is_either=word.is_in(list(word_set("business_surnames"))),
        is_given=word.is_in(sorted(known_given_names())),
        is_name=bearing(words) > 0,
    )


@cache
def _family_ranks() -> dict[str, int]:
    """How frequent each family name is among those of its culture, from 0: the list has the most frequent first."""
    ranks: dict[str, int] = {}
    seen: Counter[str] = Counter()
    for word, culture in word_map("family_first").items():
        ranks[word] = seen[culture]
        seen[culture] += 1
    return ranks

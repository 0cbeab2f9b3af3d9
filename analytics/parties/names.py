"""Keys of the names of persons and firms.

A name is taken apart in whole columns: what stands beside it (c/o, attention, doing business as), then its words, then
the part each word plays. Words are classified once per distinct word.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import jellyfish
import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.parties.text import fold, lookup, on_rows, squeeze
from analytics.parties.words import word_groups, word_map, word_set

__all__ = ["name_keys", "name_words"]

_FOR = r"f/?b/?o|o/?b/?o|for (?:the )?(?:benefit|account) of|on behalf of"
"""Says that the party named before acts for the one named after."""
_MARKS = (
    r"\b(?:attn|attention|att|c/o|care of|d/?b/?a|d\.b\.a|doing business as|trading as|t/a|a/?k/?a|f/?k/?a|"
    + _FOR
    + r")\b"
)
_CODE = r"\b([a-z]{1,4}[- ]?\d{4,8}[a-z]?)\b|[#(]\s*([a-z]{0,4}\d[a-z0-9-]*)\)?"
_FILLERS = ("and", "the", "of", "a", "for", "at", "by", "in", "y", "und", "fba")
_SHORT_NUMBER = r"^\d{1,2}$"
_SPELLED = r"\b([a-z]) ([a-z]) ([a-z])(?: ([a-z]))?\b"
NO_FAMILY = 9_999
"""Stands for the rank of a word that is no family name."""
_SLIPPED_DIGIT = r"^[a-z]+\d[a-z]{2,}$|^[a-z]{2,}\d[a-z]*$"
"""A digit typed into a word of letters."""
_MANY_WORDS = 4
"""Words from which a name without a given name is that of a firm."""
_REPEATS = 2
"""Endings (', Jr, MD') and particles ('de la') come in twos at most."""


def name_keys(written: pl.Series) -> pl.DataFrame:
    """Take names apart.

    Parameters
    ----------
    written : Series of str
        Names as written.

    Returns
    -------
    DataFrame
        One row per name, in order: ``name`` (its words in the order given, surname), ``other_name`` (trade or former
        name), ``care_of``, ``name_code`` (a customer code written into the name), ``given``, ``middle``, ``surname``,
        ``generation`` and ``given_sound``, ``surname_sound`` for persons, ``firm`` for firms, ``is_firm`` and
        ``is_placeholder``.
    """
    frame = _set_apart(pl.DataFrame({"text": fold(written)}))
    frame = frame.with_columns(_in_order(frame["text"]))
    frame = frame.with_columns(is_placeholder=_is_placeholder(pl.col("text")))
    parts = _parts(frame.select(pl.when(~pl.col("is_placeholder")).then("text")).to_series())
    beside = frame.select("other_name", "care_of", "name_code", "is_placeholder")
    beside = beside.with_columns(_as_a_name(frame["other_name"]))
    return pl.concat([beside, parts], how="horizontal")


def _as_a_name(texts: pl.Series) -> pl.Series:
    """Bring the names that stand beside others into the form of ``name``, so that the two can be equal."""
    distinct = texts.drop_nulls().unique()
    if not len(distinct):
        return texts
    names = _parts(_in_order(distinct))["name"]
    return texts.replace_strict(distinct, names, default=None, return_dtype=pl.String)


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
        is_given=word.is_in(sorted(_given_names())),
    )


def _is_placeholder(column: pl.Expr) -> pl.Expr:
    """Blank, or words that stand for nobody."""
    return column.is_null() | column.is_in(list(word_set("placeholders"))) | ~column.str.contains("[a-z]")


@cache
def _given_names() -> frozenset[str]:
    """Given names and their short forms."""
    short = (name for names in word_groups("nicknames").values() for name in names)
    return frozenset({*word_set("given_names"), *word_groups("nicknames"), *short})


@cache
def _family_ranks() -> dict[str, int]:
    """How frequent each family name is among those of its culture, from 0: the list has the most frequent first."""
    ranks: dict[str, int] = {}
    seen: Counter[str] = Counter()
    for word, culture in word_map("family_first").items():
        ranks[word] = seen[culture]
        seen[culture] += 1
    return ranks


def _set_apart(frame: pl.DataFrame) -> pl.DataFrame:
    """Part the name from what stands beside it; only the rows that bear a mark are worked on."""
    blank = pl.lit(None, pl.String)
    frame = frame.with_row_index("row").with_columns(other_name=blank, care_of=blank, name_code=blank)
    marked = frame.filter(pl.col("text").str.contains(_MARKS))
    if marked.height:
        frame = frame.update(_split_marks(marked.select("row", "text")), on="row")
    coded = frame.filter(pl.col("text").str.contains(r"\d") & pl.col("text").str.contains(_CODE))
    if coded.height:
        frame = frame.update(_split_codes(coded.select("row", "text")), on="row")
    return frame.drop("row")


def _split_marks(frame: pl.DataFrame) -> pl.DataFrame:
    """``before @mark after`` of names that bear c/o, attention or doing business as."""
    text = (
        pl.col("text")
        .str.replace(r"\b(?:attn|attention|att)\b[\s:.]*", "@a ")
        .str.replace(r"\b(?:c/o|care of)\b[\s:.]*", "@c ")
        .str.replace(r"\b(?:d/?b/?a|d\.b\.a|doing business as|trading as|t/a|a/?k/?a|f/?k/?a)\b[\s:.]*", "@d ")
        .str.replace(rf"\b(?:{_FOR})\b[\s:.]*", "@b ")
    )
    pieces = frame.with_columns(text=text).with_columns(
        before=pl.col("text").str.extract(r"^([^@]*)@").str.strip_chars(" ,;/|:-("),
        mark=pl.col("text").str.extract(r"@([abcd])"),
        after=pl.col("text").str.extract(r"@[abcd] ([^@]*)"),
    )
    has_before = squeeze(pl.col("before")).is_not_null()
    attended = pl.col("after").str.extract(r"(?:[/|;,]| - )\s*(.+)$")
    rest = pl.when(has_before).then("before").when(pl.col("mark") == "a").then(attended.fill_null(pl.col("after")))
    beside = pl.when(has_before).then(squeeze(pl.col("after")))
    for_another = has_before & (pl.col("mark") == "b") & squeeze(pl.col("after")).is_not_null()
    care_of = pl.when(pl.col("mark") == "c").then(beside).when(for_another).then(squeeze(pl.col("before")))
    return pieces.select(
        "row",
        text=pl.when(for_another).then("after").otherwise(rest.otherwise("after")),
        other_name=pl.when(pl.col("mark") == "d").then(beside),
        care_of=care_of,
    )


def _split_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """A customer code that a forwarder has its customers write into the name."""
    code = pl.coalesce(pl.col("text").str.extract(_CODE, 1), pl.col("text").str.extract(_CODE, 2))
    rest = pl.col("text").str.replace(_CODE, " ")
    has_name = squeeze(rest).str.contains("[a-z]{2}")
    return frame.select(
        "row", text=pl.when(has_name).then(rest).otherwise("text"), name_code=pl.when(has_name).then(_bare(code))
    )


def _bare(column: pl.Expr) -> pl.Expr:
    return column.str.replace_all(r"[^a-z0-9]", "")


def _in_order(text: pl.Series) -> pl.Series:
    """Letters, digits and single spaces, in the order given name, surname: ``last, first`` is turned round."""
    particles = "|".join(sorted(word_set("particles") - {"mac", "mc", "o"}, key=len, reverse=True))
    text = on_rows(text, text.str.contains(r"['`\u2019.&+]"), _without_marks)
    text = on_rows(text, text.str.contains("-", literal=True), _hyphens)
    text = on_rows(text, text.str.contains(",", literal=True), _turned_round)
    text = on_rows(text, text.str.contains(r"[^a-z ]|  |^ | $|^$"), squeeze)
    text = on_rows(text, text.str.contains(_SPELLED), _letters_joined)
    joined = rf" ({particles}) ([a-z]{{2}})"
    vietnamese = "|".join(word for word, culture in word_map("family_first").items() if culture == "vietnamese")
    for _ in range(_REPEATS):
        apart = text.str.contains(joined) & ~text.str.contains(rf"^(?:{vietnamese}) | (?:{vietnamese})$")
        text = on_rows(text, apart, lambda column: column.str.replace_all(joined, " $1$2"))
    return text


def _without_marks(column: pl.Expr) -> pl.Expr:
    """Apostrophes go, ``l.l.c.`` becomes ``llc``, ``&`` becomes ``and``."""
    joined = column.str.replace_all(r"['`\u2019]", "").str.replace_all(r"\b([a-z])\.([a-z])\b\.?", "$1$2")
    joined = joined.str.replace_all(r"\bst\. ?([a-z]{3})", "saint $1")
    return joined.str.replace_all(r"[&+]", " and ")


def _letters_joined(column: pl.Expr) -> pl.Expr:
    """``a b c welding`` is ``abc welding``: three or four single letters in a row are spelled."""
    return column.str.replace_all(_SPELLED, "$1$2$3$4")


def _hyphens(column: pl.Expr) -> pl.Expr:
    """``jean-paul`` is one word; a surname of two parts, the last word, is two."""
    families = "|".join(sorted(word_map("family_first"), key=len, reverse=True))
    column = column.str.replace_all(r"\b([a-z])-([a-z])-([a-z])(?:-([a-z]))?\b", "$1$2$3$4")
    for _ in range(_REPEATS):
        column = column.str.replace_all(r"\b([a-z])-([a-z]|\d{1,3})\b", "$1$2")
    asian = column.str.contains(rf"^(?:{families}) |,")
    inner = column.str.replace_all(r"\b([a-z]{2,})-([a-z]{2,}) ", "$1$2 ")
    return pl.when(asian).then(inner.str.replace(r"\b([a-z]{2,})-([a-z]{2,})$", "$1$2")).otherwise(inner)


def _turned_round(column: pl.Expr) -> pl.Expr:
    """``last, first`` in the order ``first last``; ``, LLC`` and ``, Jr`` stay where they are."""
    endings = "|".join(sorted(word_set("legal_forms") | set(word_map("generations")) | word_set("titles")))
    for _ in range(_REPEATS):
        column = column.str.replace(rf",\s*({endings})[\s.,]*$", " $1")
    return column.str.replace(r"^([^,]+),([^,]*[a-z][^,]*)$", "$2 $1")


def _parts(text: pl.Series) -> pl.DataFrame:
    """The part every word plays: given, middle, surname, generation; or the words of a firm."""
    words = pl.DataFrame({"row": pl.int_range(len(text), dtype=pl.UInt32, eager=True), "word": text.str.split(" ")})
    words = words.explode("word").drop_nulls()
    words = words.join(name_words(words["word"].unique()), on="word", how="left", maintain_order="left")
    row = words["row"].to_numpy()
    size = len(text)
    is_first = pl.Series(np.concatenate([[True], row[1:] != row[:-1]])[: len(row)])
    words = words.with_columns(generation=pl.when(~is_first).then("generation"))
    words = words.with_columns(pl.col("is_business") & ~_are_numbers_added(words, row, size))
    is_firm = _are_firms(words, row, size)
    person = words.filter(~pl.col("is_title") & pl.col("generation").is_null() & ~pl.Series(is_firm[row]))
    person = _without_last_sign(person, size)
    frame = pl.DataFrame({"is_firm": is_firm})
    frame = frame.with_columns(generation=_first(words.filter(pl.Series(~is_firm[row])), "generation", size))
    given, middle, surname = _roles(person, size)
    frame = frame.with_columns(given=given, middle=middle, surname=surname, firm=_firm_core(words, is_firm))
    given_known = pl.concat_str(["given", "middle", "surname"], separator=" ", ignore_nulls=True)
    frame = frame.with_columns(name=pl.when("is_firm").then("firm").otherwise(given_known).replace("", None))
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
    firms: NDArray[np.bool_] = told | (~has_given & (hinted | (count >= _MANY_WORDS)))
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
    leads = (count >= 2) & (_at(rank, start) < _at(rank, last))
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

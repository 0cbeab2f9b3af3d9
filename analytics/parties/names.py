"""Keys of the names of persons and firms.

A name is taken apart in whole columns: what stands beside it (c/o, attention, doing business as), then its words, then
the part each word plays.
"""

from __future__ import annotations

import polars as pl

from analytics.parties.name_class import has_signs
from analytics.parties.name_parts import name_parts
from analytics.parties.text import fold, on_rows, squeeze
from analytics.parties.words import word_map, word_set

__all__ = ["name_keys"]

_FOR = r"f/?b/?o|o/?b/?o|for (?:the )?(?:benefit|account) of|on behalf of"
"""Says that the party named before acts for the one named after."""
_MARKS = (
    r"\b(?:attn|attention|att|c/o|care of|d/?b/?a|d\.b\.a|doing business as|trading as|t/a|a/?k/?a|f/?k/?a|"
    + _FOR
    + r")\b"
)
_CODE = r"\b([a-z]{1,4}[- ]?\d{4,8}[a-z]?)\b|[#(]\s*([a-z]{0,4}\d[a-z0-9-]*)\)?"
_SPELLED = r"\b([a-z]) ([a-z]) ([a-z])(?: ([a-z]))?\b"
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
        ``generation`` and ``given_sound``, ``surname_sound`` for persons, ``firm`` for firms, ``is_firm``,
        ``is_person`` (known names bear that out; where neither holds the name may be either's) and ``is_placeholder``.
    """
    frame = _set_apart(pl.DataFrame({"text": fold(written)}))
    has_sign = has_signs(frame["text"])
    frame = frame.with_columns(_in_order(frame["text"]))
    frame = frame.with_columns(is_placeholder=_is_placeholder(pl.col("text")))
    parts = name_parts(frame.select(pl.when(~pl.col("is_placeholder")).then("text")).to_series(), has_sign)
    beside = frame.select("other_name", "care_of", "name_code", "is_placeholder")
    beside = beside.with_columns(_as_a_name(frame["other_name"]))
    return pl.concat([beside, parts], how="horizontal")


def _as_a_name(texts: pl.Series) -> pl.Series:
    """Bring the names that stand beside others into the form of ``name``, so that the two can be equal."""
    distinct = texts.drop_nulls().unique()
    if not len(distinct):
        return texts
    names = name_parts(_in_order(distinct), has_signs(distinct))["name"]
    return texts.replace_strict(distinct, names, default=None, return_dtype=pl.String)


def _is_placeholder(column: pl.Expr) -> pl.Expr:
    """Blank, or words that stand for nobody."""
    return column.is_null() | column.is_in(list(word_set("placeholders"))) | ~column.str.contains("[a-z]")


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

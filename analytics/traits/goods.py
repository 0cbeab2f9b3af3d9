"""The step that looks at descriptions: do they tell what the goods are, and do the words fit the tariff chapter.

What a word usually means is taken from the file at hand. A word is *telling* where shipments of several sellers carry
it and nearly all of them stand under one chapter. A description is at odds with its chapter where every telling word of
it stands under the same other chapter, and hardly ever under its own, and no word is at home under its own chapter:
a wooden spoon is no toy, however many toys are of wood.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.contracts.typologies import GoodsTraits
from analytics.parties.text import fold, squeeze

__all__ = ["goods_traits", "goods_traits_step"]

_READS = ("int_descriptions__counted", "ref_vague_phrases")
_PARAMS = ("min_word_shipments", "min_word_sellers", "most_share", "odd_share")
_LONGEST = 200
_MIN_LETTERS = 3
_COUNT_WORDS = r"^(?:\d+|x|pcs?|pieces?|ea|each|set|sets|of|the|and|for|with|a|an|in)$"
_NO_CHAPTER = "-"


def goods_traits_step() -> Step:
    """Return the step that writes ``goods_traits``."""
    return Step(
        name="goods_traits",
        grain=("description", "hts_chapter"),
        reads=_READS,
        params=_PARAMS,
        build=_build,
        description="One description and tariff chapter: is it vague, and do both agree.",
    )


def _build(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    counted, phrases = (engine.frame(table) for table in _READS)
    shares = {name: float(str(params[name])) for name in _PARAMS}
    engine.write("goods_traits", goods_traits(counted, phrases, **shares))


def goods_traits(
    counted: pl.DataFrame,
    phrases: pl.DataFrame,
    *,
    min_word_shipments: float,
    min_word_sellers: float,
    most_share: float,
    odd_share: float,
) -> pl.DataFrame:
    """Look at descriptions word by word.

    Parameters
    ----------
    counted : polars.DataFrame
        ``int_descriptions__counted``: description, hts_chapter, seller, shipments.
    phrases : polars.DataFrame
        ``ref_vague_phrases``.
    min_word_shipments, min_word_sellers : float
        How many shipments and sellers a telling word has at least.
    most_share : float
        Share of them that stand under one chapter.
    odd_share : float
        Share of them, at most, under the chapter that is found at odds with it.

    Returns
    -------
    polars.DataFrame
        ``goods_traits``.
    """
    rows = counted.sort("description", "hts_chapter", "seller", nulls_last=True)
    rows = rows.with_columns(text=_plain(rows["description"]))
    goods = rows.unique(["description", "hts_chapter"], keep="first", maintain_order=True)
    goods = goods.select("description", "hts_chapter", "text").with_columns(phrase=_phrase(phrases))
    words = _words(rows)
    telling = _telling(words, min_word_shipments, min_word_sellers, most_share)
    odd = _at_odds(words, telling, odd_share)
    frame = goods.join(odd, on=["description", "hts_chapter"], how="left", maintain_order="left")
    frame = frame.with_columns(pl.col("usual_shipments").fill_null(0))
    return GoodsTraits.validate(frame.select(GoodsTraits.column_names()), cast=True)


def _plain(written: pl.Series) -> pl.Series:
    folded = pl.DataFrame({"text": fold(written.str.head(_LONGEST))})
    return folded.select(squeeze(pl.col("text"))).to_series()


def _phrase(phrases: pl.DataFrame) -> pl.Expr:
    """Return the vague phrase that is left of a description without numbers and counting words."""
    kept = pl.col("text").str.split(" ").list.eval(pl.element().filter(~pl.element().str.contains(_COUNT_WORDS)))
    left = kept.list.join(" ")
    known = phrases["phrase"].unique().to_list()
    in_full, bare = pl.col("text").is_in(known), left.is_in(known)
    return pl.when(in_full).then("text").when(bare).then(left)


def _words(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per description, chapter, seller and word of it; plural and singular are one word."""
    word = pl.col("word").str.strip_suffix("s")
    return (
        rows.filter(pl.col("hts_chapter") != _NO_CHAPTER)
        .with_columns(word=pl.col("text").str.split(" "))
        .explode("word")
        .filter(~pl.col("word").str.contains(_COUNT_WORDS))
        .with_columns(word=word)
        .filter(word.str.len_chars() >= _MIN_LETTERS, ~word.str.contains("[0-9]"))
        .unique(["description", "hts_chapter", "seller", "word"])
    )


def _telling(words: pl.DataFrame, shipments: float, sellers: float, share: float) -> pl.DataFrame:
    """Words that nearly always stand under one chapter: word, usual_chapter, usual_shipments, word_shipments."""
    by_chapter = words.group_by("word", "hts_chapter").agg(
        pl.col("shipments").sum(), sellers=pl.col("seller").n_unique()
    )
    by_chapter = by_chapter.with_columns(word_shipments=pl.col("shipments").sum().over("word"))
    usual = by_chapter.filter(
        pl.col("shipments") >= share * pl.col("word_shipments"),
        pl.col("word_shipments") >= shipments,
        pl.col("sellers") >= sellers,
    )
    return usual.select("word", "word_shipments", usual_chapter="hts_chapter", usual_shipments="shipments")


def _at_odds(words: pl.DataFrame, telling: pl.DataFrame, odd_share: float) -> pl.DataFrame:
    """Descriptions all of whose telling words stand under one other chapter, and of which no word is at home."""
    here = words.group_by("word", "hts_chapter").agg(here=pl.col("shipments").sum())
    at_home = here.filter(2 * pl.col("here") >= pl.col("here").sum().over("word"))
    homely = words.join(at_home, on=["word", "hts_chapter"], how="semi").select("description", "hts_chapter").unique()
    told = (
        words.select("description", "hts_chapter", "word")
        .unique()
        .join(telling, on="word")
        .join(here, on=["word", "hts_chapter"])
    )
    is_odd = (pl.col("usual_chapter") != pl.col("hts_chapter")) & (
        pl.col("here") <= odd_share * pl.col("word_shipments")
    )
    found = told.group_by("description", "hts_chapter").agg(
        is_odd=is_odd.all(),
        chapters=pl.col("usual_chapter").n_unique(),
        usual_chapter=pl.col("usual_chapter").min(),
        telling_words=pl.col("word").sort().str.join(" "),
        usual_shipments=pl.col("usual_shipments").max(),
    )
    odd = found.filter("is_odd", pl.col("chapters") == 1).join(homely, on=["description", "hts_chapter"], how="anti")
    return odd.select("description", "hts_chapter", "usual_chapter", "telling_words", "usual_shipments")

"""Which duties beside the general rate fall on goods: by day, origin, mode and the lists they are on.

A *case* is a day, origin, mode and tariff line of eight digits or ten: what decides the rates, whatever the value.
"""

from __future__ import annotations

import polars as pl

from analytics.exposure.dated import held_by, in_force, of_regime
from analytics.exposure.goods import lists_of_goods

__all__ = ["CASE", "cases_of", "layers_of_cases", "waived"]

CASE = ("arrival_date", "origin_country", "mode", "hts_line")
_COMBINATION = ("arrival_date", "origin_country", "mode")
_NONE = "none"


def cases_of(lines: pl.DataFrame) -> pl.DataFrame:
    """Return each case among some lines once, numbered, with its eight digits; lines have ``hts_line`` already."""
    once = lines.select(CASE).unique().sort(CASE, nulls_last=True).with_row_index("case")
    return once.with_columns(hts8=pl.col("hts_line").str.slice(0, 8))


def layers_of_cases(
    cases: pl.DataFrame, layers: pl.DataFrame, goods: pl.DataFrame, preferences: pl.DataFrame, regime: str
) -> pl.DataFrame:
    """Tell which further duties fall on each case, at which rate at least and at most.

    Where the lists that a tariff line is on are not known, every list of the scheme is possible, and so is none: the
    least and the most then differ.

    Parameters
    ----------
    cases : polars.DataFrame
        As `cases_of` gives them.
    layers, goods, preferences : polars.DataFrame
        ``ref_duty_layers``, ``ref_duty_layer_goods``, ``ref_preferences``.
    regime : str
        Whose law.

    Returns
    -------
    polars.DataFrame
        ``case``, ``layer``, ``rate_least``, ``rate_most``, ``is_rate_unknown``, ``rate_kind``,
        ``default_in_exposure``, ``switch``, ``may_not_apply``, ``stands_for_all``, ``is_waivable``, ``goods_list``,
        ``source``, ``note``.
    """
    applying = _applying(cases, of_regime(layers, regime))
    whole = applying.filter(pl.col("scheme").is_null())
    listed = _listed(cases, applying.filter(pl.col("scheme").is_not_null()), of_regime(goods, regime))
    found = pl.concat([whole.select(_COLUMNS), listed.select(_COLUMNS)])
    merged = found.group_by("case", "layer", "default_in_exposure").agg(
        rate_least=pl.col("rate").fill_null(0).min(),
        rate_most=pl.col("rate").max(),
        is_rate_unknown=pl.col("rate").is_null().any(),
        goods_list=pl.col("goods_list").sort().str.join("|"),
        **{name: pl.col(name).sort_by("rate", "source", nulls_last=False).last() for name in _CARRIED},
    )
    real = _without_displaced(merged.filter(pl.col("is_rate_unknown") | (pl.col("rate_most") > 0)))
    return (
        real.join(waived(cases, preferences, regime), on=["case", "layer"], how="left")
        .with_columns(pl.col("is_waivable").fill_null(value=False))
        .sort("case", "layer", "default_in_exposure")
    )


_CARRIED = ("rate_kind", "switch", "may_not_apply", "stands_for_all", "not_with", "source", "note")
_COLUMNS = ("case", "layer", "default_in_exposure", "goods_list", "rate", *_CARRIED)


def _applying(cases: pl.DataFrame, layers: pl.DataFrame) -> pl.DataFrame:
    """Join to each case the rows of its day, origin and mode."""
    combinations = cases.select(_COMBINATION).unique()
    dated = combinations.select("arrival_date").unique().join(layers, how="cross")
    held = dated.filter(in_force(pl.col("arrival_date"))).drop("valid_from", "valid_to")
    rows = combinations.join(held, on="arrival_date")
    for column, scope in (("origin_country", "origin_scope"), ("mode", "mode_scope")):
        pairs = held_by(rows[scope], rows[column]).rename({"scope": scope, "value": column})
        rows = rows.join(pairs, on=[scope, column], how="semi", nulls_equal=True)
    return cases.join(rows, on=_COMBINATION, nulls_equal=True)


def _without_displaced(rows: pl.DataFrame) -> pl.DataFrame:
    """Drop duties that another one takes the place of, and call doubtful those that another one may take the place of.

    Void duties and those on mail, which stand for all, take no other's place here.
    """
    others = rows.filter(pl.col("default_in_exposure") == "yes", ~pl.col("stands_for_all")).select(
        "case", not_with="layer", is_sure=~pl.col("is_rate_unknown") & (pl.col("rate_least") > 0)
    )
    beside = (
        rows.select("case", "layer", pl.col("not_with").str.split("|"))
        .explode("not_with")
        .join(others, on=["case", "not_with"])
        .group_by("case", "layer")
        .agg(is_displaced=pl.col("is_sure").any())
    )
    met = rows.join(beside, on=["case", "layer"], how="left").filter(~pl.col("is_displaced").fill_null(value=False))
    may_not_apply = pl.col("may_not_apply") | pl.col("is_displaced").is_not_null()
    return met.with_columns(may_not_apply=may_not_apply).drop("is_displaced")


def _listed(cases: pl.DataFrame, rows: pl.DataFrame, goods: pl.DataFrame) -> pl.DataFrame:
    """Keep of the rows of each scheme those of a list that the case may be on, and what it may be on besides.

    Where not even the tariff line is known, nothing is said of a scheme but that all goods may be under it that the
    table does not name: the general rate is not known either.
    """
    keyed = cases.filter(pl.col("hts_line").is_not_null()).select("hts_line", "arrival_date").unique()
    known = lists_of_goods(keyed, goods)
    of_line = rows.filter(pl.col("hts_line").is_not_null())
    wanted = (
        of_line.select("case", "hts_line", "arrival_date", "scheme")
        .unique()
        .join(known.rename({"goods_list": "lists"}), on=["hts_line", "arrival_date", "scheme"], how="left")
    )
    possible = wanted.with_columns(pl.col("lists").str.split("|"))
    chosen = possible.explode("lists").filter(pl.col("lists").is_not_null(), pl.col("lists") != _NONE)
    on_list = of_line.join(
        chosen.select("case", "scheme", goods_list="lists"), on=["case", "scheme", "goods_list"], how="semi"
    )
    on_any = of_line.join(possible.filter(pl.col("lists").is_null()), on=["case", "scheme"], how="semi")
    kept = pl.concat([on_list, on_any])
    return pl.concat([kept, _of_none(kept, possible), _of_no_line(rows, goods)])


def _of_no_line(rows: pl.DataFrame, goods: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of goods without a tariff line that fall on every line which the table does not name."""
    otherwise = goods.filter(pl.col("hts_prefix") == "ALL", pl.col("goods_list") != _NONE)
    return (
        rows.filter(pl.col("hts_line").is_null())
        .join(otherwise.select("scheme", "goods_list").unique(), on=["scheme", "goods_list"], how="semi")
        .with_columns(may_not_apply=pl.lit(value=True))
    )


def _of_none(kept: pl.DataFrame, possible: pl.DataFrame) -> pl.DataFrame:
    """Return a row at the rate nought beside each scheme that the case may not be on at all.

    So it is where none is named among the lists, where nothing is known of them, and where a list is named that is not
    in force on the day.
    """
    in_force_lists = kept.group_by("case", "scheme").agg(held=pl.col("goods_list").n_unique())
    counted = in_force_lists.join(possible, on=["case", "scheme"]).with_columns(
        may_be_none=pl.col("lists").is_null()
        | pl.col("lists").list.contains(_NONE)
        | (pl.col("lists").list.len() > pl.col("held"))
    )
    none = counted.filter("may_be_none").select("case", "scheme")
    first = kept.sort("case", "scheme", "goods_list").unique(["case", "scheme"], keep="first", maintain_order=True)
    return first.join(none, on=["case", "scheme"], how="semi").with_columns(
        goods_list=pl.lit(_NONE), rate=pl.lit(0).cast(kept.schema["rate"])
    )


def waived(cases: pl.DataFrame, preferences: pl.DataFrame, regime: str) -> pl.DataFrame:
    """Tell which duties a claim under a trade agreement may spare each case.

    Returns
    -------
    polars.DataFrame
        ``case``, ``layer`` and ``is_waivable``, always true.
    """
    table = of_regime(preferences, regime)
    held = cases.select("case", "arrival_date", "origin_country").join(table, how="cross")
    pairs = held_by(table["origin_scope"], cases["origin_country"].drop_nulls())
    rows = held.filter(in_force(pl.col("arrival_date"))).join(
        pairs, left_on=["origin_scope", "origin_country"], right_on=["scope", "value"], how="semi"
    )
    named = rows.select("case", layer=pl.col("layers_waived").str.split("|")).explode("layer")
    return named.unique().with_columns(is_waivable=pl.lit(value=True))

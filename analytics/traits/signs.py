"""What is odd about a consignee: a name that is nobody's, an address that is none, a ZIP code of another state."""

from __future__ import annotations

import polars as pl

from analytics.parties.words import word_set

__all__ = ["odd_signs"]

_KEYBOARD = r"asdf|sdfg|qwer|zxcv|xcvb|hjkl|uiop"
_NO_ZIP = "-"
_PREFIX = 3


def odd_signs(looked_at: pl.DataFrame, names: pl.DataFrame, zips: pl.DataFrame) -> pl.DataFrame:
    """Find what is odd about consignees.

    Parameters
    ----------
    looked_at : polars.DataFrame
        One row a party: ``name`` and ``address`` in lower case, squeezed; ``postal`` and ``state`` as they were
        understood; ``consignee_country``; ``is_nobody``, where the name stands for nobody.
    names : polars.DataFrame
        ``ref_fictitious_names``.
    zips : polars.DataFrame
        ``ref_zip_states``.

    Returns
    -------
    polars.DataFrame
        ``signs``, joined by +, null where there is none, and ``sign_count``.
    """
    name, kinds = pl.col("name"), dict(names.select("name", "kind").iter_rows())
    signs = [
        name.replace_strict(kinds, default=None, return_dtype=pl.String),
        _said("nobody", pl.col("is_nobody")),
        _said("keys", name.str.contains(_KEYBOARD)),
        _said("one_letter", _is_one_letter(name.str.replace_all(" ", ""))),
        _said("digits", name.str.count_matches("[0-9]") > name.str.count_matches("[a-z]")),
        _said("no_address", _is_no_address(pl.col("address"))),
        _zip_sign(looked_at, zips),
    ]
    found = looked_at.select(pl.concat_list(signs).list.drop_nulls().alias("sign"))
    return found.select(
        signs=pl.when(pl.col("sign").list.len() > 0).then(pl.col("sign").list.join("+")),
        sign_count=pl.col("sign").list.len().cast(pl.Int64),
    )


def _said(sign: str, holds: pl.Expr) -> pl.Expr:
    return pl.when(holds).then(pl.lit(sign))


def _is_one_letter(text: pl.Expr) -> pl.Expr:
    """Three letters or more, and all of them the same."""
    return (text.str.len_chars() >= _PREFIX) & (text.str.strip_chars(text.str.head(1)) == "")


def _is_no_address(address: pl.Expr) -> pl.Expr:
    """An address is written, and holds no word, or one that stands for none."""
    return ~address.str.contains("[a-z]") | address.is_in(sorted(word_set("placeholders")))


def _zip_sign(looked_at: pl.DataFrame, zips: pl.DataFrame) -> pl.Expr:
    """Tell where such ZIP codes are not given out, and where they are given out in other states."""
    prefix = pl.when(pl.col("consignee_country") == "US").then(pl.col("postal").str.head(_PREFIX))
    asked = looked_at.select("state", zip_prefix=prefix)
    known = zips.group_by("zip_prefix").agg(states=pl.col("state"))
    found = asked.join(known, on="zip_prefix", how="left", maintain_order="left")
    is_none = found["states"].list.contains(_NO_ZIP)
    has_state = pl.col("state").is_not_null()
    is_other = found.select(has_state & ~pl.col("states").list.contains(pl.col("state"))).to_series()
    sign = pl.select(
        pl.when(is_none).then(pl.lit("no_such_zip")).when(is_other).then(pl.lit("zip_state")).otherwise(None)
    )
    return pl.lit(sign.to_series())

"""Places that are seldom the person: known by the words of a name, or by an address."""

from __future__ import annotations

import re

import polars as pl

from analytics.parties.addresses import address_keys
from analytics.parties.text import fold, squeeze

__all__ = ["ADDRESS", "known_facilities", "owner_named", "place_keys"]

_CARE_OF = r"\b(?:in care of|care of|c/o|fbo|f/b/o|o/b/o)\b"
_MIN_LETTERS = 3
ADDRESS = (
    "consignee_address", "consignee_address2", "consignee_city", "consignee_state", "consignee_postal_code",
    "consignee_country",
)  # fmt: skip
"""Columns of an address as written."""


def place_keys(parties: pl.DataFrame) -> pl.DataFrame:
    """Return house, street and ZIP code of each address in one key, the unit beside it.

    Parameters
    ----------
    parties : polars.DataFrame
        The address columns of a consignee, as written.

    Returns
    -------
    polars.DataFrame
        ``place_key``, ``unit_key`` and ``postal`` and ``state`` as they were understood; one row a party, in order.
    """
    keys = address_keys(parties.select(ADDRESS))
    street = pl.concat_str("house", "direction", "street", "street_type", separator=" ", ignore_nulls=True)
    box = pl.concat_str(pl.lit("box "), "box")
    place = pl.when(pl.col("house").is_not_null(), pl.col("street").is_not_null()).then(street).otherwise(box)
    return keys.select(
        place_key=pl.concat_str(place, pl.col("postal").str.head(5), separator=", "),
        unit_key="unit",
        postal="postal",
        state="state",
    )


def known_facilities(names: pl.Series, places: pl.Series, facilities: pl.DataFrame) -> pl.DataFrame:
    """Tell which parties bear the name of a facility, and which are at the address of one.

    Parameters
    ----------
    names : polars.Series
        Names in lower case, squeezed.
    places : polars.Series
        Their place keys.
    facilities : polars.DataFrame
        ``ref_facilities``.

    Returns
    -------
    polars.DataFrame
        ``name_kind``, ``name_words``, ``name_from``, ``name_to``, ``place_kind``, ``place_from``, ``place_to``.
    """
    listed = facilities.with_columns(key=squeeze(pl.col("written").str.to_lowercase())).sort("key", "valid_from")
    by_name, by_address = (listed.filter(pl.col("match_on") == kind) for kind in ("name", "address"))
    by_address = by_address.with_columns(key=_places_of(by_address)).drop_nulls("key")
    found = pl.DataFrame({"name_words": _words_found(names, by_name["key"]), "place": places})
    on_name = found.join(
        _last(by_name, "name"), left_on="name_words", right_on="key", how="left", maintain_order="left"
    )
    on_place = on_name.join(
        _last(by_address, "place"), left_on="place", right_on="key", how="left", maintain_order="left"
    )
    return on_place.select("name_kind", "name_words", "name_from", "name_to", "place_kind", "place_from", "place_to")


def _last(listed: pl.DataFrame, what: str) -> pl.DataFrame:
    """Of several stretches of one facility the last one stands for it."""
    last = listed.unique("key", keep="last", maintain_order=True)
    dates = {f"{what}_from": "valid_from", f"{what}_to": "valid_to"}
    return last.select(
        "key", pl.col("kind").alias(f"{what}_kind"), *(pl.col(old).alias(new) for new, old in dates.items())
    )


def _words_found(names: pl.Series, words: pl.Series) -> pl.Series:
    """Return the longest listed words that stand in a name, as whole words."""
    if words.is_empty():
        return pl.Series(values=[None] * len(names), dtype=pl.String)
    longest_first = sorted(words.unique().to_list(), key=lambda text: (-len(text), text))
    return names.str.extract(rf"\b({'|'.join(map(re.escape, longest_first))})\b")


def _places_of(listed: pl.DataFrame) -> pl.Series:
    address = {"consignee_address": listed["written"], "consignee_postal_code": listed["postal_code"]}
    empty = {name: pl.Series(values=[None] * listed.height, dtype=pl.String) for name in ADDRESS}
    country = pl.Series(values=["US"] * listed.height, dtype=pl.String)
    frame = pl.DataFrame({**empty, **address, "consignee_country": country})
    return place_keys(frame)["place_key"] if listed.height else pl.Series(values=[], dtype=pl.String)


def owner_named(written: pl.Series, facilities: pl.DataFrame) -> pl.Series:
    """Tell whether a name besides the facility's stands before or after a ``c/o``.

    Parameters
    ----------
    written : polars.Series
        Names as written.
    facilities : polars.DataFrame
        ``ref_facilities``: words of these are no owner.
    """
    words = facilities.filter(pl.col("match_on") == "name")["written"].str.to_lowercase()
    folded = fold(written)
    is_care_of = folded.str.contains(_CARE_OF).fill_null(value=False)
    named = pl.Series(values=[False] * len(written), dtype=pl.Boolean)
    if not is_care_of.any():
        return named
    sides = _sides(folded.filter(is_care_of))
    is_owner = pl.select(pl.any_horizontal(_is_owner(side, words) for side in sides)).to_series()
    return named.scatter(is_care_of.arg_true(), is_owner)


def _is_owner(side: pl.Series, words: pl.Series) -> pl.Series:
    is_facility = _words_found(side, words).is_not_null()
    return (side.str.len_chars() >= _MIN_LETTERS).fill_null(value=False) & ~is_facility


def _sides(folded: pl.Series) -> list[pl.Series]:
    cut = folded.str.replace(_CARE_OF, "\n").str.split_exact("\n", 1).struct.unnest()
    return [cut.select(squeeze(pl.col(name))).to_series() for name in cut.columns]

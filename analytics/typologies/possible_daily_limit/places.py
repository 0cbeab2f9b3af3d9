"""The step that says of each alias by which house and by which digits of a phone another writing of it is found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step, write_all

__all__ = ["party_places", "places_step"]

_KEYS = ("alias_id", "house", "box", "postal", "phone")
_ZIP_DIGITS = 3
_PARTS = 4
"""Parts of a phone number, one of which is left out at a time: whoever differs in one digit agrees on the others."""


def places_step() -> Step:
    """Return the step that writes ``party_places``."""
    return Step(
        name="party_places",
        grain=("alias_id", "found_by"),
        reads=("party_keys",),
        params=(),
        build=_build,
        by=("alias_id",),
        description="One row per alias and what it is found by: its house in its area, or its phone but for a part.",
    )


def _build(engine: Engine, _: Mapping[str, ParameterValue]) -> None:
    write_all(engine, "party_places", engine.batches("party_keys", _KEYS, None, party_places))


def party_places(keys: pl.DataFrame) -> pl.DataFrame:
    """Make the keys by which aliases of one party are found, whatever their names.

    Parameters
    ----------
    keys : polars.DataFrame
        ``alias_id``, ``house``, ``box``, ``postal`` and ``phone`` of ``party_keys``.

    Returns
    -------
    polars.DataFrame
        ``alias_id`` and ``found_by``: the house with the first digits of the ZIP code, and the phone without one of its
        parts, as far as an alias has them.
    """
    house = pl.coalesce("house", pl.concat_str(pl.lit("box "), "box"))
    phone, length = pl.col("phone"), pl.col("phone").str.len_bytes().cast(pl.Int64)
    cuts = [length * part // _PARTS for part in range(_PARTS + 1)]
    found_by = [
        pl.concat_str(pl.lit("place "), house, pl.lit("|"), pl.col("postal").str.head(_ZIP_DIGITS)),
        *(
            pl.concat_str(pl.lit(f"phone {part} "), phone.str.slice(0, start), pl.lit("*"), phone.str.slice(end))
            for part, (start, end) in enumerate(pairwise(cuts), start=1)
        ),
    ]
    return pl.concat(keys.select("alias_id", found_by=each).drop_nulls("found_by") for each in found_by)

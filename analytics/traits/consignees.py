"""The step that says of each consignee as written what its name and address show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step, write_all
from analytics.contracts.typologies import PartyTraits
from analytics.errors import ContractError
from analytics.parties.text import fold, squeeze
from analytics.traits.facilities import ADDRESS, known_facilities, owner_named, place_keys
from analytics.traits.signs import odd_signs

__all__ = ["party_traits", "party_traits_step"]

_PARTIES = "int_parties__inspected"
_LISTS = ("ref_facilities", "ref_fictitious_names", "ref_zip_states")
_COLUMNS = ("alias_id", "consignee_name", *ADDRESS, "party_class")


def party_traits_step() -> Step:
    """Return the step that writes ``party_traits``."""
    return Step(
        name="party_traits",
        grain=("alias_id",),
        reads=(_PARTIES, *_LISTS),
        params=(),
        build=_build,
        by=("alias_id",),
        description="One consignee as written: the place it names, whether that is a facility, and what is odd.",
    )


def _build(engine: Engine, _: Mapping[str, ParameterValue]) -> None:
    facilities, names, zips = (engine.frame(table) for table in _LISTS)
    traits = partial(party_traits, facilities=facilities, names=names, zips=zips)
    write_all(engine, "party_traits", engine.batches(_PARTIES, _COLUMNS, None, traits))


def party_traits(
    parties: pl.DataFrame, facilities: pl.DataFrame, names: pl.DataFrame, zips: pl.DataFrame
) -> pl.DataFrame:
    """Look at names and addresses, one row a consignee as written.

    Parameters
    ----------
    parties : polars.DataFrame
        Those of ``int_parties__inspected``.
    facilities, names, zips : polars.DataFrame
        ``ref_facilities``, ``ref_fictitious_names``, ``ref_zip_states``.

    Returns
    -------
    polars.DataFrame
        ``party_traits``.

    Raises
    ------
    ContractError
        It is not known what kind of party one of them is.
    """
    if parties["party_class"].null_count():
        raise ContractError("party_keys lacks some of the parties. Mend the step that makes party_keys.")
    places = place_keys(parties)
    looked_at = places.with_columns(
        name=_squeezed(fold(parties["consignee_name"])),
        address=_squeezed_address(parties),
        consignee_country=parties["consignee_country"],
        is_nobody=parties["party_class"] == "placeholder",
    )
    known = known_facilities(looked_at["name"], looked_at["place_key"], facilities)
    signs = odd_signs(looked_at, names, zips)
    owner = owner_named(parties["consignee_name"], facilities).alias("is_owner_named")
    frame = pl.concat(
        [parties.select("alias_id"), places.select("place_key", "unit_key"), known, owner.to_frame(), signs],
        how="horizontal",
    )
    return PartyTraits.validate(frame, cast=True)


def _squeezed_address(parties: pl.DataFrame) -> pl.Series:
    """Return the first line in lower case; one that holds only marks is not missing but empty."""
    written = fold(parties["consignee_address"])
    squeezed = _squeezed(written).fill_null("")
    return pl.select(pl.when(written.is_not_null()).then(squeezed)).to_series()


def _squeezed(text: pl.Series) -> pl.Series:
    return pl.DataFrame({"text": text}).select(squeeze(pl.col("text"))).to_series()

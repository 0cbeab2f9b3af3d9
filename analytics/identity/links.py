"""Compared pairs of spellings as a table, with what speaks for each and what against."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import polars as pl

from analytics.contracts.batches import worked_on
from analytics.identity.evidence import evidence_json
from analytics.identity.holding import Aliases
from analytics.identity.pairs import Pairs
from analytics.identity.recipe import compare
from analytics.identity.records import Numbers, Records
from analytics.identity.resolution import Resolution

__all__ = ["LINKS", "TOLD", "link_tables"]

LINKS = {"alias_id_l": pl.String, "alias_id_r": pl.String, "probability": pl.Float64, "evidence": pl.String}
"""Columns of a link whose evidence is known."""
TOLD = 0.05
"""Probability from which a compared pair is kept with its evidence."""
AT_A_TIME = 16_384
"""Pairs whose evidence is put into words at a time: some 2 kB each, and several times that on the way."""
_LINK = ["alias_id_l", "alias_id_r", "probability", "is_joined", "evidence"]
_EQUAL = '[{"feature": "keys", "left": null, "right": null, "weight": 0.0, "text": "Equal once normalised."}]'


def link_tables(
    aliases: Aliases, found: Resolution, compared: Records, known: pl.DataFrame, threads: int = 1
) -> Iterator[pl.DataFrame]:
    """Tell compared pairs of spellings; the smallest alias of a record stands for it.

    Parameters
    ----------
    aliases : Aliases
        The spellings.
    found : Resolution
        Who is who.
    compared : Records
        The records as they were compared.
    known : DataFrame
        Links of the run before whose evidence still holds, as `LINKS` has them.
    threads : int
        Threads to compare on.

    Yields
    ------
    DataFrame
        Rows of ``identity_links``, in no order.
    """
    likely = np.flatnonzero(found.probability >= TOLD)
    parts = (likely[start : start + AT_A_TIME] for start in range(0, len(likely), AT_A_TIME))
    told = worked_on(parts, partial(_links_of, aliases, found, compared, known), threads)
    yield from (links for _, links in told)
    yield _equal(aliases)


def _links_of(
    aliases: Aliases, found: Resolution, compared: Records, known: pl.DataFrame, places: Numbers
) -> pl.DataFrame:
    left, right = found.left[places], found.right[places]
    pairs = pl.DataFrame(
        {
            "one": aliases.first_of(left),
            "other": aliases.first_of(right),
            "probability": found.probability[places],
            "is_joined": found.group[left] == found.group[right],
        }
    ).with_columns(alias_id_l=pl.min_horizontal("one", "other"), alias_id_r=pl.max_horizontal("one", "other"))
    evidence = pairs.join(known, on=_LINK[:3], how="left", maintain_order="left")["evidence"]
    fresh = np.flatnonzero(evidence.is_null().to_numpy())
    weighed = Pairs(compared, left[fresh], right[fresh])
    said = evidence_json(weighed, found.scorer, compare(weighed)) if len(fresh) else pl.Series([], dtype=pl.String)
    return pairs.with_columns(evidence=evidence.scatter(fresh, said)).select(_LINK)


def _equal(aliases: Aliases) -> pl.DataFrame:
    """Aliases that are equal once normalised, each with the one that stands for them."""
    further = np.flatnonzero(aliases.first_row[aliases.record] != np.arange(len(aliases.record)))
    ends = {"alias_id_l": aliases.first_of(aliases.record[further]), "alias_id_r": aliases.at(further)}
    told = {"probability": pl.lit(1.0), "is_joined": pl.lit(value=True), "evidence": pl.lit(_EQUAL)}
    return pl.DataFrame(ends).with_columns(**told).select(_LINK)

"""Compared pairs of aliases as a table, with their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import polars as pl

from analytics.contracts.batches import worked_on
from analytics.contracts.steps import Engine, write_all
from analytics.identity.grouping.resolution import Resolution
from analytics.identity.records.aliases import Aliases
from analytics.identity.records.arrays import Numbers
from analytics.identity.records.records import Records
from analytics.identity.scoring.evidence import evidence_json
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["LEAST_KEPT", "LINKS", "link_tables", "write_links"]

LINKS = {"alias_id_l": pl.String, "alias_id_r": pl.String, "probability": pl.Float64, "evidence": pl.String}
"""Columns of a link whose evidence is known."""
LEAST_KEPT = 0.05
"""Probability from which a compared pair is kept with its evidence."""
AT_A_TIME = 16_384
"""Pairs whose evidence is written at a time: some 2 kB each, and several times that on the way."""
_LINK = ["alias_id_l", "alias_id_r", "probability", "is_joined", "evidence"]
_EQUAL = '[{"feature": "keys", "left": null, "right": null, "weight": 0.0, "text": "Equal once normalised."}]'


def write_links(engine: Engine, aliases: Aliases, found: Resolution, compared: Records, known: pl.DataFrame) -> None:
    """Leave the table ``identity_links``: written here, or by the workers who hold the keys; see `link_tables`."""
    if compared.remote is None:
        write_all(engine, "identity_links", link_tables(aliases, found, compared, known, engine.threads))
        return
    likely = np.flatnonzero(found.probability >= LEAST_KEPT)
    ends = found.left[likely], found.right[likely]
    words = partial(_put_into_words, found.scorer)
    compared.remote.write_over_pairs("identity_links", *ends, words, lambda part: _pairs(aliases, found, likely[part]))
    engine.append("identity_links", _equal(aliases))


def link_tables(
    aliases: Aliases, found: Resolution, compared: Records, known: pl.DataFrame, threads: int = 1
) -> Iterator[pl.DataFrame]:
    """Write compared pairs of aliases; the smallest alias of a record represents it.

    Parameters
    ----------
    aliases : Aliases
        The aliases.
    found : Resolution
        The resolution.
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
    likely = np.flatnonzero(found.probability >= LEAST_KEPT)
    parts = (likely[start : start + AT_A_TIME] for start in range(0, len(likely), AT_A_TIME))
    values = worked_on(parts, partial(_links_of, aliases, found, compared, known), threads)
    yield from (links for _, links in values)
    yield _equal(aliases)


def _links_of(
    aliases: Aliases, found: Resolution, compared: Records, known: pl.DataFrame, places: Numbers
) -> pl.DataFrame:
    pairs = _pairs(aliases, found, places)
    evidence = pairs.join(known, on=_LINK[:3], how="left", maintain_order="left")["evidence"]
    fresh = np.flatnonzero(evidence.is_null().to_numpy())
    if len(fresh):
        asked = places[fresh]
        said = _put_into_words(found.scorer, compared, found.left[asked], found.right[asked])
        evidence = evidence.scatter(fresh, said["evidence"])
    return pairs.with_columns(evidence=evidence)


def _pairs(aliases: Aliases, found: Resolution, places: Numbers) -> pl.DataFrame:
    """Compared pairs as aliases, without their evidence."""
    left, right = found.left[places], found.right[places]
    ends = {"one": aliases.first_of(left), "other": aliases.first_of(right)}
    values = {"probability": found.probability[places], "is_joined": found.group[left] == found.group[right]}
    named = {"alias_id_l": pl.min_horizontal(*ends), "alias_id_r": pl.max_horizontal(*ends)}
    return pl.DataFrame(ends | values).with_columns(**named).select(_LINK[:4])


def _put_into_words(scorer: PairScorer, records: Records, left: Numbers, right: Numbers) -> pl.DataFrame:
    pairs = Pairs(records, left, right)
    return pl.DataFrame({"evidence": evidence_json(pairs, scorer, compare(pairs))})


def _equal(aliases: Aliases) -> pl.DataFrame:
    """Aliases that are equal once normalised, each with the one that stands for them."""
    further = np.flatnonzero(aliases.first_row[aliases.record] != np.arange(len(aliases.record)))
    ends = {"alias_id_l": aliases.first_of(aliases.record[further]), "alias_id_r": aliases.at(further)}
    values = {"probability": pl.lit(1.0), "is_joined": pl.lit(value=True), "evidence": pl.lit(_EQUAL)}
    return pl.DataFrame(ends).with_columns(**values).select(_LINK)

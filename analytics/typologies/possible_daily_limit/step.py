"""The step that looks for days over a limit whose consignees are held to be several and may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.typologies.possible_daily_limit.comparing import COLUMNS, LEVELS, compared, kind_of, representatives
from analytics.typologies.possible_daily_limit.conduct import observe
from analytics.typologies.possible_daily_limit.evidence import Agreement, agreement
from analytics.typologies.possible_daily_limit.groups import grouped, worth_weighing
from analytics.typologies.possible_daily_limit.learning import PLACES, Learned, Neighbors, learn, placed
from analytics.typologies.possible_daily_limit.places import places_step
from analytics.typologies.possible_daily_limit.posterior import posterior
from analytics.wording.steps import text_step

__all__ = ["steps"]

_PAIRS, _DAYS = "int_days__adding_up_together", "int_days__claimed_by_identities"
_DAY = ("arrival_date", "pool", "limit_amount", "limit_currency")
_IDS = ("identity_id_l", "identity_id_r")
_TIED = ("same", "slip")
"""Phones by which two of different places are found."""
_DAY_TYPES: dict[str, pl.DataType] = {
    "arrival_date": pl.Date(), "pool": pl.String(), "limit_amount": pl.Decimal(18, 2), "limit_currency": pl.String(),
}  # fmt: skip
_FOUND = pl.Schema({
    "identity_id_l": pl.String(), "identity_id_r": pl.String(), **_DAY_TYPES, "alias_id_l": pl.String(),
    "alias_id_r": pl.String(), "probability": pl.Float64(), "weight_of_name": pl.Float64(),
    "weight_of_unit": pl.Float64(), "weight_of_phone": pl.Float64(), "weight_of_email": pl.Float64(),
    "weight_of_day": pl.Float64(), "weight_of_values": pl.Float64(), "name": pl.String(), "unit": pl.String(),
    "phone": pl.String(), "email": pl.String(), "kind": pl.String(), "pairs_of_one": pl.Int64(),
    "pairs_of_two": pl.Int64(),
})  # fmt: skip
_GROUPS = pl.Schema({"lead_key": pl.String(), "identity_id": pl.String(), **_DAY_TYPES, "probability": pl.Float64()})


def steps() -> list[Step]:
    """Return the steps that write ``possible_days`` and what it reads."""
    return [places_step(), _days_step(), _texts_step()]


def _days_step() -> Step:
    """Return the step that writes ``possible_pairs`` and ``possible_days``."""
    return Step(
        name="possible_pairs",
        grain=(*_IDS, *_DAY),
        reads=(_PAIRS, _DAYS, "party_keys", "identity_members"),
        params=("min_lead_probability", "score_digits"),
        build=_build,
        also_writes=("possible_days",),
        description="Two identities of one day that are likely to be one party, with what speaks for it.",
    )


def _texts_step() -> Step:
    """Return the step that writes ``lead_pair_texts``."""
    return text_step(
        ("lead_pair_texts", "int_pairs__of_possible_days", ("flag_id", "identity_id_l", "identity_id_r")),
        ("grounds",),
        Agreement,
        lambda pair: (agreement(pair),),
        "One pair of identities that a flag takes for one party: what agrees between them and what does not, in words.",
    )


def _build(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    pairs = worth_weighing(engine.frame(_PAIRS)).sort(*_DAY, *_IDS)
    digits, line = int(str(params["score_digits"])), float(str(params["min_lead_probability"]))
    leads, days = pl.DataFrame(schema=_FOUND), pl.DataFrame(schema=_GROUPS)
    if len(pairs):
        found = _weighed(engine, pairs).with_columns(pl.col(pl.Float64).round(digits))
        leads = found.filter(pl.col("probability") >= line)
        days = pl.DataFrame(grouped(leads, _DAY), schema=_GROUPS, orient="row")
    engine.write("possible_pairs", leads.select(_FOUND.names()).sort(*_DAY, *_IDS))
    engine.write("possible_days", days)


def _weighed(engine: Engine, pairs: pl.DataFrame) -> pl.DataFrame:
    """Put the probability that it is one party beside each pair, and what it was weighed with."""
    keys = pl.concat(list(engine.batches("party_keys", COLUMNS, None)))
    neighbors = placed(keys, engine.frame("identity_members"))
    learned = learn(neighbors)
    pairs, told = _told(neighbors, pairs)
    weights = {sign: told.weights(sign, learned) for sign in LEVELS}
    conduct = observe(_days(engine), learned.neighbors, PLACES)
    day = conduct.day(_floats(pairs["day_count_l"]), _floats(pairs["day_count_r"]), told.kinds)
    value = conduct.value(_shares(pairs, "l"), _shares(pairs, "r"))
    identity = np.sum(list(weights.values()), axis=0)
    chance = posterior(identity, day, value, pairs["is_over_limit"].to_numpy())
    return pairs.with_columns(
        *representatives(neighbors.aliases, pairs),
        *(pl.Series(sign, [levels[sign] for levels in told.levels], dtype=pl.String) for sign in LEVELS),
        *(pl.Series(f"weight_of_{sign}", weights[sign]) for sign in LEVELS),
        pl.Series("kind", told.kinds, dtype=pl.String),
        probability=chance.probability,
        weight_of_day=chance.day,
        weight_of_values=chance.value,
        pairs_of_one=pl.lit(learned.of_one, pl.Int64),
        pairs_of_two=pl.lit(learned.of_two, pl.Int64),
    )


@dataclass(frozen=True)
class _Told:
    """What each pair was seen to be: the level of each sign, and the kind of place."""

    levels: list[dict[str, str | None]]
    kinds: list[str]

    def weights(self, sign: str, learned: Learned) -> NDArray[np.float64]:
        """What a sign weighs for each pair; nothing where it cannot be told."""
        levels = zip(self.levels, self.kinds, strict=True)
        return np.array([learned.weights.get((sign, kind, level[sign] or ""), 0.0) for level, kind in levels])


def _told(neighbors: Neighbors, pairs: pl.DataFrame) -> tuple[pl.DataFrame, _Told]:
    """Compare pairs; those of two places whose phones are not alike are left out."""
    identities = pl.concat([pairs[name] for name in _IDS])
    parties, places = neighbors.parties(identities), neighbors.kinds(identities)
    seen = {}
    for left, right in pairs.select(_IDS).unique().iter_rows():
        one, other = parties[left], parties[right]
        kind = kind_of(one, other, min(places[left], places[right]))
        levels = compared(one, other)
        if kind != PLACES[-1] or levels["phone"] in _TIED:
            seen[left, right] = levels, kind
    kept = [pair in seen for pair in pairs.select(_IDS).iter_rows()]
    pairs = pairs.filter(pl.Series(kept, dtype=pl.Boolean))
    told = [seen[pair] for pair in pairs.select(_IDS).rows()]
    return pairs, _Told([levels for levels, _ in told], [kind for _, kind in told])


def _days(engine: Engine) -> pl.DataFrame:
    share = pl.col("total_amount").cast(pl.Float64) / pl.col("shipments") / pl.col("limit_amount").cast(pl.Float64)
    columns = ("identity_id", "arrival_date", "total_amount", "shipments", "limit_amount")
    parts = engine.batches(_DAYS, columns, None)
    return pl.concat([part.filter(pl.col("shipments") > 0).select(*columns[:2], share=share) for part in parts])


def _shares(pairs: pl.DataFrame, side: str) -> NDArray[np.float64]:
    """What a piece of a side is worth on average, as a share of the limit."""
    total, limit = _floats(pairs[f"total_amount_{side}"]), _floats(pairs["limit_amount"])
    return total / _floats(pairs[f"shipments_{side}"]) / limit


def _floats(column: pl.Series) -> NDArray[np.float64]:
    return column.cast(pl.Float64).to_numpy()

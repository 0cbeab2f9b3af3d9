"""Which pairs a person should look at: those of leads, those in most doubt, and those on which most money hangs."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from itertools import chain, zip_longest

import polars as pl

from analytics.review.clusters import LIKELY, last_words
from analytics.review.cuts import flag_links
from analytics.store import Store

__all__ = ["proposals", "worth_most"]

_DAY = ("regime", "arrival_date", "pool", "rule_id", "coverage", "limit_amount", "limit_currency")
_SIDES = ("l", "r")
Pair = tuple[str, str]


def proposals(store: Store, count: int) -> list[Pair]:
    """Return the pairs of aliases that nobody has judged and whose judgement would teach or change most.

    Parameters
    ----------
    store : Store
        Where they are.
    count : int
        How many at most.

    Returns
    -------
    list of pairs of alias ids
        First those on which a possible_daily_limit flag rests, by the money that the flag would bring, most first. Then
        the others, in an order that tells nothing, the same for the same pairs. These are taken by turns: the pair in
        most doubt (one of each two identities), then the one on which most money hangs. The money is what flags of a
        person would gain or lose, times the probability that the program has the pair wrong.
    """
    of_leads = _of_leads(store)[:count]
    links = _open_links(store)
    doubtful = links.sort((pl.col("probability") - LIKELY).abs(), "alias_id_l", "alias_id_r")
    doubtful = doubtful.unique(["identity_id_l", "identity_id_r"], keep="first", maintain_order=True)
    costly = _costly(store, links)
    turns = chain.from_iterable(zip_longest(doubtful.select("alias_id_l", "alias_id_r").rows(), costly))
    others = list(dict.fromkeys(pair for pair in turns if pair is not None and pair not in of_leads))
    chosen = others[: count - len(of_leads)]
    return of_leads + sorted(chosen, key=lambda pair: hashlib.sha256("".join(pair).encode()).digest())


def worth_most(store: Store, count: int) -> pl.DataFrame:
    """Return the pairs of aliases that nobody has judged and on which most money hangs, most first.

    Parameters
    ----------
    store : Store
        Where they are.
    count : int
        How many at most.

    Returns
    -------
    polars.DataFrame
        ``alias_id_l``, ``alias_id_r``, ``usd``: what a lead on the pair would bring, or what flags of a person would
        gain or lose, times the probability that the program has the pair wrong.
    """
    leads = {(left, right): float(usd) for left, right, usd in _worth_of_leads(store).iter_rows()}
    worth = _moved(store, _open_links(store)) | leads
    rows = sorted(((*pair, usd) for pair, usd in worth.items() if usd > 0), key=lambda row: (-row[2], row[:2]))
    schema = {"alias_id_l": pl.String, "alias_id_r": pl.String, "usd": pl.Float64}
    return pl.DataFrame(rows[:count], schema=schema, orient="row")


def _of_leads(store: Store) -> list[Pair]:
    """Pairs on which leads rest and that nobody has judged, by what the leads bring, most first."""
    return _worth_of_leads(store).select("alias_id_l", "alias_id_r").rows()


def _worth_of_leads(store: Store) -> pl.DataFrame:
    ends = (pl.min_horizontal("alias_id_l", "alias_id_r"), pl.max_horizontal("alias_id_l", "alias_id_r"))
    pairs = store.table("lead_pairs").select(alias_id_l=ends[0], alias_id_r=ends[1], new_usd="new_usd").collect()
    open_pairs = pairs.join(last_words(store), on=["alias_id_l", "alias_id_r"], how="anti")
    worth = open_pairs.group_by("alias_id_l", "alias_id_r").agg(pl.col("new_usd").sum())
    return worth.sort("new_usd", "alias_id_l", "alias_id_r", descending=[True, False, False])


def _open_links(store: Store) -> pl.DataFrame:
    """Links that nobody has judged, with the identities on both sides, the smaller first."""
    known = last_words(store).select("alias_id_l", "alias_id_r").lazy()
    links = store.table("identity_links").join(known, on=["alias_id_l", "alias_id_r"], how="anti")
    for side in _SIDES:
        named = store.table("aliases").select(
            pl.col("alias_id").alias(f"alias_id_{side}"), pl.col("identity_id").alias(f"of_{side}")
        )
        links = links.join(named, on=f"alias_id_{side}")
    return links.select(
        "alias_id_l",
        "alias_id_r",
        "probability",
        "is_joined",
        identity_id_l=pl.min_horizontal("of_l", "of_r"),
        identity_id_r=pl.max_horizontal("of_l", "of_r"),
    ).collect()


def _costly(store: Store, links: pl.DataFrame) -> list[Pair]:
    """Pairs by the money their judgement is expected to move, most first."""
    moved = _moved(store, links)
    return sorted((pair for pair in moved if moved[pair] > 0), key=lambda pair: (-moved[pair], pair))


def _moved(store: Store, links: pl.DataFrame) -> dict[Pair, float]:
    """Return the money that the judgement of each pair is expected to move."""
    likely = {(left, right): chance for left, right, chance in links.select(links.columns[:3]).iter_rows()}
    moved: defaultdict[Pair, float] = defaultdict(float)
    for left, right, usd in _joined_anew(store, links).iter_rows():
        moved[left, right] += float(usd) * likely[left, right]
    flags = store.table("flags").collect()
    totals = dict(flags.select("flag_id", "total_usd").iter_rows())
    for flag, pair in flag_links(store, flags).items():
        if pair in likely:
            moved[pair] += float(totals[flag]) * (1 - likely[pair])
    return moved


def _joined_anew(store: Store, links: pl.DataFrame) -> pl.DataFrame:
    """For the likeliest link of each two identities, what would come over a limit on their common days."""
    apart = links.filter(~pl.col("is_joined")).sort("probability", "alias_id_l", "alias_id_r", descending=True)
    apart = apart.unique(["identity_id_l", "identity_id_r"], keep="first", maintain_order=True)
    days = store.table("daily_totals").drop_nulls("limit_amount")
    flagged = pl.when("is_over_limit").then("total_usd").otherwise(0)
    days = days.select("identity_id", *_DAY, "total_amount", "total_usd", flagged_usd=flagged)
    both = apart.lazy()
    for side in _SIDES:
        named = days.rename(
            {name: f"{name}_{side}" for name in ("identity_id", "total_amount", "total_usd", "flagged_usd")}
        )
        both = both.join(named, on=[f"identity_id_{side}", *(_DAY if side == "r" else ())], nulls_equal=True)
    over = both.filter(pl.col("total_amount_l") + pl.col("total_amount_r") > pl.col("limit_amount"))
    usd = pl.sum_horizontal("total_usd_l", "total_usd_r") - pl.sum_horizontal("flagged_usd_l", "flagged_usd_r")
    return over.group_by("alias_id_l", "alias_id_r").agg(usd=usd.sum()).collect()

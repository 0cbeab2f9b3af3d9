"""What a verdict on two aliases would make of the totals, before it is saved: computed from the published shipments.

No table changes. The next screening of the store applies the verdict, and may group further aliases anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.errors import UsageError
from analytics.review.clusters import Link, clusters
from analytics.review.judging import VERDICTS
from analytics.store import Store
from analytics.store.asking import ask

__all__ = ["Preview", "preview", "totals_of_groups"]

APPLIED = "Nothing changes until the store is screened again. It applies the verdict, and may group more anew."


@dataclass(frozen=True)
class Preview:
    """The totals of the identities that a verdict touches, as they are and as they would be.

    Attributes
    ----------
    verdict : str
        same, different or unsure.
    groups : polars.DataFrame
        ``alias_id``, ``identity_id``, ``before`` and ``after``: numbers of groups, from 1.
    before, after : polars.DataFrame
        Totals by group and day, see `totals_of_groups`.
    sentences : list of str
        What changes, in words.
    """

    verdict: str
    groups: pl.DataFrame
    before: pl.DataFrame
    after: pl.DataFrame
    sentences: list[str]

    @property
    def changes(self) -> bool:
        """The verdict moves a total."""
        return self.moved()[0].height > 0

    def moved(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the totals of the days on which something moves, as they are and as they would be."""
        kept, then = (totals.group_by(_DAY).agg(pl.col("total").sort()) for totals in (self.before, self.after))
        still = kept.join(then, on=[*_DAY, "total"], how="semi", nulls_equal=True).select(_DAY)
        return (
            self.before.join(still, on=_DAY, how="anti", nulls_equal=True),
            self.after.join(still, on=_DAY, how="anti", nulls_equal=True),
        )


def preview(store: Store, one: str, other: str, verdict: str) -> Preview:
    """Say what a verdict would make of the totals.

    Parameters
    ----------
    store : Store
        Where the aliases are.
    one, other : str
        Two alias ids.
    verdict : {"same", "different", "unsure"}
        What would be said of them.

    Returns
    -------
    Preview

    Raises
    ------
    UsageError
        The verdict is none of the three, or the two are not two known aliases with an identity.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"{verdict!r} is not a verdict. Say one of: {', '.join(VERDICTS)}.")
    identity_of = _identities(store, one, other)
    touched = sorted(set(identity_of.values()))
    aliases = ask(store, ["aliases"], _ALIASES, {"identities": touched})
    united = verdict == "same"
    parts = {} if united else _parts(store, touched, one, other, verdict)
    before = {identity: number for number, identity in enumerate(touched, start=1)}
    groups = aliases.with_columns(
        before=pl.col("identity_id").replace_strict(before, return_dtype=pl.Int64),
        after=pl.lit(1, pl.Int64) if united else pl.col("alias_id").replace_strict(parts, return_dtype=pl.Int64),
    ).sort("after", "alias_id")
    was, then = (totals_of_groups(store, groups.rename({side: "group"})) for side in ("before", "after"))
    return Preview(verdict, groups, was, then, _sentences(groups, was, then))


def totals_of_groups(store: Store, groups: pl.DataFrame) -> pl.DataFrame:
    """Add up the exempted shipments of groups of aliases by day and limit, as ``daily_totals`` does for identities.

    Parameters
    ----------
    store : Store
        The published shipments and limits.
    groups : polars.DataFrame
        ``alias_id`` and ``group``.

    Returns
    -------
    polars.DataFrame
        ``group``, ``day``, ``pool``, ``is_certain``, ``limit``, ``currency``, ``shipments``, ``total``, ``total_usd``,
        ``is_over_limit``.
    """
    return ask(store, ["shipments", "daily_totals"], _TOTALS, {}, {"groups": groups.select("alias_id", "group")})


def _identities(store: Store, one: str, other: str) -> dict[str, str]:
    found = ask(store, ["aliases"], "select alias_id, identity_id from aliases where alias_id in ($one, $other)",
                {"one": one, "other": other})  # fmt: skip
    identity_of = dict(found.drop_nulls().iter_rows())
    if one == other or set(identity_of) != {one, other}:
        raise UsageError("a preview takes two aliases that name someone. List them: splitship export aliases")
    return identity_of


def _parts(store: Store, touched: list[str], one: str, other: str, verdict: str) -> dict[str, int]:
    """Return the group of each alias when the two are told apart, or when what was said of them is taken back."""
    held = clusters(store, touched)
    links = [link for cluster in held.values() for link in cluster.links]
    if verdict == "unsure":
        links = [link for link in links if not (link.basis == "judgement" and link.ends == {one, other})]
    aliases = sorted(alias for cluster in held.values() for alias in cluster.aliases)
    apart = {one, other} if verdict == "different" else set()
    return _grouped(aliases, links, apart)


def _grouped(aliases: list[str], links: list[Link], apart: set[str]) -> dict[str, int]:
    """Join aliases by their links, strongest first, and never bring two together that are to be apart."""
    group_of = {alias: {alias} for alias in aliases}
    for link in sorted(links, key=lambda link: (-link.probability, link)):
        left, right = group_of[link.left], group_of[link.right]
        if left is right or (apart and apart <= left | right):
            continue
        left |= right
        for alias in right:
            group_of[alias] = left
    firsts = sorted({min(group) for group in group_of.values()})
    return {alias: firsts.index(min(group)) + 1 for alias, group in group_of.items()}


def _sentences(groups: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> list[str]:
    was, becomes = groups["before"].n_unique(), groups["after"].n_unique()
    if was == becomes and groups["before"].n_unique() == groups.select("before", "after").n_unique():
        return ["The grouping stays as it is: the totals do not change.", APPLIED]
    over = [totals.filter("is_over_limit").height for totals in (before, after)]
    said = f"{groups.height} aliases of {_identities_in_words(was)} would be {_identities_in_words(becomes)}."
    days = f"Days over a limit: {over[0]} now, {over[1]} then."
    return [said, days, APPLIED]


def _identities_in_words(number: int) -> str:
    return "1 identity" if number == 1 else f"{number} identities"


_DAY = ["day", "pool", "is_certain", "limit", "currency"]
_ALIASES = "select alias_id, identity_id from aliases where identity_id in (select unnest($identities))"
_TOTALS = """
with
days as (

    select distinct
        identity_id,
        arrival_date,
        pool,
        string_split(rule_id, '+') as rules,
        coverage = 'known' as is_certain,
        limit_amount,
        limit_currency,
        total_amount / nullif(total_usd, 0) as units_per_usd
    from daily_totals
    where identity_id in (select identity_id from shipments inner join groups using (alias_id))

),

pieces as (

    select
        groups."group",
        shipments.shipment_uid,
        shipments.arrival_date as day,
        shipments.pool,
        days.is_certain,
        days.limit_amount,
        days.limit_currency,
        coalesce(shipments.exemption_claimed, false) as is_claimed,
        case when shipments.value_basis = 'transaction' then shipments.customs_value_usd else shipments.value_usd end
            as value_usd,
        case
            when days.limit_currency = 'USD' or days.limit_currency is null then 1
            else days.units_per_usd
        end as rate
    from shipments
    inner join groups using (alias_id)
    inner join days on
        shipments.identity_id = days.identity_id
        and shipments.arrival_date = days.arrival_date
        and shipments.pool = days.pool
        and list_has_any(string_split(shipments.rule_id, '+'), days.rules)
        and (shipments.coverage = 'known') = days.is_certain
    where shipments.exemption_claimed is distinct from false

),

within as (

    select *, round(value_usd * rate, 2) as amount
    from pieces
    where limit_amount is null or round(value_usd * rate, 2) <= limit_amount

),

summed as (

    select
        "group", day, pool, limit_amount, limit_currency, is_certain,
        count(*) as shipments,
        count(*) filter (is_claimed) as claims,
        sum(amount) as total,
        sum(value_usd) as total_usd
    from within
    group by all

),

both_answers as (

    select
        part."group", part.day, part.pool, part.is_certain, part.limit_amount, part.limit_currency,
        part.shipments + coalesce(sure.shipments, 0) as shipments,
        part.claims + coalesce(sure.claims, 0) as claims,
        part.total + coalesce(sure.total, 0) as total,
        part.total_usd + coalesce(sure.total_usd, 0) as total_usd
    from summed as part
    left join summed as sure on
        not part.is_certain
        and sure.is_certain
        and part."group" = sure."group"
        and part.day = sure.day
        and part.pool = sure.pool
        and part.limit_amount is not distinct from sure.limit_amount
        and part.limit_currency is not distinct from sure.limit_currency

)

select
    "group", day, pool, is_certain,
    limit_amount as "limit",
    limit_currency as currency,
    shipments,
    cast(total as decimal(18, 2)) as total,
    cast(total_usd as decimal(18, 2)) as total_usd,
    coalesce(shipments > 1 and claims > 0 and total > limit_amount, false) as is_over_limit
from both_answers
order by "group", day, pool, is_certain desc, limit_amount, limit_currency
"""

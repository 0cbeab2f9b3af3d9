"""Says why: what a flag rests on row by row, how an identity hangs together, what speaks for and against a pair."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from analytics.cases.lookup import cases_of_flags, url_in_use
from analytics.cases.reentered import reentered_lines
from analytics.errors import UsageError
from analytics.exposure.penalties import floor_state
from analytics.parties.keys import UNKNOWN
from analytics.printing import Answer
from analytics.reports.accounts import account_lines
from analytics.reports.gone import gone_flag
from analytics.reports.sections.owed.lines import cost_sections, costs_of_flag
from analytics.reports.tables import counted
from analytics.review.clusters import Cluster, clusters, last_words
from analytics.review.cuts import hanging_lines, would_be_lines
from analytics.review.judging import named_alias
from analytics.review.standing import standing_of_identity
from analytics.review.successors import successor
from analytics.review.weighing import Weighing, weigh
from analytics.review.wording import cluster_lines, judgement_lines, standing_lines, weight_lines
from analytics.showing import one_line
from analytics.store import Store, nearest_ids
from analytics.wording.gone import gone_lines

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["Explanation", "explain"]

_CLASSES = {UNKNOWN: "firm or person"}
"""Classes of parties whose words are others than they are kept under."""
_SHIPMENT_COLUMNS = (
    "shipment_id",
    "arrival_date",
    "value_usd",
    "alias_id",
    "consignee_name",
    "consignee_address",
    "carrier_code",
    "filer_code",
    "port_of_entry",
    "mode",
    "order_id",
    "source_file",
    "source_line",
)

_COMPONENTS = {"value": 0, "duty": 1, "fees": 2, "total": 3, "penalty": 4, "penalty_floor": 5, "disclosure": 6}


@dataclass(frozen=True, repr=False)
class Explanation(Answer):
    """Why a flag, an identity or a pair of aliases is as it is.

    Attributes
    ----------
    subject : str
        The id that was asked for.
    lines : list of str
        The explanation in words, fit for a terminal; ``str()`` joins them.
    frames : dict
        What the words rest on: ``shipments``, ``aliases``, ``links``, ``exposure``, as far as the subject has them.
    drawn : Weighing, Cluster or None
        What `figure` draws.
    """

    subject: str
    lines: list[str]
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    drawn: Weighing | Cluster | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", [one_line(line) for line in self.lines])

    def figure(self) -> go.Figure:
        """Return a pair as a waterfall, an identity as a graph; raises `UsageError` for what is neither."""
        from analytics.review.figures import cluster_figure, pair_figure

        if self.drawn is None:
            raise UsageError(f"{self.subject} has no figure. Explain an identity of it, or two aliases.")
        return pair_figure(self.drawn) if isinstance(self.drawn, Weighing) else cluster_figure(self.drawn)

    def show(self) -> None:
        """Show the figure where a notebook shows figures; nothing is sent anywhere."""
        from analytics.review.figures import CONFIG

        self.figure().show(config=CONFIG)

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def __repr__(self) -> str:
        return f"<Explanation of {one_line(self.subject)}: {len(self.lines)} lines; print it>"


def explain(store: Store, subject: str, other: str | None = None) -> Explanation:
    """Explain a flag, an identity, an alias, or two aliases.

    Parameters
    ----------
    store : Store
        Where it was found.
    subject : str
        A flag_id, also of a flag that a run no longer raised; an identity_id or an alias_id.
    other : str, optional
        A second alias: why the two are one, or why not. An identity_id stands for its alias on most shipments.

    Returns
    -------
    Explanation

    Raises
    ------
    UsageError
        The store holds nothing of that id.
    """
    if other is not None:
        return _pair(store, subject, other)
    flags = store.table("flags").filter(pl.col("flag_id") == subject).collect()
    if flags.height:
        return _flag(store, flags.row(0, named=True))
    would_be = store.table("flag_thresholds").filter(pl.col("flag_id") == subject).sort("threshold").collect()
    if would_be.height:
        return Explanation(subject, would_be_lines(would_be.row(-1, named=True)), {"thresholds": would_be})
    if gone := gone_flag(store, subject):
        return Explanation(subject, gone_lines(gone))
    bearer = successor(store, subject)
    aliases = (
        store.table("aliases").filter((pl.col("alias_id") == subject) | (pl.col("identity_id") == bearer)).collect()
    )
    if aliases.is_empty():
        named = {"flags": "flag_id", "run_changes": "flag_id", "identities": "identity_id", "aliases": "alias_id"}
        near = nearest_ids(subject, *(store.table(table).select(column) for table, column in named.items()))
        hint = near or "List them: splitship export flags"
        raise UsageError(f"{subject!r} is no flag, identity or alias of {store.root}. {hint}")
    identity = aliases["identity_id"][0]
    if identity is None:
        reason = "its name is a placeholder or blank, and such names are never taken for one person"
        return Explanation(subject, [f"{subject} belongs to no identity: {reason}."], {"aliases": aliases})
    return _identity(store, str(identity), subject)


def _pair(store: Store, one: str, other: str) -> Explanation:
    aliases = store.table("aliases").collect()
    pair = sorted(named_alias(aliases, successor(store, subject)) for subject in (one, other))
    if pair[0] == pair[1]:
        raise UsageError(f"both are the alias {pair[0]}. Name two aliases: splitship explain {one}")
    weighing = weigh(store, *pair)
    named = aliases.filter(pl.col("alias_id").is_in(pair)).sort("alias_id")
    identity = named["identity_id"][0]
    cluster = clusters(store, [identity])[identity] if named["identity_id"].n_unique() == 1 else None
    said = last_words(store).filter(pl.col("alias_id_l") == pair[0], pl.col("alias_id_r") == pair[1])
    lines = [
        f"{pair[0]} and {pair[1]}: {'one identity' if cluster else 'two identities'}, score {weighing.probability:.3f}",
        *(f"  [{place}] {_alias_line(row)}" for place, row in enumerate(named.iter_rows(named=True), start=1)),
        *_section("What agrees and what does not:", weight_lines(weighing)),
        *_section("Why they stand so:", standing_lines(weighing, cluster)),
        *_section("What people said:", judgement_lines(said.row(0, named=True) if said.height else None)),
    ]
    return Explanation(" and ".join(pair), lines, {"aliases": named}, weighing)


def _flag(store: Store, flag: dict[str, Any]) -> Explanation:
    rows = store.table("flag_shipments").filter(pl.col("flag_id") == flag["flag_id"]).select("shipment_uid")
    columns = ["shipment_uid", *_SHIPMENT_COLUMNS]
    shipments = store.table("shipments").select(columns).join(rows, on="shipment_uid", how="semi").collect()
    shipments = shipments.sort("arrival_date", "shipment_uid")
    exposure = store.table("exposure").filter(pl.col("flag_id") == flag["flag_id"]).collect()
    aliases, links = _hanging_together(store, shipments["alias_id"].drop_nulls().unique().to_list())
    is_counted = flag["flag_id"] in counted(store)["flag_id"]
    entered_again = reentered_lines(store, shipments) if flag["typology"] == "suspended_claim" else []
    costs = costs_of_flag(store, flag["flag_id"], rows)
    lines = [
        f"{flag['flag_id']}  {flag['typology']}  ({flag['strength']} indicator, rule {flag['rule_id']})",
        flag["reason"],
        f"Basis: {flag['legal_basis']}",
        *([f"Case: {case}"] if (case := cases_of_flags(store, url_in_use()).get(flag["flag_id"])) else []),
        *(["It counts as explained: its shipments show an innocent explanation."] if flag["is_suppressed"] else []),
        "",
        f"Rows ({shipments.height}):",
        *(line for row in shipments.iter_rows(named=True) for line in _shipment_lines(row)),
        *(_link_lines(aliases, links) if flag["identity_id"] else []),
        *_section("Account numbers:", account_lines(store, aliases) if flag["identity_id"] else []),
        *_section("What it hangs on:", hanging_lines(store, flag)),
        *_section("What speaks against it:", [*json.loads(flag["counter_reasons"]), *entered_again]),
        *_section("At issue:", _exposure_lines(exposure) if is_counted else _beside_totals(exposure)),
        *(cost_sections(costs) if is_counted else []),
    ]
    frames = {"shipments": shipments, "aliases": aliases, "links": links, "exposure": exposure, **costs}
    return Explanation(flag["flag_id"], lines, frames)


def _identity(store: Store, identity: str, subject: str) -> Explanation:
    members = store.table("aliases").filter(pl.col("identity_id") == identity).collect().sort("alias_id")
    aliases, links = _hanging_together(store, members["alias_id"].to_list())
    cluster = clusters(store, [identity])[identity]
    about = store.table("identities").filter(pl.col("identity_id") == identity).collect().row(0, named=True)
    lines = [
        *([f"{subject} has become {identity}."] if subject not in {identity, *members["alias_id"]} else []),
        f"{identity}  {_CLASSES.get(about['party_class'], about['party_class'])},"
        f" {about['aliases']} aliases, {about['shipments']} shipments,"
        f" {about['first_day']} to {about['last_day']}",
        f"Cohesion {about['cohesion']:.2f}, weakest link {about['weakest_link']:.2f} (1 is certain).",
        *_section("Spellings:", [_alias_line(row) for row in members.iter_rows(named=True)]),
        *_section("Account numbers:", account_lines(store, members)),
        *_section("How it formed, strongest link first:", cluster_lines(cluster)),
        *_section("At other thresholds:", standing_of_identity(store, identity)),
        *_link_lines(aliases, links),
    ]
    return Explanation(subject, lines, {"aliases": aliases, "links": links}, cluster)


def _hanging_together(store: Store, alias_ids: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    aliases = store.table("aliases").filter(pl.col("alias_id").is_in(alias_ids)).collect().sort("alias_id")
    inside = pl.col("alias_id_l").is_in(alias_ids) & pl.col("alias_id_r").is_in(alias_ids)
    links = store.table("identity_links").filter(inside).collect().sort("probability", descending=True)
    return aliases, links


def _section(title: str, texts: list[str]) -> list[str]:
    return ["", title, *(f"  {text}" for text in texts)] if texts else []


def _shipment_lines(row: dict[str, Any]) -> list[str]:
    via = " ".join(str(row[name]) for name in ("carrier_code", "filer_code", "port_of_entry", "mode") if row[name])
    order = f"  order {row['order_id']}" if row["order_id"] else ""
    who = ", ".join(str(row[name]) for name in ("consignee_name", "consignee_address") if row[name])
    source = f"{row['source_file']}:{row['source_line']}"
    amount = f"{row['value_usd']:>10,.2f} USD"
    return [f"  {row['arrival_date']}  {amount}  {row['shipment_id']}  {via}{order}", f"      {who}  [{source}]"]


def _alias_line(row: dict[str, Any]) -> str:
    names = ("consignee_name", "consignee_address", "consignee_city", "consignee_state", "consignee_postal_code")
    return (
        f"{row['alias_id']}  {', '.join(str(row[name]) for name in names if row[name])}  ({row['shipments']} shipments)"
    )


def _link_lines(aliases: pl.DataFrame, links: pl.DataFrame) -> list[str]:
    """Say of every compared pair what agreed and what did not, strongest first."""
    if links.is_empty():
        return []
    number = {alias: index for index, alias in enumerate(aliases["alias_id"].to_list(), start=1)}
    lines = ["", "Why these aliases are taken for one:"]
    lines += [f"  [{number[row['alias_id']]}] {_alias_line(row)}" for row in aliases.iter_rows(named=True)]
    for link in links.iter_rows(named=True):
        joined = "joined" if link["is_joined"] else "kept apart"
        pair = f"[{number[link['alias_id_l']]}] and [{number[link['alias_id_r']]}]"
        lines.append(f"  {pair}: {link['probability']:.3f}, {joined}")
        evidence = sorted(json.loads(link["evidence"]), key=lambda item: -abs(item["weight"]))
        lines += [f"      {item['weight']:+6.1f}  {item['text']}" for item in evidence]
    return lines


def _exposure_lines(exposure: pl.DataFrame) -> list[str]:
    lines = []
    rank = pl.col("component").replace_strict(_COMPONENTS, default=len(_COMPONENTS), return_dtype=pl.Int8)
    for row in exposure.sort(rank, "component", "reading").iter_rows(named=True):
        figures = [row[name] for name in ("floor_usd", "base_usd", "ceiling_usd")]
        said = _of_a_lead(figures) if row["component"] == "value" else None
        said = said or _figures(figures, is_unknown=row["is_unknown"])
        state = f"; {floor_state(row['assumptions'])}" if row["component"] == "penalty_floor" else ""
        lines.append(f"{row['component']:<13} {row['reading']:<8} {said}{state}")
    return lines


def _beside_totals(exposure: pl.DataFrame) -> list[str]:
    """Say what the shipments of a flag are worth that totals do not count; it has no duty and no penalty."""
    lines = _exposure_lines(exposure.filter(pl.col("component") == "value"))
    return [*lines, "no duty, fee or penalty by this flag: totals do not count it"] if lines else []


def _of_a_lead(figures: list[Decimal | None]) -> str | None:
    """Say what the shipments of a flag are worth that puts nothing at issue by itself; None of any other flag."""
    floor, base, ceiling = figures
    if floor or base or not ceiling:
        return None
    return f"nothing by this flag alone; its shipments are worth {ceiling:,.2f} USD"


def _figures(figures: list[Decimal | None], *, is_unknown: bool) -> str:
    """Say three figures; where some part is unknown they are of the rest, and the most is not known."""
    if any(figure is None for figure in figures) or (is_unknown and not any(figures)):
        return "unknown"
    floor, base, ceiling = (f"{figure:,.2f}" for figure in figures)
    if is_unknown:
        return f"at least {floor} / {base} of what is known / not known USD (low / base / high)"
    return f"{floor} / {base} / {ceiling} USD (low / base / high)"

"""Pairs and clusters in words that an investigator understands."""

from __future__ import annotations

from typing import Any

from analytics.review.clusters import LIKELY, Cluster, Link
from analytics.review.weighing import Weighing, in_words

__all__ = ["cluster_lines", "judgement_lines", "standing_lines", "weight_lines"]

_SHOWN = 5
_BASES = {"judgement": "a person judged them the same", "account": "one account number of one issuer"}


def weight_lines(weighing: Weighing) -> list[str]:
    """Say what agreed and what did not, heaviest first."""
    if weighing.is_equal:
        return ["Both are equal once normalised: case, order of names, punctuation and abbreviations aside."]
    lines = [f"{finding.weight:+6.1f}  {in_words(finding.weight):<19} {finding.text}" for finding in weighing.findings]
    prior = f"{weighing.prior:+6.1f}  {in_words(weighing.prior):<19} Taken for granted before anything is compared."
    return [*lines, prior, "Each point for doubles the odds that both are one, each point against halves them."]


def standing_lines(weighing: Weighing, cluster: Cluster | None) -> list[str]:
    """Say why the two stand as they do; ``cluster`` is theirs where they are one identity."""
    lines = []
    if not weighing.is_kept:
        lines.append(
            "The screening did not keep this pair: too little in common to compare, or a low score."
            " It was compared now, by itself."
        )
    if cluster is None:
        against = weighing.probability >= LIKELY
        reason = "the score alone would join them; their other spellings, a judgement or tax numbers speak against it"
        lines.append(f"They are kept apart: {reason if against else 'two are likelier than one'}.")
        return lines
    path = cluster.path(weighing.left, weighing.right)
    if len(path) > 1 or not any(link.basis == "link" for link in path):
        lines.append("They are one identity by way of:")
        lines += [f"  {_link(link)}" for link in path]
    else:
        lines.append("They are one identity by this very link.")
    return lines


def judgement_lines(judgement: dict[str, Any] | None) -> list[str]:
    """Say what a person has said of the two."""
    if judgement is None:
        return []
    note = f": {judgement['note']}" if judgement["note"] else ""
    rank = "the model decides" if judgement["verdict"] == "unsure" else "that outranks the score from then on"
    return [f"Judged {judgement['verdict']} by {judgement['judged_by']} at {judgement['judged_at']}{note}; {rank}."]


def cluster_lines(cluster: Cluster) -> list[str]:
    """Say how an identity formed, strongest link first, and what it hangs on."""
    if not cluster.tree:
        return []
    number = {alias: place for place, alias in enumerate(cluster.aliases, start=1)}
    lines = [
        f"[{number[link.left]}] and [{number[link.right]}]: {link.probability:.3f}, {_basis(link)}"
        for link in cluster.tree
    ]
    if not cluster.bridges:
        return [*lines, "It hangs on no single link: each is certain or has a way round."]
    if len(cluster.bridges) == 1:
        return [*lines, f"It hangs on {_bridge(cluster, cluster.bridges[0], number)}"]
    told = [f"  {_bridge(cluster, bridge, number)}" for bridge in cluster.bridges[:_SHOWN]]
    more = [f"  and {len(cluster.bridges) - _SHOWN} stronger ones"] if len(cluster.bridges) > _SHOWN else []
    return [*lines, f"It hangs on {len(cluster.bridges)} links, weakest first:", *told, *more]


def _bridge(cluster: Cluster, bridge: Link, number: dict[str, int]) -> str:
    side = cluster.side(bridge)
    smaller = min(side, set(cluster.aliases) - side, key=lambda part: (len(part), sorted(part)))
    apart = ", ".join(f"[{place}]" for place in sorted(number[alias] for alias in smaller))
    ends = f"[{number[bridge.left]}] and [{number[bridge.right]}]"
    return f"{ends} ({bridge.probability:.3f}): without that link {apart} would stand apart."


def _link(link: Link) -> str:
    return f"{link.left} and {link.right} ({link.probability:.3f}, {_basis(link)})"


def _basis(link: Link) -> str:
    return _BASES.get(link.basis, "link")

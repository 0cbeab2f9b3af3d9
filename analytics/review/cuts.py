"""What a flag hangs on: the one shipment, or the one link between spellings, without which it falls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from analytics.review.clusters import Bond, Cluster

__all__ = ["Cut", "Piece", "smallest_cut"]


@dataclass(frozen=True)
class Piece:
    """A shipment of a flag.

    Attributes
    ----------
    uid, shipment_id, alias_id : str
        Its keys, and the spelling it came under.
    amount : Decimal
        What it adds to the total.
    """

    uid: str
    shipment_id: str
    alias_id: str
    amount: Decimal


@dataclass(frozen=True)
class Cut:
    """What a flag over a limit hangs on.

    Attributes
    ----------
    piece : Piece or None
        The cheapest shipment without which the total does not go over the limit; None where no single one does that.
    link : Bond or None
        The weakest bond without which no part of the identity goes over the limit; None where no single one does that.
    survives : float
        The highest threshold on links at which some part of the identity still goes over the limit.
    """

    piece: Piece | None
    link: Bond | None
    survives: float


def smallest_cut(cluster: Cluster, pieces: Iterable[Piece], limit: Decimal) -> Cut:
    """Find the smallest single thing that clears a flag.

    Parameters
    ----------
    cluster : Cluster
        How the spellings of its identity hang together.
    pieces : iterable of Piece
        Its shipments, none of them over the limit alone.
    limit : Decimal
        What their total exceeds, in the money of the pieces.

    Returns
    -------
    Cut
        Exact for one shipment and for one bond; it does not search for two at a time.
    """
    pieces = sorted(pieces, key=lambda piece: (piece.amount, piece.uid))
    amounts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for piece in pieces:
        amounts[piece.alias_id] += piece.amount
    total = sum(amounts.values(), Decimal(0))
    enough = [piece for piece in pieces if total - piece.amount <= limit]
    parting = [bond for bond in cluster.bridges if _parts(cluster.side(bond), amounts, total, limit)]
    return Cut(
        piece=enough[0] if enough else None,
        link=parting[0] if parting else None,
        survives=_survives(cluster, amounts, limit),
    )


def _parts(side: frozenset[str], amounts: dict[str, Decimal], total: Decimal, limit: Decimal) -> bool:
    """Whether both sides of a cut stay within the limit."""
    here = sum((amount for alias, amount in amounts.items() if alias in side), Decimal(0))
    return here <= limit and total - here <= limit


def _survives(cluster: Cluster, amounts: dict[str, Decimal], limit: Decimal) -> float:
    """Join spellings from the strongest bond down; the one at which a part goes over the limit is the answer."""
    if max(amounts.values(), default=Decimal(0)) > limit:
        return 1.0
    totals, part_of = dict(amounts), {alias: frozenset([alias]) for alias in cluster.aliases}
    for bond in cluster.tree:
        joined = part_of[bond.left] | part_of[bond.right]
        part_of.update(dict.fromkeys(joined, joined))
        if sum((totals.get(alias, Decimal(0)) for alias in joined), Decimal(0)) > limit:
            return bond.probability
    return 0.0

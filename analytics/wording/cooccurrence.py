"""What is said of typologies that hit the same shipments."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.wording.prose import counted, percent

__all__ = ["KEY", "LEAD", "NOTHING", "TOGETHER", "Pair", "cell_words", "overlap_text"]

LEAD = (
    "Shipments of the last thirteen weeks in flags or leads, by typology. The darker a field, the greater the part of "
    "the smaller typology that is in both. Two indicators on one shipment are not two proofs: they may rest on the "
    "same fact."
)
NOTHING = "No shipment of the last quarter is in a flag or a lead."


KEY = "The letters"
TOGETHER = "Combinations, the most frequent first"


@dataclass(frozen=True)
class Pair:
    """Two typologies and the shipments that are in both.

    Attributes
    ----------
    one, other : str
        Their titles.
    shipments : int
        In both.
    share : float
        Of those of the smaller of the two.
    """

    one: str
    other: str
    shipments: int
    share: float


def cell_words(pair: Pair) -> str:
    """Return what one field of the matrix says."""
    if pair.one == pair.other:
        return f"{pair.one}<br>{counted(pair.shipments, 'shipment')}"
    return f"{pair.one} and {pair.other}<br>{counted(pair.shipments, 'shipment')}, {percent(pair.share)} of the smaller"


def overlap_text(shipments: int, in_several: int, most: Pair | None) -> str:
    """Say how many shipments are in several typologies, and which two meet most often.

    Parameters
    ----------
    shipments, in_several : int
        In a flag or a lead; in two typologies or more.
    most : Pair or None
        The two with most shipments in both; None where no two meet.
    """
    if not shipments:
        return NOTHING
    if most is None:
        return f"{counted(shipments, 'shipment').capitalize()} in flags or leads, each in one typology only."
    return (
        f"Of {counted(shipments, 'shipment')} in flags or leads, {in_several:,} ({percent(in_several / shipments)}) "
        f"are in two typologies or more. Most often together: {most.one} and {most.other}, on "
        f"{counted(most.shipments, 'shipment')}, {percent(most.share)} of the smaller of the two."
    )

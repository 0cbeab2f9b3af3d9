"""What a report says of how well a rule does: what it raises, and what people decided of it."""

from __future__ import annotations

from analytics.wording.prose import counted, percent

__all__ = [
    "bound_words",
    "decided_title",
    "precision_text",
    "precision_words",
    "raised_title",
]


def raised_title(weeks: int) -> str:
    """Head the table of what each typology raised.

    >>> raised_title(13)
    'What each typology raised in 13 weeks'
    """
    return f"What each typology raised in {counted(weeks, 'week')}"


def decided_title(fewest: int) -> str:
    """Head the table of what people decided, and say from how many cases on a share is given."""
    return f"What people decided (a precision is given from {fewest} closed cases on)"


def precision_words(share: float | None, interval: tuple[float, float] | None, closed: int, fewest: int) -> str:
    """Write a precision with its interval, or that too few cases are closed.

    >>> precision_words(0.8, (0.49, 0.943), 10, 10), precision_words(None, None, 3, 10)
    ('80% (49% to 94%)', 'not enough closed: 3 of 10')
    """
    if share is None or interval is None:
        return f"not enough closed: {closed} of {fewest}"
    return f"{percent(share)} ({percent(interval[0])} to {percent(interval[1])})"


def bound_words(sample: str | None, share: float | None, drawn: int, judged: int, population: int) -> str:
    """Write what the last sample below the line says, or what is outstanding.

    >>> bound_words("t0001", 0.0487, 60, 60, 1200)
    'at most 4.9% of 1,200 missed (t0001, 60 judged)'
    >>> bound_words("t0002", None, 60, 12, 1200), bound_words(None, None, 0, 0, 0)
    ('t0002: 12 of 60 judged, no bound yet', 'not sampled')
    """
    if sample is None:
        return "not sampled"
    if share is None:
        return f"{sample}: {judged:,} of {drawn:,} judged, no bound yet"
    return f"at most {percent(share)} of {population:,} missed ({sample}, {judged:,} judged)"


def precision_text(judged: int, typologies: int, confidence: float) -> str:
    """Say what the chart of precisions shows."""
    return (
        f"Share of closed cases that were not dismissed, of {counted(typologies, 'typology', 'typologies')} with "
        f"enough of them ({counted(judged, 'closed case')}). A bar is the {confidence:.0%} Wilson interval: the fewer "
        "the cases, the wider it is."
    )

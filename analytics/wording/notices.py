"""What a report says of notices of customs held against our flags."""

from __future__ import annotations

from datetime import date

from analytics.wording.prose import counted, days, percent

__all__ = ["NO_NOTICE_YET", "missed_title", "square_text"]

NO_NOTICE_YET = (
    "This store has no notice of customs. Bring them as CSV with bill, code and date: splitship reconcile NOTICES.csv"
)


def square_text(first: date, last: date, both: int, ours_only: int, theirs_only: int, neither: int) -> str:
    """Say how far flags and notices agree, and how large each kind of miss is.

    Parameters
    ----------
    first, last : date
        Days of arrival.
    both, ours_only, theirs_only, neither : int
        Shipments that claimed the exemption: flagged and noticed, and so on.

    >>> print(square_text(date(2025, 8, 11), date(2025, 8, 11), 6, 2, 3, 89))
    Of 100 shipments that claimed the exemption, arrived August 11, 2025, 6 were both flagged and noticed, 2 flagged \
only, 3 noticed only, 89 neither. Flags cover 67% of the noticed shipments; notices cover 75% of the flagged ones.
    """
    claimed = both + ours_only + theirs_only + neither
    if not claimed:
        return f"No shipment that arrived {days(first, last)} claimed the exemption."
    noticed, flagged = both + theirs_only, both + ours_only
    shares = [
        f"flags cover {percent(both / noticed)} of the noticed shipments" if noticed else "no shipment was noticed",
        f"notices cover {percent(both / flagged)} of the flagged ones" if flagged else "no shipment was flagged",
    ]
    said = "; ".join(shares)
    return (
        f"Of {counted(claimed, 'shipment')} that claimed the exemption, arrived {days(first, last)}, {both:,} were "
        f"both flagged and noticed, {ours_only:,} flagged only, {theirs_only:,} noticed only, {neither:,} neither. "
        f"{said[0].upper()}{said[1:]}."
    )


def missed_title(what: str, rows: int, shown: int) -> str:
    """Head a list of misses, and say how many of them are shown.

    >>> missed_title("Noticed and not flagged", 3, 20), missed_title("Flagged and not noticed", 41, 20)
    ('Noticed and not flagged: 3', 'Flagged and not noticed: 41, the first 20')
    """
    return f"{what}: {rows:,}" if rows <= shown else f"{what}: {rows:,}, the first {shown}"

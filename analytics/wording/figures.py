"""How figures are written in a sentence."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

__all__ = ["counted", "money", "percent", "rounded", "share", "without_zeros"]


def money(currency: str | None, amount: Decimal | None) -> str:
    """Write an amount behind its currency, with the places it is kept with.

    >>> money("USD", Decimal("800.00"))
    'USD 800.00'
    """
    return f"{currency} {amount}"


def counted(number: int, one: str, many: str) -> str:
    """Write a count with what is counted, as one or as many.

    >>> counted(1, "entry was", "entries were"), counted(3, "day", "days")
    ('1 entry was', '3 days')
    """
    return f"{number} {one if number == 1 else many}"


def rounded(value: float | Decimal, places: int) -> str:
    """Write a figure with some decimal places; a half is rounded up, by the digits that are shown of it.

    >>> rounded(0.285, 2), rounded(12.5, 0), rounded(Decimal("0.1"), 3)
    ('0.29', '13', '0.100')
    """
    return format(Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")


def percent(rate: Decimal) -> str:
    """Write a rate between 0 and 1 in percent, with no more places than it needs.

    >>> percent(Decimal("0.12500000")), percent(Decimal("1")), percent(Decimal(0))
    ('12.5%', '100%', '0%')
    """
    return f"{without_zeros(rate * 100)}%"


def share(value: float | Decimal) -> str:
    """Write a share with two places.

    >>> share(0.5)
    '0.50'
    """
    return rounded(value, 2)


def without_zeros(value: Decimal) -> str:
    """Write a figure without the zeros that end it.

    >>> without_zeros(Decimal("0.0500"))
    '0.05'
    """
    return format(value.normalize(), "f")

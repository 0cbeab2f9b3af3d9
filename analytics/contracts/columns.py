"""The few kinds of column that the tables are made of."""

from __future__ import annotations

import dataframely as dy

__all__ = [
    "code", "count", "day", "flag", "instant", "json_text", "kilograms", "money", "optional", "probability", "text",
    "usd",
]  # fmt: skip


def text(description: str, *, primary_key: bool = False, regex: str | None = None) -> dy.String:
    """Return a column of text that must be there."""
    return dy.String(primary_key=primary_key, regex=regex, description=description)


def optional(description: str) -> dy.String:
    """Return a column of text that may be missing; an empty string counts as missing and is stored as null."""
    return dy.String(nullable=True, min_length=1, description=description)


def code(description: str) -> dy.String:
    """Return a column of upper-case ISO 3166 alpha-2 codes that may be missing."""
    return dy.String(nullable=True, regex="^[A-Z]{2}$", description=description)


def json_text(description: str, *, nullable: bool = False) -> dy.String:
    """Return a column of text that holds a JSON list or object; `json_columns` names all of them."""
    least = 1 if nullable else None
    return dy.String(nullable=nullable, min_length=least, description=description, metadata={"form": "json"})


def day(description: str, *, nullable: bool = True) -> dy.Date:
    """Return a column of calendar days in America/New_York."""
    return dy.Date(nullable=nullable, description=description)


def instant(description: str) -> dy.Datetime:
    """Return a column of instants, kept in UTC to the microsecond."""
    return dy.Datetime(nullable=True, time_zone="UTC", time_unit="us", description=description)


def money(description: str, *, nullable: bool = True) -> dy.Decimal:
    """Return a column of amounts in the currency that stands beside it, to the cent."""
    return dy.Decimal(18, 2, nullable=nullable, description=description)


def usd(description: str, *, nullable: bool = True) -> dy.Decimal:
    """Return a column of amounts in US dollars, to the cent."""
    return dy.Decimal(18, 2, nullable=nullable, description=description, metadata={"unit": "USD"})


def kilograms(description: str) -> dy.Decimal:
    """Return a column of weights in kilograms, to the gram."""
    return dy.Decimal(18, 3, nullable=True, description=description, metadata={"unit": "kg"})


def count(description: str, *, nullable: bool = False) -> dy.Int64:
    """Return a column that counts."""
    return dy.Int64(nullable=nullable, min=0, description=description)


def flag(description: str, *, nullable: bool = True) -> dy.Bool:
    """Return a column of yes, no, or (null) not known."""
    return dy.Bool(nullable=nullable, description=description)


def probability(description: str, *, nullable: bool = False) -> dy.Float64:
    """Return a column between 0 and 1, rounded to six places."""
    return dy.Float64(nullable=nullable, min=0, max=1, description=description)

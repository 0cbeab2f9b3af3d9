"""How a team works: which flags open a case by themselves, and what a second reviewer has to see. A TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import polars as pl

from analytics.errors import UsageError

__all__ = ["OpeningRule", "Settings", "read_settings"]

_ANY = "*"
_MOST_DAYS = 36_500
_STRENGTHS = (_ANY, "objective", "inferred", "supporting")


@dataclass(frozen=True)
class OpeningRule:
    """Which flags open a case by themselves.

    Attributes
    ----------
    typology, strength : str
        ``*`` stands for any.
    min_value_usd : Decimal
        The flag's shipments are worth so much at least.
    """

    typology: str = _ANY
    strength: str = _ANY
    min_value_usd: Decimal = Decimal(0)

    def matches(self) -> pl.Expr:
        """Return whether a flag opens a case."""
        found = pl.col("total_usd") >= self.min_value_usd
        for name, asked in (("typology", self.typology), ("strength", self.strength)):
            found = found if asked == _ANY else found & (pl.col(name) == asked)
        return found


@dataclass(frozen=True)
class Settings:
    """How a team works.

    Attributes
    ----------
    second_reviewer_above_usd : Decimal or None
        A decision on shipments worth more waits for a second person; None: no decision does.
    blind_share : float
        Share of closed cases, drawn at random, that a second person judges without seeing the outcome.
    dismissal_days : int
        Days that a dismissal holds where its decision names no day.
    opens : tuple of OpeningRule
        A flag that one of them matches opens a case; none: cases are opened by hand.
    """

    second_reviewer_above_usd: Decimal | None = Decimal(10_000)
    blind_share: float = 0.1
    dismissal_days: int = 365
    opens: tuple[OpeningRule, ...] = ()

    def opening(self) -> pl.Expr:
        """Return whether a flag opens a case by any of the rules."""
        return pl.any_horizontal(*(rule.matches() for rule in self.opens)) if self.opens else pl.lit(value=False)


def read_settings(root: Path, file: Path | None = None) -> Settings:
    """Read ``cases/settings.toml`` of a store, or another file; without one everything is as it comes.

    Parameters
    ----------
    root : Path
        The store.
    file : Path, optional
        Another file; it must be there.

    Raises
    ------
    UsageError
        It is no TOML, or something in it is not known or out of range.
    """
    found = file or root / "cases" / "settings.toml"
    if file is None and not found.exists():
        return Settings()
    try:
        raw = tomllib.loads(found.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{found} cannot be read ({type(error).__name__}). Give a TOML file with [review] and [[open]]."
        ) from error
    return _settings(raw, found)


def _settings(raw: Mapping[str, Any], file: Path) -> Settings:
    _known(raw, ("review", "open"), file, "the file")
    review, rules = raw.get("review", {}), raw.get("open", [])
    if not isinstance(review, dict):
        raise UsageError(f"{file}: review is no table. Write [review], and its settings below.")
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise UsageError(f"{file}: open is no list of tables. Write [[open]], and what a rule asks for below.")
    _known(review, ("second_reviewer_above_usd", "blind_share", "dismissal_days"), file, "[review]")
    above = review.get("second_reviewer_above_usd", Settings.second_reviewer_above_usd)
    share, days = review.get("blind_share", Settings.blind_share), review.get("dismissal_days", Settings.dismissal_days)
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
        raise UsageError(f"{file}: blind_share {share!r} is no share. Write a number from 0 to 1.")
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= _MOST_DAYS:
        raise UsageError(f"{file}: dismissal_days {days!r} is no number of days. Write 1 to {_MOST_DAYS:,}.")
    return Settings(
        second_reviewer_above_usd=None if above is False else _usd(above, file, "second_reviewer_above_usd"),
        blind_share=float(share),
        dismissal_days=days,
        opens=tuple(_rule(rule, file) for rule in rules),
    )


def _rule(raw: Mapping[str, Any], file: Path) -> OpeningRule:
    _known(raw, ("typology", "strength", "min_value_usd"), file, "[[open]]")
    strength = raw.get("strength", _ANY)
    if strength not in _STRENGTHS:
        raise UsageError(f"{file}: strength {strength!r} is none. Write one of: {', '.join(_STRENGTHS)}.")
    return OpeningRule(
        str(raw.get("typology", _ANY)), strength, _usd(raw.get("min_value_usd", 0), file, "min_value_usd")
    )


def _usd(raw: object, file: Path, name: str) -> Decimal:
    try:
        amount = Decimal(str(raw))
    except InvalidOperation:
        amount = Decimal(-1)
    if isinstance(raw, bool) or not amount.is_finite() or amount < 0:
        raise UsageError(f"{file}: {name} {raw!r} is no amount. Write it like 2500.00.")
    return amount


def _known(raw: Mapping[str, Any], names: tuple[str, ...], file: Path, place: str) -> None:
    if unknown := sorted(set(raw) - set(names)):
        raise UsageError(f"{file}: {unknown[0]!r} is not known in {place}. There are: {', '.join(names)}.")

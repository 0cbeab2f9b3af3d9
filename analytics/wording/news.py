"""What page one of the weekly report says first: the news of the week, what may be owed, and how far figures go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from analytics.wording.prose import counted, day, days, dollars, listed

__all__ = ["News", "Owing", "Week", "first_sentence", "owed_sentences", "total_sentences"]

_COUNTRIES = {
    "BD": "Bangladesh", "BR": "Brazil", "CA": "Canada", "CN": "China", "DE": "Germany", "ES": "Spain", "FR": "France",
    "GB": "the United Kingdom", "HK": "Hong Kong", "ID": "Indonesia", "IN": "India", "IT": "Italy", "JP": "Japan",
    "KH": "Cambodia", "KR": "South Korea", "MO": "Macao", "MX": "Mexico", "MY": "Malaysia", "PK": "Pakistan",
    "TH": "Thailand", "TR": "Turkey", "TW": "Taiwan", "VN": "Vietnam",
}  # fmt: skip
"""Origins that goods of low value often have; where one is another, all are told by their codes."""
_MOST_NAMED = 3


@dataclass(frozen=True)
class News:
    """One statement that may come first, with the figures that it rests on.

    Attributes
    ----------
    kind : str
        ``nothing``, ``quiet``, ``rule``, ``suspension``, ``late_data``, ``new_seller``, ``one_flag``, ``wave`` or
        ``most``.
    usd : Decimal
        Value at issue that it is about, or by how much a printed figure moved.
    flags, shipments : int
        How many it is about.
    noun : tuple of str
        What these flags are called, one and many.
    origins : tuple of str
        Codes of origin of goods whose exemption was suspended.
    since : date or None
        The day of the suspension, of the first shipment, or on which a rule begins.
    usual : float or None
        Flags of this kind in a usual week.
    then, now : int
        Flags of the week before, as they were printed and as they are.
    about : str
        The seller, the rule in words, or the modes of a suspension.
    """

    kind: str
    usd: Decimal = Decimal(0)
    flags: int = 0
    shipments: int = 0
    noun: tuple[str, str] = ("flag", "flags")
    origins: tuple[str, ...] = ()
    since: date | None = None
    usual: float | None = None
    then: int = 0
    now: int = 0
    about: str = ""


@dataclass(frozen=True)
class Week:
    """The totals that the news is held against.

    Attributes
    ----------
    start, end : date
        First and last day.
    noun : str
        What such a stretch is called: week, or period.
    shipments, flagged, flags : int
        Shipments that arrived, those of them in a flag, and flags.
    usd : Decimal
        Value at issue.
    flags_before : int or None
        Flags of the week before; None where the store has no data of it.
    """

    start: date
    end: date
    noun: str
    shipments: int
    flagged: int
    flags: int
    usd: Decimal
    flags_before: int | None


@dataclass(frozen=True)
class Owing:
    """What may be owed on the flags of the week.

    Attributes
    ----------
    flags : int
        Flags that put duty or fees at issue.
    low, base, high : Decimal
        Duty and fees together.
    unknown_flags : int
        Flags of which a part cannot be computed.
    unknown_parts : tuple of str
        The duties whose rate is not known.
    penalty_low, penalty_base, penalty_high : Decimal or None
        The greatest penalty; None where none was computed.
    culpability : str
        Whose penalty it is.
    """

    flags: int
    low: Decimal
    base: Decimal
    high: Decimal
    unknown_flags: int
    unknown_parts: tuple[str, ...]
    penalty_low: Decimal | None
    penalty_base: Decimal | None
    penalty_high: Decimal | None
    culpability: str


def first_sentence(news: News, week: Week) -> str:
    """Return the news in one sentence, two where a rule is quoted."""
    return _FIRST[news.kind](news, week)


def _nothing(_: News, week: Week) -> str:
    return f"No shipment arrived in {days(week.start, week.end)}, as far as the data of this store go."


def _quiet(_: News, week: Week) -> str:
    return f"No flag on {counted(week.shipments, 'shipment')} of {days(week.start, week.end)}."


def _rule(news: News, week: Week) -> str:
    under = f"{news.flags:,} of {counted(week.flags, 'flag')} fall under it: {_part(news, week)}"
    return f"A rule changed on {day(news.since)}: {news.about}. {under}."


def _suspension(news: News, week: Week) -> str:
    goods = (_from(news.origins) or " on all goods").replace(" on ", " for ", 1)
    under = f"{news.flags:,} of {counted(week.flags, 'flag')} fall under it: {_part(news, week)}"
    return f"The exemption{goods}{news.about and f' by {news.about}'} was suspended on {day(news.since)}. {under}."


def _late_data(news: News, week: Week) -> str:
    then = f"{counted(news.then, 'flag')} then, {news.now:,} now"
    return f"Figures of the {week.noun} before changed after they were printed: {then} ({dollars(news.usd)} moved)."


def _new_seller(news: News, week: Week) -> str:
    share = f"{news.flags:,} of {counted(week.flags, 'flag')} and {_part(news, week)}"
    return f"New seller {news.about}, first seen on {day(news.since)}: {share}."


def _one_flag(news: News, week: Week) -> str:
    return f"One {_named(news, 1)} accounts for {_part(news, week)}: {counted(news.shipments, 'shipment')}."


def _wave(news: News, week: Week) -> str:
    usual = f"{news.usual:g}" if news.usual else "none"
    return f"{news.flags:,} {_named(news, news.flags)}: {_part(news, week)}. A usual {week.noun} has {usual}."


def _most(news: News, week: Week) -> str:
    what = f"{news.flags:,} {_named(news, news.flags)}"
    if news.flags == week.flags:
        found = f"{week.flagged:,} of {counted(week.shipments, 'shipment')}"
        return f"{what} on {found}, {dollars(news.usd)} at issue."
    return f"{what}: {_part(news, week)}, more than any other typology."


_FIRST = {
    "nothing": _nothing,
    "quiet": _quiet,
    "rule": _rule,
    "suspension": _suspension,
    "late_data": _late_data,
    "new_seller": _new_seller,
    "one_flag": _one_flag,
    "wave": _wave,
    "most": _most,
}


def _part(news: News, week: Week) -> str:
    if news.usd >= week.usd:
        return f"all of the {dollars(week.usd)} at issue"
    return f"{dollars(news.usd)} of {dollars(week.usd)} at issue"


def _named(news: News, number: int) -> str:
    noun = news.noun[0] if number == 1 else news.noun[1]
    if news.since is None:
        return noun
    return f"{noun}{_from(news.origins)} after the suspension of {day(news.since)}"


def _from(origins: Sequence[str]) -> str:
    if not origins:
        return ""
    names = [_COUNTRIES[code] for code in origins] if _COUNTRIES.keys() >= {*origins} else list(origins)
    return f" on goods from {listed(names) if len(names) <= _MOST_NAMED else f'{len(names)} countries'}"


def total_sentences(news: News, week: Week, kinds: Sequence[News]) -> list[str]:
    """Return the totals beside the week before, and by kind; nothing where no shipment arrived."""
    if news.kind == "nothing":
        return []
    if week.flags_before is None:
        before = f"The store has no data for the {week.noun} before, so nothing is compared."
    else:
        before = f"The {week.noun} before had {counted(week.flags_before, 'flag')}."
    if not week.flags or (news.kind == "most" and len(kinds) == 1):
        return [before]
    found = f"In all: {counted(week.flags, 'flag')} on {week.flagged:,} of {counted(week.shipments, 'shipment')}"
    by_count = sorted(kinds, key=lambda kind: -kind.flags)
    said = [f"{kind.flags:,} {_named(_short(kind, news), kind.flags)}" for kind in by_count]
    is_said = len(kinds) == 1 and news.noun == kinds[0].noun
    return [f"{found}. {before}", *([] if is_said else [f"By typology: {listed(said)}."])]


def _short(kind: News, news: News) -> News:
    """Leave out of a kind what the first sentence said of it."""
    return replace(kind, since=None) if kind.noun == news.noun else kind


def owed_sentences(owing: Owing) -> list[str]:
    """Return what may be owed, what cannot be computed, and the greatest penalty; nothing where no flag costs."""
    if not owing.flags:
        return []
    return [_owed(owing), *([] if owing.penalty_base is None else [_penalty(owing)])]


def _owed(owing: Owing) -> str:
    flags = counted(owing.flags, "flag")
    if not owing.unknown_flags:
        return f"May be owed: {dollars(owing.base)} in duty and fees{_range(owing.low, owing.base, owing.high)}."
    parts = f" (rates that are not in the tables: {'; '.join(owing.unknown_parts)})" if owing.unknown_parts else ""
    gap = f"Part of {owing.unknown_flags:,} of {flags} cannot be computed{parts}"
    computed = f"{dollars(owing.base)} in duty and fees on what can be computed"
    return f"May be owed: {computed} (low {dollars(owing.low)}, high not known). {gap}."


def _penalty(owing: Owing) -> str:
    low, base, high = (amount or Decimal(0) for amount in (owing.penalty_low, owing.penalty_base, owing.penalty_high))
    blame = owing.culpability.replace("_", " ")
    if owing.unknown_flags:
        return f"Maximum penalty for {blame}: {dollars(base)} on what can be computed."
    if not low:  # customs need not ask for any: as the low of a maximum that says nothing
        return f"Maximum penalty for {blame}: {dollars(base)}{'' if high == base else f' (high {dollars(high)})'}."
    return f"Maximum penalty for {blame}: {dollars(base)}{_range(low, base, high)}."


def _range(low: Decimal, base: Decimal, high: Decimal) -> str:
    return "" if low == base == high else f" (low {dollars(low)}, high {dollars(high)})"

"""Days and times as written: which order a column uses, and what each value is in America/New_York.

An order is decided once for a whole column, from the values that fit one order only. Where none does, nothing is
guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from analytics.errors import InputError
from analytics.ingest.mapping.settings import EXCEL, ORDERS, SourceSettings
from analytics.ingest.questions import Question, as_error, setting
from analytics.ingest.values.serial_days import (
    CALENDARS,
    compact_spelled,
    is_serial,
    reading_beside,
    serial_evidence,
    serial_times,
)
from analytics.ingest.words.wordlists import codes

__all__ = ["HOME_ZONE", "MUCH_MORE", "PLAIN_DAY", "DateReading", "decide_order", "order_evidence", "read_times"]

HOME_ZONE = "America/New_York"
MUCH_MORE = 20
"""Values that fit one order only must outnumber those that contradict it by this much to decide a column."""

_CLOCK = (
    r"(?:(?:[T ]|, ?)\s*(?P<h>\d{1,2}):(?P<n>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<p>[AaPp])?\.?(?:[Mm]\.?)?\s*(?P<z>Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_WEEKDAY = r"^\s*(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_ISO = (
    r"(?P<iy>\d{4})(?:-(?P<im>\d{1,2})-|/(?P<iM>\d{1,2})/|\.(?P<iN>\d{1,2})\.|\s*年\s*(?P<iK>\d{1,2})\s*月\s*)"
    r"(?P<id>\d{1,2})(?:\s*日)?"
)
_COMPACT = r"(?P<cy>\d{4})(?P<cm>\d{2})(?P<cd>\d{2})"
_NUMERIC = r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{4}|\d{2})"
_DAY_NAME = r"(?P<dd>\d{1,2})(?:st|nd|rd|th)?[-\s]+(?P<dm>[A-Za-z]{3,9})\.?[-,\s]+(?P<dy>\d{4}|\d{2})"
_NAME_DAY = r"(?P<nm>[A-Za-z]{3,9})\.?[-\s]+(?P<nd>\d{1,2})(?:st|nd|rd|th)?[-,\s]+(?P<ny>\d{4})"
_ANY = f"{_WEEKDAY}(?:{_ISO}|{_COMPACT}|{_NUMERIC}|{_DAY_NAME}|{_NAME_DAY}){_CLOCK}".replace(r"\d", "[0-9]")
_STARTS_NUMERIC = f"{_WEEKDAY}{_NUMERIC}(?:$|[T ,])"
PLAIN_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_CLOCKED = r"\d:\d{2}"
_NAIVE = r"(?:^|[^\d:+-])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?(?:[Mm]\.?)?)?$"
_MIDNIGHT = r"^\s*[\d/.\-]+(?:[T ]\s*(?:00?:00(?::00(?:\.0+)?)?|12:00(?::00)?\s*[Aa][Mm]))?\s*$"
_ISO_DAY = r"^\s*\d{4}-\d{2}-(\d{2})"
_FEWEST_SWAPPED = 2
_YEARS = (1970, 2099)


@dataclass(frozen=True)
class DateReading:
    """How one column of days or times is read.

    Attributes
    ----------
    order : str
        ISO, MDY, DMY, YMD, excel, excel1904, or a strptime pattern.
    is_plain : bool
        Every value is YYYY-MM-DD.
    is_day : bool
        No value has a time of day (midnight on every row is none).
    is_naive : bool
        Some value has a time of day without an offset.
    is_compact : bool
        Days are written as five or six digits.
    zone : str
        Zone of times without an offset.
    """

    order: str = "ISO"
    is_plain: bool = False
    is_day: bool = False
    zone: str = HOME_ZONE
    is_naive: bool = False
    is_compact: bool = False


def order_evidence(column: str) -> list[pl.Expr]:
    """Return what must be counted over the whole of a column to decide its order, named ``column:what``."""
    value = pl.col(column)
    is_midnight, is_clocked = value.str.contains(_MIDNIGHT), value.str.contains(_CLOCKED)
    parts = value.str.extract_groups(_STARTS_NUMERIC).struct
    first, second, third = parts.field("a"), parts.field("b"), parts.field("c")
    low, high = first.cast(pl.Int16, strict=False), second.cast(pl.Int16, strict=False)
    numeric, short = low.is_not_null(), third.str.len_chars() == 2
    last = third.cast(pl.Int16, strict=False)
    fits = {
        "MDY": (low <= 12) & (high <= 31),
        "DMY": (high <= 12) & (low <= 31),
        "YMD": short & (first.str.len_chars() == 2) & (high <= 12) & (last <= 31),
    }
    iso = value.str.extract(_ISO_DAY, 1).cast(pl.Int16, strict=False)
    some_fit = numeric & pl.any_horizontal(fits.values())
    unclear = (
        numeric & (pl.sum_horizontal(fit.cast(pl.Int8) for fit in fits.values()) > 1) & ((low != high) | fits["YMD"])
    )
    evidence = {
        "count": value.is_not_null().sum(),
        "midnight": is_midnight.sum(),
        "timed": (is_clocked & ~is_midnight).sum(),
        "naive": value.str.contains(_NAIVE).sum(),
        "numeric": numeric.sum(),
        "unclear": unclear.sum(),
        "example": value.filter(unclear).first(),
        **{f"against_{order}": (some_fit & ~fit).sum() for order, fit in fits.items()},
        **{f"months_{order}": _months(order, (low, high, last)) for order in fits},
        "iso": iso.is_not_null().sum(),
        "iso_low": (iso <= 12).sum(),
        **serial_evidence(value),
    }
    return [expression.alias(f"{column}:{what}") for what, expression in evidence.items()]


def _months(order: str, parts: tuple[pl.Expr, pl.Expr, pl.Expr]) -> pl.Expr:
    """Count the different months and years that an order makes of a column: the right one makes few of many days."""
    year, month = {"MDY": (2, 0), "DMY": (2, 1), "YMD": (0, 1)}[order]
    return parts[year].n_unique() + parts[month].n_unique()


def decide_order(
    name: str, column: str, heading: str, found: Mapping[str, Any], settings: SourceSettings
) -> DateReading:
    """Decide how a column of days or times is read.

    Parameters
    ----------
    name, column, heading : str
        The input, the canonical column and where it comes from, for messages.
    found : mapping
        Evidence by name, as `order_evidence` counted it.
    settings : SourceSettings
        ``date_format`` and ``timezone`` of the mapping win over the evidence.

    Raises
    ------
    AmbiguousInput
        Values such as 03/04/2025 have two readings and nothing in the column tells which.
    """
    given = settings.date_format.get(column) or settings.date_format.get("*")
    reading = _clock_reading(given, found, settings.timezone or HOME_ZONE)
    if given:
        return replace(reading, order=given, is_compact=found["compact"] == found["count"])
    if is_serial(found):
        return _serial(name, column, heading, found, reading)
    if not found["numeric"]:
        return reading
    against = sorted((found[f"against_{order}"], found[f"months_{order}"], order) for order in ORDERS)
    (least, _, best), (next_least, *_) = against[0], against[1]
    if next_least > least * MUCH_MORE or not (found["unclear"] or least):
        if _may_be_swapped(found):
            raise _asked(name, column, _swapped(heading, column, best), (best,))
        return replace(reading, order=best)
    example = found["example"] or "such values"
    possible = [order for count, _, order in against if count <= least * MUCH_MORE]
    text = (
        f"{heading!r} ({column}): {example!r} can be read as {' or '.join(map(_spelled, possible))}, and the column "
        f"does not tell which ({found['unclear']:,} values fit several; "
        f"{', '.join(f'{count:,} contradict {order}' for count, _, order in against if order in possible)})"
    )
    raise _asked(name, column, text, possible)


def _may_be_swapped(found: Mapping[str, Any]) -> bool:
    """Tell whether a spreadsheet may have swapped month and day of what fits both, and left the rest as text."""
    several = min(found["iso"], found["numeric"]) >= _FEWEST_SWAPPED
    return several and found["iso"] == found["iso_low"] and not found["unclear"]


def _swapped(heading: str, column: str, order: str) -> str:
    return (
        f"{heading!r} ({column}): some days are text that fits {order} alone, and all others are days of a spreadsheet "
        "from 1 to 12. Where it read month and day of text the wrong way round, so does the file. Compare some rows "
        "with the source, and export the column as text if they differ; if they are right, set their order"
    )


def _clock_reading(given: str | None, found: Mapping[str, Any], zone: str) -> DateReading:
    """Return whether there are times of day: as found, or as a pattern of the mapping says."""
    if given in CALENDARS or (given is None and is_serial(found)):
        has_times = found["with_fraction"] > 0
        return DateReading(is_day=not has_times, is_naive=has_times, zone=zone)
    if given is not None and "%" in given:
        is_day = not _has_clock(given) or found["midnight"] == found["count"]
        return DateReading(is_day=is_day, is_naive=not is_day and not _has_offset(given), zone=zone)
    is_day = not found["timed"]
    return DateReading(is_day=is_day, is_naive=not is_day and found["naive"] > 0, zone=zone)


def _serial(name: str, column: str, heading: str, found: Mapping[str, Any], reading: DateReading) -> DateReading:
    other = reading_beside(found)
    if other is None:
        return replace(reading, order=EXCEL)
    text = (
        f"{heading!r} ({column}): {found['serial_example']!r} can be read as an Excel serial day or as "
        f"{_spelled(other)} written together, and every value of the column fits both"
    )
    raise _asked(name, column, text, (EXCEL, other))


def _asked(name: str, column: str, text: str, readings: Sequence[str]) -> InputError:
    return as_error(name, [Question(column, text, tuple(setting("date_format", column, item) for item in readings))])


def _spelled(order: str) -> str:
    words = {"M": "month", "D": "day", "Y": "year"}
    return f"{order} ({', '.join(words[letter] for letter in order)})"


def read_times(column: str, reading: DateReading) -> dict[str, pl.Expr]:
    """Return expressions for one column: ``day``, ``instant``, and what is wrong with it.

    Returns
    -------
    dict
        ``day`` (New York), ``instant`` (UTC, null where no time of day was given), ``unreadable`` and ``impossible``.
    """
    value = pl.col(column)
    none = pl.lit(None, dtype=pl.Datetime("us", "UTC"))
    if reading.is_plain:
        day = _sane(value.str.to_date("%Y-%m-%d", strict=False))
        return {
            "day": day,
            "instant": none,
            "unreadable": pl.lit(False),
            "impossible": value.is_not_null() & day.is_null(),
        }
    if "%" in reading.order:
        return _by_pattern(value, reading)
    if reading.order in CALENDARS:
        return _by_serial(value, reading)
    if reading.is_compact:
        value = compact_spelled(value)
    parts = value.str.extract_groups(_ANY).struct
    matches = parts.field("iy").is_not_null() | pl.any_horizontal(
        parts.field(name).is_not_null() for name in ("cy", "a", "dd", "nd")
    )
    wall = _wall_time(parts, reading.order)
    has_time = parts.field("h").is_not_null() & pl.lit(not reading.is_day)
    return {
        **_placed(wall, _offset(parts.field("z")), has_time, reading.zone),
        "unreadable": value.is_not_null() & ~matches,
        "impossible": matches & _sane(wall.dt.date()).is_null(),
    }


def _by_serial(value: pl.Expr, reading: DateReading) -> dict[str, pl.Expr]:
    wall, has_time = serial_times(value, reading.order)
    placed = _placed(wall, pl.lit(None, dtype=pl.Duration("us")), has_time, reading.zone)
    return {
        **placed,
        "unreadable": value.is_not_null() & wall.is_null(),
        "impossible": wall.is_not_null() & placed["day"].is_null(),
    }


def _has_offset(pattern: str) -> bool:
    return "%z" in pattern or "%:z" in pattern


def _has_clock(pattern: str) -> bool:
    return any(mark in pattern for mark in ("%H", "%I", "%T", "%R", "%X", "%c", "%s"))


def _by_pattern(value: pl.Expr, reading: DateReading) -> dict[str, pl.Expr]:
    read = value.str.strip_chars().str.to_datetime(reading.order, strict=False, time_unit="us")
    if _has_offset(reading.order):
        instant = read.dt.convert_time_zone("UTC")
        placed = {"day": _sane(instant.dt.convert_time_zone(HOME_ZONE).dt.date()), "instant": instant}
    else:
        has_time = pl.lit(_has_clock(reading.order) and not reading.is_day)
        placed = _placed(read, pl.lit(None, dtype=pl.Duration("us")), has_time, reading.zone)
    return {
        **placed,
        "unreadable": value.is_not_null() & read.is_null(),
        "impossible": read.is_not_null() & placed["day"].is_null(),
    }


def _wall_time(parts: Any, order: str) -> pl.Expr:
    """Put year, month, day and time of any notation together; null where there is no such day or time."""
    a, b, c = parts.field("a"), parts.field("b"), parts.field("c")
    year, month, day = {"MDY": (c, a, b), "DMY": (c, b, a), "YMD": (a, b, c)}.get(order, (c, a, b))
    month_names = codes("month")
    named = (
        pl.coalesce(parts.field("dm"), parts.field("nm")).str.to_lowercase().replace_strict(month_names, default=None)
    )
    full_year = pl.coalesce(parts.field("iy"), parts.field("cy"), year, parts.field("dy"), parts.field("ny"))
    full_month = pl.coalesce(
        parts.field("im"), parts.field("iM"), parts.field("iN"), parts.field("iK"), parts.field("cm"), month, named
    )
    full_day = pl.coalesce(parts.field("id"), parts.field("cd"), day, parts.field("dd"), parts.field("nd"))
    century = pl.when(full_year.str.len_chars() == 2).then(pl.lit("20") + full_year).otherwise(full_year)
    hour = parts.field("h").cast(pl.Int16, strict=False)
    is_pm = parts.field("p").str.to_lowercase() == "p"
    twelve = hour % 12 + 12 * is_pm.cast(pl.Int16)
    clock = pl.when(parts.field("p").is_null()).then(hour).when(hour.is_between(1, 12)).then(twelve).otherwise(99)
    text = pl.format(
        "{}-{}-{} {}:{}:{}.{}",
        century,
        full_month.str.zfill(2),
        full_day.str.zfill(2),
        clock.fill_null(0).cast(pl.String).str.zfill(2),
        parts.field("n").fill_null("00"),
        parts.field("s").fill_null("00"),
        parts.field("f").fill_null("0").str.pad_end(6, "0").str.head(6),
    )
    return text.str.to_datetime("%Y-%m-%d %H:%M:%S.%6f", strict=False, time_unit="us")


def _offset(written: pl.Expr) -> pl.Expr:
    """Return an offset such as +08:00, Z or UTC as a duration; null where none is written."""
    digits = written.str.replace_all(":", "").str.slice(1).str.pad_end(4, "0")
    minutes = digits.str.head(2).cast(pl.Int64, strict=False) * 60 + digits.str.tail(2).cast(pl.Int64, strict=False)
    signed = pl.when(written.str.starts_with("-")).then(-minutes).otherwise(minutes)
    named = written.str.to_uppercase().is_in(["Z", "UTC", "GMT"])
    return pl.duration(minutes=pl.when(named).then(0).otherwise(signed))


def _placed(wall: pl.Expr, offset: pl.Expr, has_time: pl.Expr, zone: str) -> dict[str, pl.Expr]:
    """Return the New York day and the instant; a day without a time of day stays the day that was written."""
    local = wall.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    after_gap = (wall + pl.duration(hours=1)).dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    naive = pl.coalesce(local, after_gap).dt.convert_time_zone("UTC")
    aware = (wall - offset).dt.replace_time_zone("UTC")
    instant = pl.when(has_time).then(pl.when(offset.is_null()).then(naive).otherwise(aware))
    day = pl.when(has_time).then(instant.dt.convert_time_zone(HOME_ZONE).dt.date()).otherwise(wall.dt.date())
    return {"day": _sane(day), "instant": pl.when(_sane(day).is_not_null()).then(instant)}


def _sane(day: pl.Expr) -> pl.Expr:
    """Return a day, or null where its year is none in which anybody filed data."""
    return pl.when(day.dt.year().is_between(*_YEARS)).then(day)

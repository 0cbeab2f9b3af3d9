"""The settings of a mapping that choose rows, and fill cells from the row above, checked."""

from __future__ import annotations

from typing import cast

from analytics.errors import MappingError

__all__ = [
    "checked_equal_rows",
    "checked_heading_rows",
    "checked_headings",
    "checked_reformatted",
    "checked_rows_to_keep",
    "checked_whole_number",
]

_LAST_HEADING_ROW = 1000


def checked_rows_to_keep(value: object, place: str) -> dict[str, tuple[str, ...]]:
    """Return a table of heading to the texts its cells may have.

    Parameters
    ----------
    value : object
        As TOML gave it.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It is no table of texts.
    """
    if not isinstance(value, dict) or not value:
        raise MappingError(f'{place}: {value!r} is not a table. Write {{ "Status" = ["Delivered", "Returned*"] }}.')
    return {heading: _texts(texts, f"{place}.{heading}") for heading, texts in value.items()}


def checked_headings(value: object, place: str) -> tuple[str, ...]:
    """Return a list of headings.

    Parameters
    ----------
    value : object
        As TOML gave it: a list of texts, or one text.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It is none.
    """
    return () if value == [] else _texts(value, place)


def checked_heading_rows(value: object, place: str) -> tuple[int, ...]:
    """Return the rows that hold the headings; ``(0,)`` where there are none.

    Parameters
    ----------
    value : object
        As TOML gave it: a whole number, or a list of them.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It names no rows.
    """
    numbers = value if isinstance(value, list) else [value]
    if type(value) is int and value == 0:
        return (0,)
    if not numbers or any(type(number) is not int or not 0 < number <= _LAST_HEADING_ROW for number in numbers):
        raise MappingError(
            f"{place}: {value!r} names no rows. Give a whole number from 1 to {_LAST_HEADING_ROW}, a list such as "
            "[3, 4] where headings stand in two rows, or 0 where there are none."
        )
    return tuple(sorted(set(numbers)))


def checked_whole_number(value: object, place: str) -> int:
    """Return a number of rows.

    Parameters
    ----------
    value : object
        As TOML gave it.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It is no whole number from 0.
    """
    if type(value) is not int or value < 0:
        raise MappingError(f"{place}: {value!r} is not a number of rows. Give a whole number, such as 1.")
    return value


def _texts(value: object, place: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(item, str) for item in listed):
        raise MappingError(f'{place}: {value!r} is not a list of texts. Write ["one", "another"].')
    return tuple(cast("list[str]", listed))


def checked_equal_rows(value: object, place: str) -> str:
    """Return what several rows under one shipment number are: lines, repeats, or rows that each say its total.

    Parameters
    ----------
    value : object
        What the mapping holds.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It is none of them.
    """
    return _one_of(value, place, "lines", "repeats", "totals")


def checked_reformatted(value: object, place: str) -> str:
    """Return what equal rows under a shipment number written in another way are: repeats or shipments.

    Parameters
    ----------
    value : object
        What the mapping holds.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It is none of them.
    """
    return _one_of(value, place, "repeats", "shipments")


def _one_of(value: object, place: str, *allowed: str) -> str:
    if value not in allowed:
        listed = [f'"{word}"' for word in allowed]
        raise MappingError(f"{place}: {value!r} is not valid. Write {', '.join(listed[:-1])} or {listed[-1]}.")
    return str(value)

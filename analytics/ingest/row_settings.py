"""The settings of a mapping that choose rows, and fill cells from the row above, checked."""

from __future__ import annotations

from typing import cast

from analytics.errors import MappingError

__all__ = ["checked_headings", "checked_rows_to_keep", "checked_whole_number"]


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
        raise MappingError(f'{place}: {value!r} is no table. Write {{ "Status" = ["Delivered", "Returned*"] }}.')
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
    return _texts(value, place)


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
        raise MappingError(f"{place}: {value!r} is no number of rows. Give a whole number, such as 1.")
    return value


def _texts(value: object, place: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(item, str) for item in listed):
        raise MappingError(f'{place}: {value!r} is no list of texts. Write ["one", "another"].')
    return tuple(cast("list[str]", listed))

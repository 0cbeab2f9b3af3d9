"""The settings of a mapping that say how text is opened and how times are placed, checked."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from analytics.errors import MappingError
from analytics.ingest.decode.encoding_choice import is_text_encoding

__all__ = ["checked_delimiter", "checked_encoding", "checked_text", "checked_timezone"]


def checked_text(value: object, place: str) -> str:
    """Return a text.

    Parameters
    ----------
    value : object
        What the mapping holds.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It is none.
    """
    if not isinstance(value, str):
        raise MappingError(f"{place}: {value!r} is not text. Put it in quotes.")
    return value


def checked_timezone(value: object, place: str) -> str:
    """Return the name of a time zone.

    Parameters
    ----------
    value : object
        What the mapping holds.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        There is no such zone.
    """
    name = checked_text(value, place)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise MappingError(f"{place}: unknown time zone {name!r}. Write it like Asia/Shanghai or UTC.") from None
    return name


def checked_delimiter(value: object, place: str) -> str:
    """Return what parts the cells of a text file.

    Parameters
    ----------
    value : object
        What the mapping holds.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It cannot part cells.
    """
    mark = checked_text(value, place)
    if len(mark) != 1 or not mark.isascii() or mark in '"\r\n':
        raise MappingError(f'{place}: {mark!r} cannot part cells. Give one character, such as ";".')
    return mark


def checked_encoding(value: object, place: str) -> str:
    """Return the name of an encoding.

    Parameters
    ----------
    value : object
        What the mapping holds.
    place : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        It is none of text.
    """
    name = checked_text(value, place)
    if not is_text_encoding(name):
        raise MappingError(f"{place}: unknown encoding {name!r}. Write it like utf-8, cp1252 or gb18030.")
    return name

"""Mapping files: TOML with ``[[source]]`` blocks that say how an input is to be read.

::

    [[source]]
    match = "broker_*.xlsx"                  # glob on the file's name, or on schema.table
    sheet = "Manifest"                       # or a list of names, or "*" for every visible sheet
    timezone = "Asia/Shanghai"               # of times without an offset
    date_format = "MDY"                      # or DMY, YMD, excel, or a pattern such as "%d.%m.%Y"; or a table by column
    decimal = ","
    columns = { shipment_id = "{file}:{row}", declared_value = "Invoice total" }
    constants = { currency = "GBP", consignee_id_issuer = "broker" }
    places = { origin_country = "airports" } # what codes such as CAN are: airports, locodes or countries
    where = { "Status" = ["Delivered"] }     # rows to keep; where_not: rows to leave out
    fill_down = ["Ship to"]                  # empty cells take the value above

What may stand in ``columns`` is in `analytics.ingest.mapping.expressions`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from analytics.errors import MappingError
from analytics.ingest.mapping import row_settings, text_settings
from analytics.ingest.mapping.text_settings import checked_text as _text
from analytics.ingest.words.canonical import COLUMNS, TAX_IDS, TIMES

__all__ = [
    "EACH",
    "EVERY_SHEET",
    "EXCEL",
    "EXCEL_1904",
    "ORDERS",
    "PLACE_COLUMNS",
    "PLACE_READINGS",
    "TEMPLATE",
    "SourceSettings",
    "block_settings",
    "load_mappings",
    "settings_for",
]

ORDERS = ("MDY", "DMY", "YMD")
PLACE_COLUMNS = ("origin_country", "export_country")
PLACE_READINGS = ("airports", "locodes", "countries")
TEMPLATE = "template:"
"""Begins the name of a known export where a mapping file could be named."""
EXCEL = "excel"
"""The date format of days counted from the end of 1899, as spreadsheets keep them."""
EXCEL_1904 = "excel1904"
"""The same counted from the first of 1904, as old workbooks of a Mac do."""
EVERY_SHEET = "*"
"""What stands for every visible sheet of a workbook."""

EACH = "each"
"""Stands for the decimal mark of a column whose values have a point or a comma, each its own."""


@dataclass(frozen=True)
class SourceSettings:
    """How one kind of input is to be read; the defaults find out by themselves.

    Attributes
    ----------
    match : str
        Glob on the file's name.
    columns : mapping
        Canonical column to heading, to a template such as ``{file}:{row}``, or to "" where it is to stay empty.
    constants : mapping
        Canonical column to the value of every row that has none.
    timezone : str or None
        Zone of times without an offset.
    date_format : mapping
        Column (or ``*``) to MDY, DMY, YMD, excel or a strptime pattern.
    decimal : str or None
        Decimal mark of every number.
    sheet : tuple of str or None
        Sheets to read; `EVERY_SHEET` for all visible ones, None for the visible ones whose headings fit.
    encoding, delimiter : str or None
        How text is encoded; what parts the cells.
    header_row : tuple of int or None
        Rows, from 1, that hold the headings and are joined; ``(0,)`` where there are none.
    where, where_not : mapping
        Heading to the texts of the rows that are kept, or left out; ``*`` stands for anything.
    fill_down : tuple of str or None
        Headings whose empty cells take the value above them; an empty one for none, None where nothing is said.
    fill_within : str or None
        Heading whose value must stay the same for cells to be filled down.
    footer_rows : int
        How many rows at the end are no data.
    places : mapping
        Column of origin or export to what its codes are: airports, locodes or countries.
    weight_unit : str or None
        Heading over the units of the weights.
    template : str or None
        Known export that the input is one of; what the mapping says itself stands above it.
    rows : str or None
        ``lines`` or ``repeats``: what equal rows under one shipment number without a line number are; ``totals``
        where every row says the value of the whole shipment.
    reformatted : str or None
        ``repeats`` or ``shipments``: what rows are that say the same under a shipment number written in another way.
    origin : str
        The mapping file, for messages.
    """

    match: str = "*"
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    timezone: str | None = None
    date_format: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    sheet: tuple[str, ...] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: tuple[int, ...] | None = None
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    where_not: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fill_down: Sequence[str] | None = None
    fill_within: str | None = None
    footer_rows: int = 0
    places: Mapping[str, str] = field(default_factory=dict)
    weight_unit: str | None = None
    template: str | None = None
    rows: str | None = None
    reformatted: str | None = None
    origin: str = ""


def load_mappings(files: Sequence[str | Path]) -> list[SourceSettings]:
    """Read mapping files.

    Parameters
    ----------
    files : sequence of paths
        TOML files; ``template:NAME`` stands for a known export, which every input then is one of.

    Returns
    -------
    list of SourceSettings
        One for each block, in the order of the files.

    Raises
    ------
    MappingError
        A file is no TOML, or a block holds a key or value that means nothing.
    """
    return [settings for file in files for settings in _load(str(file))]


def settings_for(name: str, mappings: Sequence[SourceSettings]) -> SourceSettings:
    """Return the block that fits an input, or the defaults where none does.

    Parameters
    ----------
    name : str
        Path of the file, or schema.table.
    mappings : sequence of SourceSettings
        What `load_mappings` read.

    Raises
    ------
    MappingError
        Two blocks fit.
    """
    names = (name, Path(name).name)
    bases = [settings for settings in mappings if settings.origin.startswith(TEMPLATE)]
    blocks = [settings for settings in mappings if settings not in bases]
    fitting = [settings for settings in blocks if any(fnmatchcase(item, settings.match) for item in names)]
    if len(fitting) > 1:
        named = " and ".join(f"{item.origin} match = {item.match!r}" for item in fitting[:2])
        raise MappingError(f"{name}: two mapping blocks fit: {named}. Make their patterns exclude each other.")
    found = fitting[0] if fitting else SourceSettings()
    return replace(found, template=bases[-1].template) if bases and found.template is None else found


def _load(file: str) -> list[SourceSettings]:
    if file.startswith(TEMPLATE):
        return [SourceSettings(template=file.removeprefix(TEMPLATE), origin=file)]
    try:
        content = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MappingError(f"{file}: the mapping file does not exist. Check the path given to --map.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{file}: not a TOML file: {error}. {_how_to_mend(error)}") from None
    blocks = content.pop("source", None)
    if content or not isinstance(blocks, list) or not blocks:
        found = f"found {', '.join(content)}" if content else "found none"
        raise MappingError(
            f"{file}: a mapping file holds [[source]] blocks and nothing else; {found}. Put all keys there."
        )
    return [block_settings(block, f"{file} block {number}") for number, block in enumerate(blocks, start=1)]


def _how_to_mend(error: Exception) -> str:
    """Return advice; ``columns.x`` beside ``columns = {…}`` is the slip that pasting a setting leads to."""
    if "namespace" in str(error) or "overwrite" in str(error):
        return (
            "A table such as columns is written twice: use either columns = { … } or lines columns.name = …, not both."
        )
    return "Correct it there."


def block_settings(block: dict[str, Any], origin: str) -> SourceSettings:
    """Return what one block of a mapping says.

    Parameters
    ----------
    block : dict
        As TOML gave it.
    origin : str
        Where it stands, for messages.

    Raises
    ------
    MappingError
        A key or value means nothing.
    """
    for key in block:
        if key not in _CHECKS:
            raise MappingError(f"{origin}: unknown key {key!r}; {_suggest(key, _CHECKS)}")
    if "match" not in block:
        raise MappingError(f'{origin}: no match. Say which files it is for, such as match = "*.xlsx".')
    return SourceSettings(
        **{key: _CHECKS[key](value, f"{origin} {key}") for key, value in block.items()}, origin=origin
    )


def _suggest(name: str, known: Sequence[str] | Mapping[str, object]) -> str:
    close = get_close_matches(name, list(known), n=3)
    return f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(sorted(known))}."


def _column(name: str, place: str) -> str:
    if name not in COLUMNS:
        raise MappingError(f"{place}: unknown column {name!r}; {_suggest(name, COLUMNS)}")
    return name


def _columns(value: object, place: str) -> dict[str, str]:
    table = _table(value, place)
    for name, heading in table.items():
        if "{" in heading and name in TAX_IDS:
            raise MappingError(f"{place}: {name} cannot be a template. Name the heading that holds it.")
    return table


def _table(value: object, place: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise MappingError(f'{place}: {value!r} is not a table. Write {{ column = "…" }}.')
    return {_column(name, place): _text(item, f"{place}.{name}") for name, item in value.items()}


def _constants(value: object, place: str) -> dict[str, str]:
    if isinstance(value, dict):
        value = {name: _constant_text(item) for name, item in value.items()}
    table = _table(value, place)
    for name in ("shipment_id", *TAX_IDS):
        if name in table:
            raise MappingError(f"{place}: {name} cannot be the same on every row. Take it out.")
    return table


def _constant_text(value: object) -> object:
    """Let true, false, numbers and days stand without quotes."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | date) else value


def _date_format(value: object, place: str) -> dict[str, str]:
    table = {"*": _text(value, place)} if not isinstance(value, dict) else _table(value, place)
    for name, reading in table.items():
        if reading not in {*ORDERS, EXCEL, EXCEL_1904} and "%" not in reading:
            known = ", ".join([*ORDERS, EXCEL, EXCEL_1904])
            raise MappingError(
                f"{place}: {reading!r} is not known. Write one of {known}, or a pattern such as %d.%m.%Y."
            )
        if name != "*" and name not in TIMES:
            raise MappingError(f"{place}: {name} holds no dates; those that do: {', '.join(TIMES)}.")
    return table


def _places(value: object, place: str) -> dict[str, str]:
    table = _table(value, place)
    for name, reading in table.items():
        if name not in PLACE_COLUMNS:
            raise MappingError(f"{place}: {name} is never read from codes; those that are: {', '.join(PLACE_COLUMNS)}.")
        if reading not in PLACE_READINGS:
            raise MappingError(f"{place}: {reading!r} is not known. Write one of {', '.join(PLACE_READINGS)}.")
    return table


def _decimal(value: object, place: str) -> str:
    if value not in {".", ",", EACH}:
        raise MappingError(f'{place}: {value!r} is not a decimal mark. Write ".", "," or "each" (value by value).')
    return str(value)


def _sheets(value: object, place: str) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    if not names or len(set(map(str, names))) < len(names) or (EVERY_SHEET in names and len(names) > 1):
        raise MappingError(f'{place}: {value!r} does not name sheets. Give a name, a list of names, or "*" for all.')
    return tuple(_text(name, place) for name in names)


_CHECKS: dict[str, Callable[[object, str], Any]] = {
    "match": _text,
    "columns": _columns,
    "constants": _constants,
    "timezone": text_settings.checked_timezone,
    "date_format": _date_format,
    "decimal": _decimal,
    "sheet": _sheets,
    "encoding": text_settings.checked_encoding,
    "delimiter": text_settings.checked_delimiter,
    "header_row": row_settings.checked_heading_rows,
    "where": row_settings.checked_rows_to_keep,
    "where_not": row_settings.checked_rows_to_keep,
    "fill_down": row_settings.checked_headings,
    "fill_within": _text,
    "footer_rows": row_settings.checked_whole_number,
    "places": _places,
    "weight_unit": _text,
    "template": _text,
    "rows": row_settings.checked_equal_rows,
    "reformatted": row_settings.checked_reformatted,
}

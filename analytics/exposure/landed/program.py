"""A program as its user writes it: goods, parcels a month, and what handling costs; in TOML or as a table in CSV."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from analytics.errors import UsageError

__all__ = ["MODES", "Goods", "Handling", "Program", "read_program"]

MODES = ("air", "truck", "rail", "ocean", "mail")
_COUNTRY = re.compile(r"^[A-Z]{2}$")
_HTS = re.compile(r"^[0-9]{8}([0-9]{2})?$")
_CENT = Decimal("0.01")
_MOST = Decimal(10) ** 9
_TRUE = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


@dataclass(frozen=True)
class Handling:
    """What handling costs, in US dollars; None where the user did not say, and then it is in no sum.

    Attributes
    ----------
    exemption_filing : Decimal or None
        For each parcel released under the exemption.
    informal_broker, formal_broker, consolidated_broker : Decimal or None
        For each entry of that kind.
    bond_per_formal_entry : Decimal or None
        A single-entry bond.
    bond_per_month : Decimal or None
        A month's share of a continuous bond, for the whole program.
    handling_per_parcel, handling_per_kg : Decimal or None
        Whatever the way of entry.
    """

    exemption_filing: Decimal | None = None
    informal_broker: Decimal | None = None
    formal_broker: Decimal | None = None
    consolidated_broker: Decimal | None = None
    bond_per_formal_entry: Decimal | None = None
    bond_per_month: Decimal | None = None
    handling_per_parcel: Decimal | None = None
    handling_per_kg: Decimal | None = None


@dataclass(frozen=True)
class Goods:
    """One kind of parcel.

    Attributes
    ----------
    name : str
        As the user calls it.
    hts : str
        Eight or ten digits.
    origin : str
        ISO 3166 alpha-2.
    mode : str
        air, truck, rail, ocean or mail.
    value : Decimal
        Fair retail value of a parcel, which the limit of the exemption is compared with.
    customs_value : Decimal
        Transaction value of a parcel, the base of duty.
    is_proxy : bool
        The customs value was not given and the retail value stands in.
    parcels_per_month : int
        How many.
    parcels_per_entry : int or None
        How many go on one consolidated entry.
    weight_kg : Decimal or None
        Of a parcel.
    is_express : bool
        Entered on an express operator's bills, at the fee for a bill.
    """

    name: str
    hts: str
    origin: str
    mode: str
    value: Decimal
    customs_value: Decimal
    is_proxy: bool
    parcels_per_month: int
    parcels_per_entry: int | None
    weight_kg: Decimal | None
    is_express: bool


@dataclass(frozen=True)
class Program:
    """Goods that are sent month by month, and what handling them costs."""

    name: str
    goods: tuple[Goods, ...]
    handling: Handling


_HANDLING = tuple(item.name for item in fields(Handling))
_REQUIRED = ("hts", "origin", "mode", "value", "parcels_per_month")
_GOODS = ("name", *_REQUIRED, "customs_value", "parcels_per_entry", "weight_kg", "is_express")


def read_program(path: str | Path) -> Program:
    """Read a program from ``.toml`` or ``.csv``.

    Parameters
    ----------
    path : path
        TOML with ``name``, ``[handling]`` and ``[[goods]]``; or CSV with one row for each kind of goods, and columns of
        handling that say the same in every row.

    Returns
    -------
    Program

    Raises
    ------
    UsageError
        The file cannot be read, or says something that cannot be: where, what was there, what to write.
    """
    file = Path(path)
    readers = {".toml": _from_toml, ".csv": _from_csv}
    if file.suffix.lower() not in readers:
        raise UsageError(f"cannot read a program from {file.name!r}; use an ending of {' or '.join(readers)}.")
    try:
        program = readers[file.suffix.lower()](file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
        raise UsageError(f"{file}: cannot be read ({error}). Write it as UTF-8 {file.suffix[1:].upper()}.") from error
    if not program.goods:
        raise UsageError(f"{file}: holds no goods. Add at least one with {', '.join(_REQUIRED)}.")
    return program


def _from_toml(file: Path) -> Program:
    content = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    _known(file, content, ("name", "handling", "goods"), "a program holds")
    handling, goods = content.get("handling", {}), content.get("goods", [])
    if not isinstance(handling, dict) or not isinstance(goods, list):
        raise UsageError(f"{file}: handling is one table [handling], goods are tables [[goods]]. Write them so.")
    _known(file, handling, _HANDLING, "[handling] holds")
    read = tuple(_goods(f"{file}: goods {place}", item) for place, item in enumerate(goods, start=1))
    name = str(content.get("name", file.stem))
    return Program(name, read, _handling(f"{file}: [handling]", handling))


def _from_csv(file: Path) -> Program:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        _known(file, dict.fromkeys(reader.fieldnames or ()), (*_GOODS, *_HANDLING), "a program has columns")
        rows = list(reader)
    told = {tuple((row.get(name) or "").strip() for name in _HANDLING) for row in rows}
    if len(told) > 1:
        raise UsageError(f"{file}: rows say different things of handling. Say the same in every row, or use TOML.")
    handling = dict(zip(_HANDLING, told.pop(), strict=True)) if told else {}
    goods = tuple(
        _goods(f"{file} line {place}", {name: row.get(name) for name in _GOODS if row.get(name)})
        for place, row in enumerate(rows, start=2)
    )
    return Program(file.stem, goods, _handling(str(file), {name: text for name, text in handling.items() if text}))


def _known(file: Path, given: Mapping[str, Any], known: tuple[str, ...], holds: str) -> None:
    unknown = [name for name in given if name not in known]
    if unknown:
        raise UsageError(f"{file}: {unknown[0]!r} is not known; {holds}: {', '.join(known)}.")


def _handling(where: str, given: Mapping[str, Any]) -> Handling:
    return Handling(**{name: _amount(f"{where} {name}", value) for name, value in given.items()})


def _goods(where: str, given: Any) -> Goods:
    if not isinstance(given, dict):
        raise UsageError(f"{where}: is no table. Write [[goods]] with {', '.join(_REQUIRED)}.")
    _known(Path(where), given, _GOODS, "goods hold")
    missing = [name for name in _REQUIRED if given.get(name) in (None, "")]
    if missing:
        raise UsageError(f"{where}: {missing[0]} is missing. Add it; goods need {', '.join(_REQUIRED)}.")
    value = _amount(f"{where} value", given["value"])
    customs = _amount(f"{where} customs_value", given.get("customs_value", value))
    per_entry, weight = given.get("parcels_per_entry"), given.get("weight_kg")
    hts = _hts(where, given["hts"])
    return Goods(
        name=str(given.get("name", hts)),
        hts=hts,
        origin=_chosen(f"{where} origin", str(given["origin"]).strip().upper()),
        mode=_mode(where, str(given["mode"]).strip().lower()),
        value=value,
        customs_value=customs,
        is_proxy="customs_value" not in given,
        parcels_per_month=_count(f"{where} parcels_per_month", given["parcels_per_month"]),
        parcels_per_entry=None if per_entry is None else _count(f"{where} parcels_per_entry", per_entry),
        weight_kg=None if weight is None else _number(f"{where} weight_kg", weight),
        is_express=_flag(f"{where} is_express", given.get("is_express", False)),
    )


def _hts(where: str, given: Any) -> str:
    digits = str(given).replace(".", "").strip()
    if not _HTS.match(digits):
        raise UsageError(f"{where}: hts is {given!r}. Write eight or ten digits, such as 6110.30.30.")
    return digits


def _chosen(where: str, text: str) -> str:
    if not _COUNTRY.match(text):
        raise UsageError(f"{where} reads {text!r}. Write two letters of ISO 3166, such as CN.")
    return text


def _mode(where: str, text: str) -> str:
    if text not in MODES:
        raise UsageError(f"{where}: mode is {text!r}. Write one of {', '.join(MODES)}.")
    return text


def _number(where: str, given: Any) -> Decimal:
    try:
        number = Decimal(str(given).strip())
    except InvalidOperation:
        number = Decimal("nan")
    if isinstance(given, bool) or not number.is_finite() or number < 0 or number > _MOST:
        raise UsageError(f"{where} reads {given!r}. Write a plain number from 0 to {_MOST:,.0f}.")
    return number


def _amount(where: str, given: Any) -> Decimal:
    amount = _number(where, given)
    if amount != amount.quantize(_CENT):
        raise UsageError(f"{where} is {given!r}, finer than a cent. Write US dollars and cents, such as 12.50.")
    return amount.quantize(_CENT)


def _count(where: str, given: Any) -> int:
    number = _number(where, given)
    if number != int(number) or number < 1:
        raise UsageError(f"{where} reads {given!r}. Write a whole number of 1 or more.")
    return int(number)


def _flag(where: str, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    found = _TRUE.get(str(given).strip().lower())
    if found is None:
        raise UsageError(f"{where} reads {given!r}. Write true or false.")
    return found

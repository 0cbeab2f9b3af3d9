"""A small spreadsheet: computes the formulas that a packet writes, from the cells that are typed in, in decimals."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any

import openpyxl

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Z]+)\(|(?P<cell>(?:\w+!)?\$?[A-Z]+\$?\d+)"
                    r"(?P<range>:\$?[A-Z]+\$?\d+)?|(?P<sign>[-+*/^(),]))")  # fmt: skip
_FIRST_DAY = datetime(1899, 12, 30)
"""Days are counted from it in a workbook."""


class Spreadsheet:
    """The cells of a workbook; `value` computes what a formula comes to."""

    def __init__(self, content: bytes) -> None:
        self.typed = openpyxl.load_workbook(BytesIO(content))
        self.cached = openpyxl.load_workbook(BytesIO(content), data_only=True)
        self._known: dict[tuple[str, str], Any] = {}

    def formulas(self) -> list[tuple[str, str]]:
        """Sheet and cell of every formula."""
        cells = ((sheet.title, cell) for sheet in self.typed for row in sheet.iter_rows() for cell in row)
        return [(title, cell.coordinate) for title, cell in cells if cell.data_type == "f"]

    def value(self, sheet: str, cell: str) -> Any:
        if (sheet, cell) not in self._known:
            self._known[sheet, cell] = self._computed(sheet, cell)
        return self._known[sheet, cell]

    def shown(self, sheet: str, cell: str) -> Decimal:
        """What is written beside the formula for viewers that do not compute."""
        return Decimal(str(self.cached[sheet][cell].value))

    def write(self, sheet: str, cell: str, value: Any) -> None:
        self.typed[sheet][cell].value = value
        self._known.clear()

    def _computed(self, sheet: str, cell: str) -> Any:
        held = self.typed[sheet][cell].value
        if isinstance(held, str) and held.startswith("="):
            tokens = [found for found in _TOKEN.finditer(held[1:]) if found[0].strip()]
            assert "".join(found[0] for found in tokens) == held[1:], held
            return self._sum(sheet, tokens)
        if isinstance(held, datetime):
            return Decimal((held - _FIRST_DAY).days)
        return Decimal(str(held)) if isinstance(held, int | float) else held

    def _sum(self, sheet: str, tokens: list[re.Match[str]]) -> Any:
        total = self._product(sheet, tokens)
        while tokens and tokens[0]["sign"] in {"+", "-"}:
            sign = -1 if tokens.pop(0)["sign"] == "-" else 1
            total += sign * self._product(sheet, tokens)
        return total

    def _product(self, sheet: str, tokens: list[re.Match[str]]) -> Any:
        total = self._power(sheet, tokens)
        while tokens and tokens[0]["sign"] in {"*", "/"}:
            sign, other = tokens.pop(0)["sign"], self._power(sheet, tokens) or Decimal(0)
            total = (total or Decimal(0)) * other if sign == "*" else (total or Decimal(0)) / other
        return total

    def _power(self, sheet: str, tokens: list[re.Match[str]]) -> Any:
        total = self._atom(sheet, tokens)
        while tokens and tokens[0]["sign"] == "^":
            tokens.pop(0)
            total = total ** (self._atom(sheet, tokens) or Decimal(0))
        return total

    def _atom(self, sheet: str, tokens: list[re.Match[str]]) -> Any:
        token = tokens.pop(0)
        if token["number"]:
            return Decimal(token["number"])
        if token["sign"] == "(":
            total = self._sum(sheet, tokens)
            assert tokens.pop(0)["sign"] == ")"
            return total
        if token["cell"]:
            return self._range(sheet, token["cell"], token["range"])
        arguments = [self._sum(sheet, tokens)]
        while tokens.pop(0)["sign"] == ",":
            arguments.append(self._sum(sheet, tokens))
        return _FUNCTIONS[token["name"]](self, *arguments)

    def _range(self, sheet: str, cell: str, more: str | None) -> Any:
        title, _, place = cell.replace("$", "").rpartition("!")
        title = title or sheet
        if not more:
            return self.value(title, place)
        rows = self.typed[title][f"{place}{more.replace('$', '')}"]
        return [self.value(title, found.coordinate) for row in rows for found in row]

    @staticmethod
    def _round(value: Decimal | None, digits: Decimal) -> Decimal:
        return (value or Decimal(0)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)

    @staticmethod
    def _sum_of(*parts: Any) -> Decimal:
        values = [value for part in parts for value in (part if isinstance(part, list) else [part])]
        return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))

    def _sumifs(self, values: list[Any], *pairs: Any) -> Decimal:
        for keys, wanted in zip(pairs[::2], pairs[1::2], strict=True):
            values = [value if key == wanted else None for value, key in zip(values, keys, strict=True)]
        return self._sum_of(values)

    @staticmethod
    def _match(wanted: Any, values: list[Any], kind: Decimal) -> int:
        assert kind == 0, "exact"
        return values.index(wanted)

    @staticmethod
    def _index(values: list[Any], place: int) -> Any:
        return values[place]


_FUNCTIONS = {
    "ROUND": lambda _, value, digits: Spreadsheet._round(value, digits),
    "ABS": lambda _, value: abs(value),
    "SUM": lambda _, *parts: Spreadsheet._sum_of(*parts),
    "MAX": lambda _, *values: max(values),
    "MIN": lambda _, *values: min(values),
    "N": lambda _, value: value if isinstance(value, Decimal) else Decimal(0),
    "SUMIFS": lambda sheet, *arguments: sheet._sumifs(*arguments),
    "MATCH": lambda _, *arguments: Spreadsheet._match(*arguments),
    "INDEX": lambda _, *arguments: Spreadsheet._index(*arguments),
}

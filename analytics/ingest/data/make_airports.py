"""Writes airports.csv from the package airportsdata: `pip install airportsdata && python make_airports.py`."""

from __future__ import annotations

import csv
from importlib import import_module
from pathlib import Path

__all__ = ["table"]

_NOT_ISO = ("XK",)


def table() -> list[tuple[str, str]]:
    """Return IATA code and country of every airport, and of every city with several airports."""
    airportsdata = import_module("airportsdata")
    found = {**airportsdata.load_iata_macs(), **airportsdata.load("IATA")}
    return sorted((code, row["country"]) for code, row in found.items() if row["country"] not in _NOT_ISO)


if __name__ == "__main__":
    with Path(__file__).with_name("airports.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("iata", "alpha2"), *table()])

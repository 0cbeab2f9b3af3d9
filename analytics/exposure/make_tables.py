"""Makes the tariff tables that come from published lists: general rates, and which goods are under which program.

::

    python -m analytics.exposure.make_tables SCHEDULES PROGRAMS

``SCHEDULES`` holds the tariff schedule by line of eight digits, ``hts8_2026_rev3.csv.gz``; ``PROGRAMS`` the lists of
the tariff-rate-tracker of the Budget Lab at Yale. Rows of ``ref_hts_rates`` that the newer schedule repeats are
prolonged. Rows of ``ref_duty_layer_goods`` that were made before are replaced; rows written by hand stay, and stand
before made ones. `sql/00_reference/SOURCES.md` names sources and licences.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analytics.contracts.paths import sql_folder
from analytics.rulebook.schedules import share_of

__all__ = ["Program", "china_rows", "goods_rows", "main", "program_rows", "rate_rows"]

MADE = "as listed by tariff-rate-tracker"
"""Every source of a made row ends with it."""

_REVISION, _READ_ON = "2026 rev. 3", "2026-02-12"
_YEAR, _NEXT_YEAR = "2026-01-01", "2027-01-01"
_REVIEW = "2024-09-27"
_FIRST_301 = "2018-07-06"
_DIGITS = (2, 4, 6, 8)
_NONE = "none"
_Row = dict[str, str]
_Stretch = tuple[str, str]  # first day, list
_Line = tuple[_Stretch, ...]


@dataclass(frozen=True)
class Program:
    """One program, by stretches of days: which beginnings of tariff numbers are on which of its lists.

    Attributes
    ----------
    scheme : str
        As in ``ref_duty_layer_goods``.
    source : str
        Where the lists are written.
    stretches : mapping
        First day to the lists that hold from it on: each a beginning of a number and a name. A name that ends in ``?``
        may be of only a part of the goods, and so may one that ends in ``~``, of goods that are on no other list.
    otherwise : str
        The list of all other goods.
    """

    scheme: str
    source: str
    stretches: Mapping[str, Sequence[tuple[str, str]]]
    otherwise: str = _NONE


def rate_rows(held: Iterable[_Row], schedule: Iterable[_Row]) -> list[_Row]:
    """Bring the general rates up to the newer schedule.

    Parameters
    ----------
    held : iterable of dict
        ``ref_hts_rates`` as it is.
    schedule : iterable of dict
        ``hts8`` and ``general_rate`` of the newer revision.

    Returns
    -------
    list of dict
        A row whose rate the newer schedule repeats holds up to the end of its year; another has a row of its own.
    """
    newer = {row["hts8"]: row["general_rate"] for row in schedule if not row["hts8"].startswith(("98", "99"))}
    rows = []
    for row in held:
        if row["valid_from"] >= _YEAR:
            continue
        source = row["source"].partition(" and ")[0]
        kept = {**row, "source": source, "valid_to": min(row["valid_to"], _YEAR), "read_on": ""}
        if row["valid_to"] >= _YEAR and _same_rate(row["rate_text"], newer.get(row["hts8"])):
            kept |= {"source": f"{source} and {_REVISION}", "valid_to": _NEXT_YEAR, "read_on": _READ_ON}
            del newer[row["hts8"]]
        rows.append(kept)
    rows += [_new_rate(hts8, text) for hts8, text in newer.items() if text]
    return sorted(rows, key=lambda row: (row["hts8"], row["valid_from"]))


def _same_rate(one: str, other: str | None) -> bool:
    return other is not None and _plain(one) == _plain(other)


def _plain(rate: str) -> str:
    return "".join(rate.lower().replace("cents", "¢").replace("on the entire set", "").split())


def _new_rate(hts8: str, text: str) -> _Row:
    share = share_of(text)
    return {
        "hts8": hts8, "rate_text": text, "ad_valorem_rate": "" if share is None else f"{share:f}",
        "is_value_only": "false" if share is None else "true", "valid_from": _YEAR, "valid_to": _NEXT_YEAR,
        "source": f"USITC HTS {_REVISION}", "confidence": "official", "read_on": _READ_ON,
    }  # fmt: skip


def program_rows(program: Program, lines: Iterable[str]) -> list[_Row]:
    """Return the rows of one program, as short as the lines of the schedule allow.

    Parameters
    ----------
    program : Program
        Its lists.
    lines : iterable of str
        Tariff lines of eight digits.
    """
    parts = sorted({prefix for lists in program.stretches.values() for prefix, _ in lists if len(prefix) > _DIGITS[-1]})
    numbers = sorted({*lines, *(part[: _DIGITS[-1]] for part in parts)})
    told = {number: _lists_of(program, number) for number in numbers}
    rest = ((min(program.stretches), program.otherwise),)
    rows = [(prefix, line) for prefix, line in _shortened(told).items() if line != rest]
    rows += [(part, line) for part in parts if (line := _lists_of(program, part)) != told[part[: _DIGITS[-1]]]]
    return [row for prefix, line in [*rows, ("ALL", rest)] for row in _row(program, prefix, line)]


def _lists_of(program: Program, number: str) -> _Line:
    """Tell which lists a number is on, stretch by stretch; a list of a part of its goods leaves the others out."""
    line: list[_Stretch] = []
    for first_day, lists in sorted(program.stretches.items()):
        is_on = {name for prefix, name in lists if number.startswith(prefix)}
        is_partly_on = {name for prefix, name in lists if prefix.startswith(number) and prefix != number}
        if any(not name.endswith("~") for name in is_on):
            is_on = {name for name in is_on if not name.endswith("~")}
        sure = {name for name in is_on if not name.endswith(("?", "~"))} or (
            {program.otherwise} if not is_on else set()
        )
        named = {name.rstrip("?~") for name in is_on | is_partly_on | sure} - {_NONE}
        may_be_none = not sure or _NONE in sure | is_partly_on
        text = "|".join([*sorted(named), *([_NONE] if may_be_none else [])])
        if not line or line[-1][1] != text:
            line.append((first_day, text))
    return tuple(line)


def _shortened(lines: Mapping[str, _Line], taken: Collection[str] = ()) -> dict[str, _Line]:
    """Say of the shortest beginnings, but those taken, what all numbers that begin so have in common."""
    found: dict[str, _Line] = {}
    for digits in _DIGITS:
        alike: dict[str, set[_Line]] = defaultdict(set)
        for number, line in lines.items():
            alike[number[:digits]].add(line)
        for prefix, several in alike.items():
            if (
                prefix not in taken
                and len(several) == 1
                and not any(prefix[:shorter] in found for shorter in _DIGITS if shorter < digits)
            ):
                found |= {prefix: next(iter(several))}
    return found


def _row(program: Program, prefix: str, line: _Line) -> Iterator[_Row]:
    ends = [begin for begin, _ in line[1:]] + [""]
    for (begin, lists), end in zip(line, ends, strict=True):
        yield {
            "regime": "us", "scheme": program.scheme, "hts_prefix": prefix, "goods_list": lists, "valid_from": begin,
            "valid_to": end, "source": f"{program.source}; {MADE}", "confidence": "secondary",
        }  # fmt: skip


_FIRST_LISTS = {"1": "L1", "2": "L2", "3": "L3", "3_addl": "L3", "4A": "L4A", "4B": _NONE}
_REVIEW_LISTS = {
    "9903.91.01": (_REVIEW, "Y25"), "9903.91.02": (_REVIEW, "Y50"), "9903.91.03": (_REVIEW, "Y100"),
    "9903.91.05": ("2025-01-01", "Y50"), "9903.91.11": ("2025-01-01", "Y25"), "9903.91.06": (_YEAR, "Y25"),
    "9903.91.07": (_YEAR, "Y50"), "9903.91.08": (_YEAR, "Y100"),
}  # fmt: skip
_BEFORE = "L1|L2|L3|L4A|none"
_EARLIER_COUNTS = {("L1",), ("L2",), ("L3",), ("L4A",), ("L1", "L3"), ("L2", "L3")}


def china_rows(lists: Iterable[_Row], by_hand: Mapping[str, bool], lines: Iterable[str]) -> list[_Row]:
    """Return the Section 301 lists of lines that no row written by hand tells.

    A line on list 4B and on another is on the other; on list 3 and an earlier one, on the earlier, as the annexes have
    it of the lines that are written by hand. From the four-year review on the list of the review counts; where no first
    list is named of such a line, it may have been on any.

    Parameters
    ----------
    lists : iterable of dict
        ``hts8``, ``list`` and ``ch99_code``.
    by_hand : mapping
        Beginnings of numbers that have a row written by hand, and whether it says which list they are on.
    lines : iterable of str
        Tariff lines of the schedules; of one that is on no list nothing is said.
    """
    on: dict[str, list[_Row]] = defaultdict(list)
    for row in lists:
        on[row["hts8"]].append(row)
    program = Program("S301_CN", "HTS 9903.88 and 9903.91, U.S. notes 20 and 31", {_FIRST_301: ()})
    made = {line: _china_line(rows) for line, rows in sorted(on.items()) if not _is_told(line, by_hand)}
    others: dict[str, _Line] = {
        line: ((line, ""),) for line in {*on, *lines} - set(made)
    }  # like no other: no common row
    short = _shortened(made | others, by_hand)
    return [row for prefix, line in short.items() if line[0][1] for row in _row(program, prefix, line)]


def _is_told(line: str, by_hand: Mapping[str, bool]) -> bool:
    return next((by_hand[line[:digits]] for digits in range(8, 1, -1) if line[:digits] in by_hand), False)


def _china_line(rows: Sequence[_Row]) -> _Line:
    named = {_FIRST_LISTS[row["list"]] for row in rows if row["list"] in _FIRST_LISTS}
    first = sorted(named - {_NONE})
    later = sorted({_REVIEW_LISTS[row["ch99_code"]] for row in rows if row["ch99_code"] in _REVIEW_LISTS})
    if first:
        before = first[0] if tuple(first) in _EARLIER_COUNTS else "|".join(first)
    else:
        before = _NONE if named and len(named) == len({row["list"] for row in rows}) else _BEFORE
    return ((_FIRST_301, before), *later)


_METALS, _ANNEXES = "2025-03-12", "2026-04-06"
_BASE_METALS = {"72": "STEEL?", "73": "STEEL?", "76": "ALUMINUM?"}
_CARS = ("870322", "870323", "870324", "870331", "870332", "870333", "870334", "870340", "870350", "870360", "870370",
         "870380", "870390", "87042101", "87043101", "87044100", "87045100")  # fmt: skip
_TRUCKS = ("87012100", "87012200", "87012300", "87012400", "87012900", "87041010", "87041050", "87042211", "87042251",
           "87042301", "87043201", "87044200", "87044300", "87045200", "87046000", "87049001", "87054000", "8705900080",
           "87060003", "8706000520", "8706000575", "87060025", "87060050", "87091100", "87091900")  # fmt: skip
_LUMBER = ("44031100", "44032101", "44032201", "44032301", "44032401", "44032501", "44032601", "44039901", "44061100",
           "44069100", "44071100", "44071200", "44071300", "44071400", "44071900")  # fmt: skip
_UPHOLSTERED = ("9401614011", "9401614031", "9401616011", "9401616031")
_CABINETS = ("9403409060", "9403608093", "9403910080")


def _programs(folder: Path) -> list[Program]:
    """Put the lists of the folder, and those too short for a file, in the stretches in which they held."""
    read = partial(_read, folder)
    metals = list(_BASE_METALS.items())
    derivatives: dict[str, list[tuple[str, str]]] = {day: [] for day in (_METALS, "2025-08-18")}
    for row in read("s232_derivative_products.csv"):
        part = (row["hts_prefix"], f"{row['derivative_type'].upper()}_PART?")
        derivatives[row["effective_date"] or _METALS].append(part)
    first = metals + derivatives[_METALS]
    annexes = [
        *((chapter, "ANNEX_1A~") for chapter in ("72", "73", "74", "76")),
        *map(_annex, read("s232_annex_products.csv")),
    ]
    copper = [(row["hts10"], "COPPER?") for row in read("s232_copper_products.csv")]
    car_parts = [(prefix, "PARTS?") for prefix in _listed(folder, "s232_auto_parts.txt")]
    truck_parts = [(prefix, "TRUCK_PARTS?") for prefix in _listed(folder, "s232_mhd_parts.txt")]
    cars = [(prefix, "CARS") for prefix in _CARS]
    trucks = [*((prefix, "TRUCKS") for prefix in _TRUCKS), ("8702", "BUSES")]
    wood = [
        *((prefix, "LUMBER") for prefix in _LUMBER),
        *((prefix, "UPHOLSTERED") for prefix in _UPHOLSTERED),
        *((prefix, "CABINETS?") for prefix in _CABINETS),
    ]
    chips = [(row["hts10"], "CHIPS?") for row in read("s232_semi_products.csv")]
    solar = [(row["hts10"], "SOLAR?") for row in read("s201_solar_products.csv")]
    spared = [(row["hts8"], _NONE) for row in read("s122_exempt_products.csv")]
    return [
        Program("S232_METALS", "HTS 9903.81, 9903.82, 9903.85; U.S. notes 16 and 19",
                {_METALS: first, "2025-08-18": first + derivatives["2025-08-18"], _ANNEXES: annexes}),
        Program("S232_COPPER", "HTS 9903.78.01; U.S. note 36(b); Proclamation 10962",
                {"2025-08-01": copper, _ANNEXES: ()}),
        Program("S232_VEHICLES", "HTS 9903.94 and 9903.74; U.S. notes 33 and 38",
                {"2025-04-03": cars, "2025-05-03": cars + car_parts,
                 "2025-11-01": cars + car_parts + trucks + truck_parts}),
        Program("S232_WOOD", "HTS 9903.76; U.S. note 37; Proclamation 10976; CSMS 66492057", {"2025-10-14": wood}),
        Program("S232_SEMICONDUCTORS", "HTS 9903.79.01; U.S. note 39; CSMS 67400472",
                {"2026-01-15": [*chips, ("8541", "OTHER_CHIPS?"), ("8542", "OTHER_CHIPS?")]}),
        Program("S201_SOLAR", "HTS 9903.45.21 and 9903.45.25",
                {"2018-02-07": [*solar, ("85414060", "SOLAR?")]}),
        Program("S122", "HTS 9903.03; annex of Proclamation 11012", {"2026-02-24": spared}, "GOODS"),
    ]  # fmt: skip


def _annex(row: _Row) -> tuple[str, str]:
    """Name the list of an annex; outside the chapters of the metals a part of light metal content is left out."""
    name = {"1a": "ANNEX_1A", "1b": "ANNEX_1B", "2": _NONE, "3": "ANNEX_3"}[row["annex"]]
    if name == "ANNEX_1A" and row["metal_type"] == "copper":
        name = "ANNEX_1A_COPPER"
    is_metal = row["hts_prefix"][:2] in {"72", "73", "74", "76"}
    return row["hts_prefix"], name if is_metal or name == _NONE else f"{name}?"


def goods_rows(held: Iterable[_Row], programs: Path, lines: Iterable[str]) -> list[_Row]:
    """Return ``ref_duty_layer_goods`` with its generated rows replaced.

    Parameters
    ----------
    held : iterable of dict
        The table as it is.
    programs : Path
        Folder of the lists.
    lines : iterable of str
        Tariff lines of the schedules.
    """
    by_hand = [row for row in held if not row["source"].endswith(MADE)]
    numbers = sorted(set(lines))
    told = {row["hts_prefix"]: "|" not in row["goods_list"] for row in by_hand if row["scheme"] == "S301_CN"}
    made = china_rows(_read(programs, "s301_product_lists.csv.gz"), told, numbers)
    taken = {(row["scheme"], row["hts_prefix"]) for row in by_hand if not row["valid_to"]}
    for program in _programs(programs):
        made += program_rows(program, numbers)
    kept = [row for row in made if (row["scheme"], row["hts_prefix"]) not in taken]
    return sorted(by_hand + kept, key=lambda row: (row["scheme"], row["hts_prefix"], row["valid_from"]))


def _read(folder: Path, name: str) -> list[_Row]:
    path = folder / name
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(text.decode())))


def _listed(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text(encoding="utf-8").split()


def _write(path: Path, rows: Sequence[_Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(schedules: Path, programs: Path, out: Path | None = None) -> None:
    """Make both tables.

    Parameters
    ----------
    schedules, programs : Path
        Folders of the sources.
    out : Path, optional
        Folder to write to; the one of the reference tables by default.
    """
    shipped = sql_folder() / "00_reference"
    target = shipped if out is None else out
    rates = rate_rows(_read(shipped, "ref_hts_rates.csv"), _read(schedules, "hts8_2026_rev3.csv.gz"))
    _write(target / "ref_hts_rates.csv", rates)
    lines = {row["hts8"] for row in rates}
    _write(target / "ref_duty_layer_goods.csv", goods_rows(_read(shipped, "ref_duty_layer_goods.csv"), programs, lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

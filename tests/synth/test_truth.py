"""The truth is worked out once more, slowly, from what was written and from the limits as the law states them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analytics.synth import synthesize
from tests.synth.conftest import Written, read_back

Row = dict[str, str]
Schemes = set[frozenset[str]]


def _free_cents(row: Row) -> int | None:
    """The standard limit of 2016 to 2027 by origin and day; None where there was no exemption."""
    day, is_china = date.fromisoformat(row["arrival_date"]), row["origin_country"] in ("CN", "HK")
    closed = day >= date(2025, 8, 29) or (is_china and day >= date(2025, 5, 2))
    closed |= is_china and date(2025, 2, 4) <= day < date(2025, 2, 7)
    if row["is_gift"]:
        return 100_00
    return None if closed else 800_00


def _stated_claim(row: Row) -> bool | None:
    if row["exemption_claimed"]:
        return row["exemption_claimed"] == "true"
    mail = bool(row["is_gift"]) or date.fromisoformat(row["arrival_date"]) < date(2025, 8, 29)
    return {"86": True, "321": True, "mail": mail, "11": False, "01": False}.get(row["entry_type"])


def _is_free(row: Row) -> bool:
    limit, stated = _free_cents(row), _stated_claim(row)
    claimed = limit is not None if stated is None else stated
    return claimed and limit is not None and int(row["cents"]) <= limit


def _order(row: Row) -> tuple[str, str] | None:
    """Order and seller; only a letter before the digits makes the last number a lot."""
    if not row["order_id"]:
        return None
    lot = re.fullmatch(r"([A-Z]\d+)[-/]\d+", row["order_id"])
    return row["seller_id"], lot[1] if lot else row["order_id"]


def _cents(row: Row) -> int:
    return int(row["cents"])


def _customs(row: Row) -> int:
    return round(float(row["customs_value"]) * 100) if row["customs_value"] else int(row["cents"])


def _over(
    rows: Iterable[tuple[Hashable, Row]], cents: int | None = None, value: Callable[[Row], int] | None = None
) -> Schemes:
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for key, row in rows:
        groups[key].append(row)
    return {
        frozenset(row["shipment_id"] for row in group)
        for group in groups.values()
        if len(group) > 1 and sum((value or _cents)(row) for row in group) > (cents or _free_cents(group[0]) or 0)
    }


def _series(entered: list[Row]) -> Schemes:
    """Three entries or more of the same goods and parties without an order number, over half the limit, within days."""
    trades: dict[Hashable, list[Row]] = defaultdict(list)
    for row in entered:
        if row["entry_type"] == "11" and not row["order_id"] and row["seller_id"] and _customs(row) > 1250_00:
            trades[row["seller_id"], row["person_id"], row["product_id"]].append(row)
    found = set()
    for trade in trades.values():
        run: list[Row] = []
        for row in [*sorted(trade, key=lambda row: row["arrival_date"]), None]:
            if run and (row is None or (_day(row) - _day(run[-1])).days > 3):
                if len(run) > 2 and 0 < (_day(run[-1]) - _day(run[0])).days < 10:
                    found.add(frozenset(each["shipment_id"] for each in run))
                run = []
            run += [] if row is None else [row]
    return found


def _day(row: Row) -> date:
    return date.fromisoformat(row["arrival_date"])


def _expected(rows: list[Row]) -> dict[str, list[frozenset[str]]]:
    free = [row for row in rows if _is_free(row)]
    entered = [row for row in rows if row["entry_type"] == "11" or (
        row["entry_type"] == "mail" and not _stated_claim(row))]  # fmt: skip
    informal = [row for row in entered if _customs(row) <= 2500_00]
    boarded = [row for row in informal if row["entry_type"] == "11" and row["conveyance_id"]]
    denied = [row for row in rows if _stated_claim(row) and _free_cents(row) is None]
    return {
        "daily_limit": [*_over(((row["person_id"], row["arrival_date"], row["is_gift"]), row) for row in free)],
        "order_split": [*_over((key, row) for row in free if (key := _order(row)) and not row["is_gift"])],
        "suspended_claim": [frozenset([row["shipment_id"]]) for row in denied],
        "informal_entry_split": [
            *_over(((key, row) for row in informal if (key := _order(row))), 2500_00, _customs),
            *_over(
                (((row["conveyance_id"], row["arrival_date"], row["person_id"]), row) for row in boarded),
                2500_00,
                _customs,
            ),
            *_series(informal),
        ],
        "over_informal_limit": [frozenset([row["shipment_id"]]) for row in entered if _customs(row) > 2500_00],
    }


def _told(written: Written) -> dict[str, list[frozenset[str]]]:
    schemes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in written.flags.iter_rows(named=True):
        schemes[row["typology"], row["scheme_id"]].add(row["shipment_id"])
    told: dict[str, list[frozenset[str]]] = defaultdict(list)
    for (typology, _), shipments in schemes.items():
        told[typology].append(frozenset(shipments))
    return told


def _sorted(schemes: Iterable[frozenset[str]]) -> list[list[str]]:
    return sorted(sorted(scheme) for scheme in schemes)


@pytest.mark.parametrize(
    "typology", ["daily_limit", "order_split", "suspended_claim", "informal_entry_split", "over_informal_limit"]
)
def test_the_truth_is_what_the_law_makes_of_what_was_written(written: Written, typology: str) -> None:
    expected = _expected(written.shipments.fill_null("").cast(str).to_dicts())[typology]
    assert len(expected) >= (10 if typology == "over_informal_limit" else 30)
    assert _sorted(_told(written)[typology]) == _sorted(expected)


def test_after_the_end_of_the_exemption_claims_are_all_that_is_left(tmp_path: Path) -> None:
    late = read_back(synthesize(tmp_path, shipments=2_000, weeks=3, start=date(2025, 9, 1)))
    splits = {"daily_limit", "order_split", "suspended_claim", "informal_entry_split", "over_informal_limit"}
    assert set(late.flags["typology"]) & splits == {"suspended_claim", "informal_entry_split", "over_informal_limit"}
    expected = _expected(late.shipments.fill_null("").cast(str).to_dicts())
    assert {name: _sorted(schemes) for name, schemes in expected.items() if schemes} == {
        name: _sorted(schemes) for name, schemes in _told(late).items() if name in splits
    }


def test_deliberate_and_harmless_schemes_are_both_there(written: Written) -> None:
    kinds = set(written.flags.select("typology", "is_deliberate").unique().iter_rows())
    assert {
        ("daily_limit", "true"),
        ("daily_limit", "false"),
        ("order_split", "true"),
        ("order_split", "false"),
    } <= kinds


def test_look_alikes_are_no_schemes(written: Written) -> None:
    rows = written.shipments.filter(~written.shipments["is_gift"].fill_null("").eq("true"))
    exempt = rows.filter(rows["entry_type"].is_in(["86", "321", "mail"]), rows["exemption_claimed"].ne_missing("false"))
    days = exempt.group_by("person_id", "arrival_date").agg(
        pieces=pl.len(), cents=pl.col("cents").sum(), highest=pl.col("cents").max()
    )
    assert len(days.filter(days["cents"] == 800_00, days["pieces"] > 1)) >= 6
    assert len(days.filter(days["highest"] > 800_00, days["pieces"] == 1)) >= 6

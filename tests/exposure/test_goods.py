"""The longest beginning of a tariff number decides which list it is on."""

from datetime import date

import polars as pl
import pytest

from analytics.exposure.goods import lists_of_goods
from tests.exposure.tables import reference, tables

DAY = date(2025, 1, 15)


def row(prefix, listed, begin=date(2018, 7, 6), end=None):
    return {
        "regime": "us",
        "scheme": "S",
        "hts_prefix": prefix,
        "goods_list": listed,
        "valid_from": begin,
        "valid_to": end,
    }


def listed(hts8, *rows, day=DAY):
    cases = pl.DataFrame(
        {"hts_line": [hts8], "arrival_date": [day]}, schema={"hts_line": pl.String, "arrival_date": pl.Date}
    )
    return lists_of_goods(cases, reference("ref_duty_layer_goods", *rows))["goods_list"].to_list()


def test_the_longest_beginning_wins():
    rows = [row("ALL", "none"), row("61", "A"), row("6110", "B"), row("61103030", "C")]
    found = [listed(hts8, *rows) for hts8 in ("61103030", "61103010", "61091000", "62052020")]
    assert found == [["C"], ["B"], ["A"], ["none"]]


def test_nothing_is_said_where_no_row_fits():
    assert listed("62052020", row("61", "A")) == []
    assert listed(None, row("ALL", "none")) == []


def test_rows_hold_in_their_time():
    rows = [row("85", "A", end=DAY), row("85", "B", begin=DAY)]
    assert [listed("85076000", *rows, day=day) for day in (date(2025, 1, 14), DAY)] == [["A"], ["B"]]


@pytest.mark.parametrize(
    ("hts8", "found"),
    [
        ("61103030", "L4A"),
        ("61071910", "none"),
        ("42029245", "L3"),
        ("64029931", "none"),
        ("64029932", "L4A"),
        ("71179090", "L4A"),
        ("84713001", "none"),
        ("85176200", "L3|L4A"),
        ("95030000", "none"),
        ("29163906", "L3"),
        ("25041050", "L1|L2|L3|L4A|none"),
    ],
)
def test_the_shipped_lists(hts8, found):
    cases = pl.DataFrame({"hts_line": [hts8], "arrival_date": [DAY]})
    shipped = lists_of_goods(cases, tables()["ref_duty_layer_goods"]).filter(pl.col("scheme") == "S301_CN")
    assert shipped["goods_list"].to_list() == [found]

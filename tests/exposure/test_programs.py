"""Which programs fall on which goods, on both sides of the days on which they change."""

from datetime import date, timedelta

import pytest

from analytics.exposure.duties import DutyTables, duties_of_lines, duties_of_shipments
from analytics.exposure.settings import Settings
from tests.exposure.tables import line, lines, tables

SOFA, CABINET, PAN = "9401616011", "9403409060", "7418100051"


def duties(*rows, settings=None):
    """{layer: (floor, base, ceiling, driver, unknown)} of some lines."""
    found = duties_of_lines(lines(*rows), DutyTables.of(tables()), settings or Settings())
    columns = ("floor", "base", "ceiling", "driver", "is_unknown")
    return {row["layer"]: tuple(row[name] for name in columns) for row in found.rows(named=True)}


def owed(*rows):
    found = duties_of_lines(lines(*rows), DutyTables.of(tables()), Settings())
    return duties_of_shipments(found).row(0, named=True)


def percent(layer, **of_line):
    """Least and most of a duty in percent of the value, and whether it is unknown; None where there is none."""
    found = duties(line("100.00", **of_line)).get(layer)
    return found and (found[1] / 100, found[2] / 100, found[4])


@pytest.mark.parametrize(
    ("day", "origin", "hts", "found"),
    [
        (date(2025, 10, 13), "VN", SOFA, None),
        (date(2025, 10, 14), "VN", SOFA, (25, 25, False)),
        (date(2026, 1, 1), "VN", SOFA, (25, 25, False)),
        (date(2027, 1, 1), "VN", SOFA, (30, 30, False)),
        (date(2025, 10, 14), "DE", SOFA, (15, 15, False)),
        (date(2025, 10, 14), "GB", SOFA, (10, 10, False)),
        (date(2025, 11, 13), "KR", SOFA, (25, 25, False)),
        (date(2025, 11, 14), "KR", SOFA, (15, 15, False)),
        (date(2025, 10, 14), "VN", "94016160", (0, 25, True)),
        (date(2025, 10, 14), "VN", "9401616001", (0, 25, True)),
        (date(2025, 10, 14), "VN", CABINET, (0, 25, True)),
        (date(2025, 10, 14), "VN", "95030000", None),
    ],
)
def test_wood_and_furniture(day, origin, hts, found):
    assert percent("S232_WOOD", day=day, origin=origin, hts=hts) == found


@pytest.mark.parametrize(
    ("day", "origin", "hts", "found"),
    [
        (date(2018, 3, 22), "CN", "73063050", None),
        (date(2018, 3, 23), "CN", "73063050", (25, 25, False)),
        (date(2018, 3, 23), "CN", "76072010", (10, 10, False)),
        (date(2018, 3, 23), "DE", "73063050", (0, 0, True)),
        (date(2025, 3, 11), "DE", "73239300", None),
        (date(2025, 3, 12), "DE", "73239300", (0, 25, True)),
        (date(2025, 6, 3), "DE", "73239300", (0, 25, True)),
        (date(2025, 6, 4), "DE", "73239300", (0, 50, True)),
        (date(2025, 6, 4), "GB", "73239300", (0, 25, True)),
        (date(2025, 8, 17), "VN", "84145130", None),
        (date(2026, 4, 5), "VN", "73239300", (0, 50, True)),
        (date(2026, 4, 6), "VN", "73181560", (50, 50, False)),
        (date(2026, 4, 6), "GB", "73181560", (25, 25, False)),
    ],
)
def test_steel_and_aluminum(day, origin, hts, found):
    assert percent("S232_METALS", day=day, origin=origin, hts=hts) == found


@pytest.mark.parametrize(
    ("day", "layer", "hts", "found"),
    [
        (date(2025, 7, 31), "S232_COPPER", PAN, None),
        (date(2025, 8, 1), "S232_COPPER", PAN, (0, 50, True)),
        (date(2026, 4, 6), "S232_COPPER", PAN, None),
        (date(2025, 5, 2), "S232_VEHICLES", "8708305090", None),
        (date(2025, 5, 3), "S232_VEHICLES", "8708305090", (0, 25, True)),
        (date(2026, 1, 14), "S232_SEMICONDUCTORS", "8542310001", None),
        (date(2026, 1, 15), "S232_SEMICONDUCTORS", "8542310001", (0, 0, True)),
        (date(2026, 1, 14), "S232_SEMICONDUCTORS", "8473301140", None),
        (date(2026, 1, 15), "S232_SEMICONDUCTORS", "8473301140", (0, 25, True)),
        (date(2026, 9, 28), "S232_PHARMACEUTICALS", "30049092", None),
        (date(2026, 9, 29), "S232_PHARMACEUTICALS", "30049092", (0, 0, True)),
        (date(2026, 2, 6), "S201_SOLAR", "8541430010", (0, 0, True)),
        (date(2026, 2, 7), "S201_SOLAR", "8541430010", None),
    ],
)
def test_other_programs_begin_and_end_on_their_day(day, layer, hts, found):
    assert percent(layer, day=day, origin="VN", hts=hts) == found


def test_orders_against_goods_of_china_are_named_and_not_reckoned():
    assert percent("ADCVD", hts="3406000000", origin="CN") == (0, 0, True)
    assert percent("ADCVD", hts="3406000000", origin="VN") is None


def test_goods_under_section_232_owe_neither_the_forced_labor_duty_nor_section_122():
    for day, other in ((date(2026, 3, 3), "S122"), (date(2026, 8, 3), "S301_FL")):
        assert other in duties(line(hts="95030000", origin="VN", day=day))
        found = duties(line(hts=SOFA, origin="VN", day=day))
        assert other not in found
        assert found["S232_WOOD"][:2] == (10000, 10000)


def test_where_section_232_is_only_possible_the_other_duty_is_only_possible_too():
    found = duties(line(hts="82119220", origin="VN", day=date(2026, 8, 3)))
    assert found["S301_FL"][0] == 0
    assert found["S301_FL"][2] > 0


@pytest.mark.parametrize(
    ("origin", "rate"), [("TW", 10), ("BD", 10), ("KH", 10), ("ID", 10), ("MY", 10), ("PK", 10), ("TR", 12.5)]
)
def test_the_forced_labor_duty_as_proposed(origin, rate):
    day = date(2026, 7, 24)
    assert percent("S301_FL", day=day, origin=origin, hts="95030000") == (rate, rate, False)
    assert percent("S301_FL", day=day - timedelta(days=1), origin=origin, hts="95030000") is None


@pytest.mark.parametrize(
    ("layer", "origin", "first", "last", "rate"),
    [
        ("IEEPA_BRAZIL", "BR", date(2025, 8, 6), date(2026, 2, 23), 40),
        ("IEEPA_INDIA", "IN", date(2025, 8, 27), date(2026, 2, 6), 25),
    ],
)
def test_void_programs_of_other_countries_are_shown_and_counted_only_where_asked(layer, origin, first, last, rate):
    for day, held in (
        (first, True),
        (last, True),
        (first - timedelta(days=1), False),
        (last + timedelta(days=1), False),
    ):
        row = line("100.00", hts="95030000", origin=origin, day=day)
        found = duties(row).get(layer)
        assert (found is not None) is held
        if held:
            assert found[1] == 0
            assert duties(row, settings=Settings(counted=("contested_ieepa",)))[layer][1] == rate * 100


@pytest.mark.parametrize(
    ("hts", "found"),
    [
        ("95030000", (10, 10, False)),
        ("02011005", None),
        ("85051100", (0, 10, False)),
        ("8505110070", None),
        (None, (10, 10, False)),
    ],
)
def test_section_122_leaves_out_the_lines_of_its_annex(hts, found):
    assert percent("S122", day=date(2026, 3, 3), origin="AR", hts=hts) == found


def test_what_is_not_known_is_named():
    assert owed(line(hts="8542310001", origin="VN", day=date(2026, 3, 3)))["unread"] == ["S232_SEMICONDUCTORS"]
    assert owed(line())["unread"] == []

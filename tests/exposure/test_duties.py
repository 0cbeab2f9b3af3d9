"""Duty by the line and by the layer, in cents."""

from datetime import date

import pytest

from analytics.exposure.duties import DutyTables, duties_of_lines, duties_of_shipments
from analytics.exposure.settings import Settings
from tests.exposure.tables import line, lines, tables


def layers(*rows, settings=None):
    """{layer: (floor, base, ceiling, widest, driver)} of some lines."""
    found = duties_of_lines(lines(*rows), DutyTables.of(tables()), settings or Settings())
    columns = ("floor", "base", "ceiling", "widest", "driver")
    return {row["layer"]: tuple(row[name] for name in columns) for row in found.rows(named=True)}


def owed(*rows, settings=None):
    """The one shipment that they are lines of."""
    found = duties_of_lines(lines(*rows), DutyTables.of(tables()), settings or Settings())
    return duties_of_shipments(found).row(0, named=True)


@pytest.mark.parametrize(
    ("value", "cents"),
    [("400.00", 12800), ("400.49", 12800), ("400.50", 12832), ("0.49", 0), ("0.50", 32), ("799.99", 25600)],
)
def test_duty_is_taken_on_whole_dollars_fifty_cents_up(value, cents):
    assert layers(line(value))["GENERAL"][1] == cents


def test_each_layer_is_brought_to_the_cent_half_a_cent_up():
    assert layers(line("403.00"))["S301_CN"][1] == 3023  # 30.225


def test_lines_are_rounded_one_by_one():
    assert owed(line("10.50"), line("10.50"))["duty_base"] == 2 * (352 + 83)


def test_sweaters_from_china_owe_the_general_rate_and_list_4a():
    assert layers(line()) == {
        "GENERAL": (12800, 12800, 12800, 12800, "certain"),
        "S301_CN": (3000, 3000, 3000, 3000, "certain"),
    }


@pytest.mark.parametrize("hts", ["6110303053", "61103030"])
def test_ten_digits_have_the_rate_of_their_eight(hts):
    assert owed(line(hts=hts))["duty_base"] == 15800


@pytest.mark.parametrize("hts", [None, "6110", "99999999", "04061008"])
def test_what_the_value_does_not_decide_is_unknown_and_not_nothing(hts):
    found = owed(line(), line(hts=hts, origin="VN"))
    assert (found["duty_base"], found["is_duty_unknown"]) == (15800, True)


@pytest.mark.parametrize(
    ("day", "floor", "driver"),
    [
        (date(2020, 6, 30), 0, "other_schedule"),
        (date(2020, 7, 1), 12800, "certain"),
        (date(2025, 12, 31), 12800, "certain"),
        (date(2026, 2, 12), 12800, "certain"),
        (date(2026, 2, 13), 12800, "carried_rate"),
        (date(2026, 12, 31), 12800, "carried_rate"),
        (date(2027, 1, 1), 0, "other_schedule"),
    ],
)
def test_the_rate_of_another_schedule_leaves_the_floor_empty(day, floor, driver):
    assert layers(line(day=day, origin="VN"))["GENERAL"] == (floor, 12800, 12800, 12800, driver)


@pytest.mark.parametrize(
    ("day", "hts", "cents"),
    [
        (date(2019, 5, 9), "42029245", 4000),
        (date(2019, 5, 10), "42029245", 10000),
        (date(2020, 2, 13), "61103030", 6000),
        (date(2020, 2, 14), "61103030", 3000),
        (date(2024, 12, 31), "85423100", None),
        (date(2025, 1, 1), "85423100", 20000),
    ],
)
def test_layers_change_on_their_day(day, hts, cents):
    found = layers(line(hts=hts, day=day))["S301_CN"]
    assert found[1] == cents if cents is not None else found[4] == "goods_list"


def test_a_line_on_no_list_owes_nothing_more():
    assert set(layers(line(hts="9503000073"))) == {"GENERAL"}


def test_a_line_whose_list_is_not_known_widens_the_range_and_is_unknown():
    assert layers(line(hts="25041050"))["S301_CN"] == (0, 0, 10000, 10000, "goods_list")
    assert owed(line(hts="25041050"))["is_duty_unknown"]


def test_of_two_lists_the_less_is_in_the_headline():
    assert layers(line(hts="8517620090"))["S301_CN"][:3] == (3000, 3000, 10000)


@pytest.mark.parametrize(
    ("counted", "base", "ceiling"), [((), 0, 0), (("contested_ieepa",), 58000, 58000)], ids=["by default", "if asked"]
)
def test_void_duties_are_out_of_every_figure_and_still_shown(counted, base, ceiling):
    found = layers(line(day=date(2025, 4, 12)), settings=Settings(counted=counted))
    void = [row for row in found.values() if row[4] == "contested_ieepa"]
    assert [sum(column) for column in zip(*(row[:4] for row in void), strict=True)] == [0, base, ceiling, 58000]


@pytest.mark.parametrize(
    ("day", "counted", "figures"),
    [
        (date(2026, 2, 23), ("contested_s122",), None),
        (date(2026, 2, 24), ("contested_s122",), (0, 4000, 4000)),
        (date(2026, 7, 23), (), (0, 0, 4000)),
        (date(2026, 7, 24), ("contested_s122",), None),
    ],
)
def test_section_122_is_in_the_headline_and_never_in_the_floor(day, counted, figures):
    found = layers(line(day=day, origin="AR"), settings=Settings(counted=counted)).get("S122")
    assert (found and found[:3]) == figures


def test_a_duty_in_place_of_all_others_takes_them_out_of_headline_and_floor():
    found = layers(line(day=date(2026, 3, 2), origin="VN", mode="mail"))
    assert found["S122"][:3] == (0, 4000, 4000)
    assert found["GENERAL"] == (0, 0, 12800, 12800, "postal_method")


def test_where_the_method_of_mail_is_void_the_ordinary_duty_stands_in_for_the_headline_only():
    found = layers(line(day=date(2025, 6, 2), mode="mail"))
    assert found["GENERAL"][:3] == (0, 12800, 12800)
    assert found["POSTAL"] == (0, 0, 0, 21600, "contested_ieepa")


@pytest.mark.parametrize(("origin", "floor"), [("MX", 0), ("KR", 0), ("VN", 12800)])
def test_a_claim_under_an_agreement_may_spare_the_general_duty(origin, floor):
    assert layers(line(origin=origin))["GENERAL"][:3] == (floor, 12800, 12800)


@pytest.mark.parametrize(("hts", "cents"), [("61103030", 0), ("95030000", 4000), ("64029931", 1600)])
def test_a_minimum_total_tops_the_general_rate_up(hts, cents):
    found = layers(line(hts=hts, day=date(2026, 8, 3), origin="DE")).get("S301_FL")
    assert (found[1] if found else 0) == cents


def test_taxes_on_alcohol_are_unknown():
    found = owed(line(hts="22042150", origin="FR"))
    assert found["is_duty_unknown"]
    assert found["drivers"] == ["rate_unknown"]


def test_without_an_origin_duties_by_origin_are_left_out_and_that_is_said():
    found = owed(line(origin=None))
    assert (found["duty_base"], found["is_duty_unknown"], found["is_origin_unknown"]) == (12800, True, True)


def test_no_lines_no_duties():
    assert duties_of_lines(lines(), DutyTables.of(tables()), Settings()).is_empty()

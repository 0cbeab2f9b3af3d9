"""The most that may be asked, and what only a person decides."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.errors import UsageError
from analytics.exposure.penalties import (
    floor_state,
    floored,
    manual_penalty,
    most_penalty,
    with_penalty_floor,
    with_penalty_terms,
)
from analytics.exposure.settings import Settings
from tests.exposure.tables import reference, tables


def terms(culpability, day=date(2025, 1, 15), **figures):
    readings = pl.DataFrame({"last_day": [day], **{name: [value] for name, value in figures.items()}})
    return with_penalty_terms(readings, tables()["ref_penalties"], Settings(culpability=culpability))


@pytest.mark.parametrize(
    ("culpability", "loss", "dutiable", "domestic", "cents"),
    [
        ("negligence", 48186, 120000, 120000, 96372),
        ("gross_negligence", 20000, 120000, 120000, 80000),
        ("gross_negligence", 48186, 120000, 120000, 120000),
        ("negligence", 0, 120000, 120000, 24000),
        ("gross_negligence", 0, 120000, 120000, 48000),
        ("fraud", 48186, 120000, 120000, 120000),
        ("fraud", 0, 120000, 120000, 120000),
    ],
)
def test_the_most_by_culpability(culpability, loss, dutiable, domestic, cents):
    frame = terms(culpability, loss=loss, dutiable=dutiable, domestic=domestic)
    assert frame.select(most_penalty(pl.col("loss"), pl.col("dutiable"), pl.col("domestic"))).item() == cents


@pytest.mark.parametrize(
    ("day", "is_said"),
    [(date(2025, 8, 2), False), (date(2025, 8, 3), True), (date(2027, 6, 30), True), (date(2027, 7, 1), False)],
)
def test_what_a_person_decides_is_said_in_its_window(day, is_said):
    assert ("1321(c)" in terms("negligence", day=day)["penalty_said"][0]) is is_said


@pytest.mark.parametrize(
    ("earlier", "violations", "amount"),
    [(0, 0, "0"), (0, 1, "5000"), (0, 3, "25000"), (1, 1, "10000"), (2, 2, "20000")],
)
def test_the_first_violation_costs_less_than_the_later_ones(earlier, violations, amount):
    assert manual_penalty(date(2025, 8, 10), earlier=earlier, violations=violations) == Decimal(amount)


@pytest.mark.parametrize("day", [date(2025, 8, 2), date(2027, 7, 1)])
def test_outside_its_window_it_is_refused(day):
    with pytest.raises(UsageError, match="2025-08-03"):
        manual_penalty(day)


def test_negative_numbers_are_refused():
    with pytest.raises(UsageError, match="0 or more"):
        manual_penalty(date(2025, 8, 10), violations=-1)


def floored_terms(*rows, regime="us"):
    table = pl.concat([tables()["ref_penalty_floors"], reference("ref_penalty_floors", *rows)])
    return with_penalty_floor(pl.DataFrame({"flag_id": ["f"]}), table, Settings(regime=regime)).row(0, named=True)


def test_the_floor_that_is_ordered_is_said_to_be_out_of_force():
    terms = floored_terms()
    assert (terms["share_of_assessed"], terms["share_if_repeated"]) == (Decimal("0.5"), 1)
    first, note, _ = json.loads(f"[{terms['floor_said']}]")
    assert first.startswith(
        "Not in force: no rule found. The order asks for a floor of no less than 50% of the assessed"
    )
    assert "100% for a repeat offender" in first
    assert "none was found by 2026-11-29" in note


def test_a_newer_row_that_is_in_force_is_said_to_be():
    rule = {
        "regime": "us", "provision": "1592", "share_of_assessed": Decimal("0.6"), "share_if_repeated": Decimal(1),
        "status": "in_force", "valid_from": date(2027, 1, 1), "source": "a rule", "confidence": "official",
    }  # fmt: skip
    terms = floored_terms(rule)
    assert terms["share_of_assessed"] == Decimal("0.6")
    assert json.loads(f"[{terms['floor_said']}]")[0] == (
        "In force from 2027-01-01. Mitigation leaves no less than 60% of the assessed penalty, and 100% for a repeat "
        "offender (a rule)."
    )
    assert floored_terms({**rule, "provision": "other"})["share_of_assessed"] == Decimal("0.5")


def test_a_regime_without_a_floor_says_none():
    assert floored_terms(regime="eu") == {
        "flag_id": "f", "share_of_assessed": None, "share_if_repeated": None, "floor_said": None,
    }  # fmt: skip


@pytest.mark.parametrize(("penalty", "share", "left"), [(96372, "0.50", 48186), (3, "0.50", 2), (3, "1.00", 3)])
def test_what_is_left_is_brought_to_the_cent(penalty, share, left):
    frame = pl.DataFrame(
        {"penalty": [penalty], "share": [Decimal(share)]}, schema_overrides={"share": pl.Decimal(18, 8)}
    )
    assert frame.select(floored(pl.col("penalty"), "share")).item() == left


def test_the_state_of_the_floor_is_told_in_a_few_words():
    assert floor_state(f"[{floored_terms()['floor_said']}]") == "not in force: no rule found"
    assert floor_state('["In force from 2027-01-01. Mitigation leaves less."]') == "in force from 2027-01-01"

"""What the tables say of persons, days, goods, customs' own check, deadlines and records, on both sides of each day."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from analytics.rulebook import load_references
from analytics.rulebook.lookup import in_force

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def tables():
    return load_references().for_regime("us").tables


def held(tables, name, on, **only):
    return in_force(tables[name], on).filter(**only)


@pytest.mark.parametrize(
    ("first", "before", "after"),
    [
        (date(2024, 7, 25), "by eye", "Release 1"),
        (date(2025, 8, 12), "Release 1", "Release 3"),
        (date(2025, 8, 29), "Release 3", "exemption off"),
    ],
)
def test_stages_of_customs_own_check(tables, first, before, after):
    stages = [held(tables, "ref_ace_stages", day)["stage"].to_list() for day in (first - DAY, first)]
    assert stages == [[before], [after]]


def test_only_release_3_withheld_and_it_ran_for_17_days(tables):
    (row,) = tables["ref_ace_stages"].filter(effect="withhold").rows(named=True)
    assert (row["valid_to"] - row["valid_from"]).days == 17
    assert row["modes"] == "NOT(mail)"


@pytest.mark.parametrize(
    ("code", "effect", "confidence"),
    [("SN517", "warn", "official"), ("95", "warn", "official"), ("4M", "withhold", "official"),
     ("2M", "warn", "unverified"), ("098", "warn", "unverified"), ("34", "reject", "unverified")],
)  # fmt: skip
def test_notice_codes_and_how_sure_we_are_of_them(tables, code, effect, confidence):
    (row,) = tables["ref_ace_notice_codes"].filter(code=code).rows(named=True)
    assert (row["effect"], row["confidence"]) == (effect, confidence)


@pytest.mark.parametrize(
    ("on", "within"),
    [(date(2024, 2, 14), [15]), (date(2024, 2, 15), [0]), (date(2025, 8, 28), [0]), (date(2025, 8, 29), [])],
)
def test_a_type_86_entry_has_its_deadline_of_the_day(tables, on, within):
    assert held(tables, "ref_deadlines", on, deadline="type_86_entry")["within_days"].to_list() == within


@pytest.mark.parametrize(
    ("on", "entry_type", "within"),
    [
        (date(2004, 12, 12), "321", []),
        (date(2004, 12, 13), "321", [0]),
        (date(2025, 8, 28), "321", [0]),
        (date(2025, 8, 29), "321", []),
        (date(1998, 11, 30), "11", []),
        (date(1998, 12, 1), "11", [15]),
        (date(2026, 10, 1), "11", [15]),
    ],
)
def test_deadlines_of_manifests_and_informal_entries(tables, on, entry_type, within):
    assert held(tables, "ref_deadlines", on, deadline=f"type_{entry_type}_entry")["within_days"].to_list() == within


def test_deadlines_of_a_prior_disclosure(tables):
    found = held(tables, "ref_deadlines", date(2025, 1, 2)).filter(pl.col("deadline").str.starts_with("prior"))
    assert dict(found.select("deadline", "within_days").rows()) == {
        "prior_disclosure_in_writing": 10,
        "prior_disclosure_data": 30,
        "prior_disclosure_tender": 30,
    }


@pytest.mark.parametrize(("on", "count"), [(date(2026, 7, 23), 0), (date(2026, 7, 24), 1), (date(2027, 7, 1), 0)])
def test_the_monthly_date_of_postal_entries(tables, on, count):
    assert held(tables, "ref_deadlines", on, deadline="postal_informal_entry_month").height == count


@pytest.mark.parametrize(
    ("place", "inside"), [("PR", True), ("GU", False), ("VI", False), ("AS", False), ("MP", False)]
)
def test_what_is_inside_the_customs_territory(tables, place, inside):
    assert held(tables, "ref_territories", date(2025, 1, 2), place=place)["is_inside"].to_list() == [inside]


def test_an_owner_who_is_named_comes_first_and_a_forwarder_never(tables):
    persons = held(tables, "ref_persons", date(2025, 1, 2)).sort("precedence")
    assert persons["person"][0] == "The owner or purchaser"
    assert not persons.filter(pl.col("person").str.contains("^The (forwarder|broker|carrier)")).height


@pytest.mark.parametrize(
    ("on", "eligible"), [(date(2025, 5, 1), True), (date(2027, 6, 30), True), (date(2027, 7, 1), None)]
)
def test_goods_under_section_301_duty_were_never_ineligible_by_that_alone(tables, on, eligible):
    found = held(tables, "ref_goods_conditions", on).filter(pl.col("goods").str.contains("301"))
    assert found["is_eligible"].to_list() == ([] if eligible is None else [eligible])


@pytest.mark.parametrize(("on", "kept"), [(date(1998, 7, 15), False), (date(1998, 7, 16), True)])
def test_the_two_years_for_records_of_releases_began_on_one_day(tables, on, kept):
    for name, only in (("ref_retention", {"years": 2}), ("ref_clocks", {"clock": "records_exempt"})):
        assert (held(tables, name, on, **only).height == 1) is kept


@pytest.mark.parametrize("goods", ["Perfume", "Firearms", "Hazardous"])
def test_goods_that_the_exemption_leaves_out(tables, goods):
    days = (date(1993, 12, 7), date(1993, 12, 8), date(2027, 6, 30), date(2027, 7, 1))
    rows = [
        held(tables, "ref_goods_conditions", day, pool="standard").filter(pl.col("goods").str.starts_with(goods))
        for day in days
    ]
    assert [row["is_eligible"].to_list() for row in rows] == [[], [False], [False], []]


def test_records_of_releases_are_kept_for_less_than_a_suit_may_take(tables):
    years = dict(held(tables, "ref_retention", date(2025, 1, 2)).select("records", "years").rows())
    assert sorted(years.values()) == [2, 5]


@pytest.mark.parametrize(("on", "needed"), [(date(2024, 7, 24), False), (date(2024, 7, 25), True)])
def test_the_estimated_date_of_arrival_became_required(tables, on, needed):
    elements = held(tables, "ref_required_data", on, program="type_86")["column_name"].to_list()
    assert ("estimated_arrival_date" in elements) is needed


def test_every_data_element_stands_in_a_column_of_the_shipments(tables):
    from analytics.contracts.shipments import Shipments

    named = set(tables["ref_required_data"]["column_name"].drop_nulls())
    assert named <= set(Shipments.column_names())


@pytest.mark.parametrize(
    ("on", "amounts"), [(date(2025, 5, 2), [100]), (date(2025, 8, 28), [100]), (date(2025, 8, 29), [80, 160, 200])]
)
def test_flat_duties_on_mail(tables, on, amounts):
    assert held(tables, "ref_flat_duties", on)["amount"].sort().to_list() == amounts


def test_conditions_of_the_checklist_stand_in_one_order(tables):
    places = held(tables, "ref_checked_conditions", date(2025, 1, 2))["place"].sort().to_list()
    assert places == list(range(1, len(places) + 1))


def test_every_table_says_whence_it_is(tables):
    dated = [table for table in tables.values() if "source" in table.columns]
    assert len(dated) > 15
    assert not [table for table in dated if table["source"].null_count() or (table["source"] == "").any()]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 6, 3), "Strengthening Customs Enforcement"),
        (date(2026, 9, 1), "within 90 days"),
        (date(2026, 11, 30), "within 180 days"),
    ],
)
def test_the_order_of_2026_and_the_days_by_which_it_asks_for_rules(tables, day, words):
    (event,) = tables["ref_law_events"].filter(pl.col("event").str.contains(words)).rows(named=True)
    assert (event["valid_from"], event["confidence"]) == (day, "secondary")
    assert "was found by 2026-11-29" in event["effect"]
    assert (day - date(2026, 6, 3)).days in (0, 90, 180)


@pytest.mark.parametrize(("on", "bars"), [(date(2026, 6, 2), []), (date(2026, 6, 3), ["ordered"])])
def test_the_bar_on_importers_abroad_is_ordered_and_not_in_force(tables, on, bars):
    assert held(tables, "ref_limits", on, kind="importer_bar")["status"].to_list() == bars


def test_the_floor_under_penalties_is_ordered_and_not_in_force(tables):
    (row,) = tables["ref_penalty_floors"].rows(named=True)
    assert (row["status"], row["share_of_assessed"], row["share_if_repeated"]) == ("ordered", Decimal("0.5"), 1)

"""Entries filed after their deadline: int_members__late_filing, int_measures__late_filing."""

from datetime import UTC, date, datetime

import pytest

from tests.sql.chain import lines

OLD, NEW = date(2024, 2, 14), date(2024, 2, 15)


def found(chain, *changes, **more):
    return chain.only("late_filing", lines(*changes), **more)


def filed(arrival, *moment, **more):
    return {"arrival_date": arrival, "declared_at": datetime(*moment, tzinfo=UTC), **more}


def filers(flags):
    """Numbers of the filers that flags are about."""
    return sorted(int(flag["subject"].partition(",")[0].removeprefix("filer F")) for flag in flags)


def test_an_entry_is_late_the_day_after_its_deadline(chain):
    cases = [
        (filed(OLD, 2024, 2, 29, 23), False),  # the fifteenth day
        (filed(OLD, 2024, 3, 1, 4, 59), False),  # still that day in New York
        (filed(OLD, 2024, 3, 1, 5), True),  # the sixteenth
        (filed(NEW, 2024, 2, 15, 23), False),  # from here on upon arrival
        (filed(NEW, 2024, 2, 16, 4, 59), False),
        (filed(NEW, 2024, 2, 16, 5), True),
        (filed(NEW, 2024, 2, 10, 5), False),
        (filed(date(2025, 8, 28), 2025, 8, 30, 12), True),
        (filed(date(2025, 8, 29), 2025, 8, 31, 12), False),  # no such entry is taken any more
        (filed(date(2019, 9, 27), 2019, 12, 1, 12), False),  # the test had not begun
    ]
    entries = ({**change, "filer_code": f"F{number}"} for number, (change, _) in enumerate(cases))
    assert filers(found(chain, *entries)) == [number for number, (_, flagged) in enumerate(cases) if flagged]


def test_manifests_come_before_arrival_and_informal_entries_within_fifteen_days(chain):
    cases = [
        ("321", filed(NEW, 2024, 2, 16, 4), False),
        ("321", filed(NEW, 2024, 2, 16, 6), True),
        ("321", filed(date(2025, 8, 29), 2025, 9, 3, 6), False),
        ("11", filed(date(2026, 10, 1), 2026, 10, 17, 3), False),  # still the fifteenth day in New York
        ("11", filed(date(2026, 10, 1), 2026, 10, 17, 5), True),
    ]
    entries = ({**row, "entry_type": entry, "filer_code": f"F{number}"} for number, (entry, row, _) in enumerate(cases))
    assert filers(found(chain, *entries)) == [number for number, (*_, flagged) in enumerate(cases) if flagged]


def test_informal_mail_is_declared_by_the_seventh_of_the_next_month(chain):
    august = date(2026, 8, 5)
    cases = [
        ("13", filed(august, 2026, 9, 8, 3), False),  # still the seventh in New York
        ("13", filed(august, 2026, 9, 8, 5), True),
        ("mail", filed(date(2026, 8, 31), 2026, 9, 8, 5), True),
        ("mail", filed(august, 2026, 9, 8, 5, is_gift=True, declared_value="90"), False),  # passed free
        ("13", filed(date(2026, 7, 23), 2026, 9, 20, 5), False),  # before the rule
        ("13", filed(date(2026, 12, 31), 2027, 1, 8, 6), True),
    ]
    rows = (
        {**row, "entry_type": entry, "mode": "mail", "filer_code": f"F{at}"} for at, (entry, row, _) in enumerate(cases)
    )
    assert filers(found(chain, *rows)) == [at for at, (*_, flagged) in enumerate(cases) if flagged]


@pytest.mark.parametrize(("entry", "late"), [("01", True), ("03", True), ("12", True), ("06", False), ("31", False)])
def test_the_fifteen_days_bind_entries_for_consumption(chain, entry, late):
    row = filed(date(2026, 9, 2), 2026, 9, 18, 12, entry_type=entry, filer_code="F1")
    assert filers(found(chain, row)) == ([1] if late else [])


def test_where_the_hour_of_arrival_is_known_hours_are_compared(chain):
    arrived = datetime(2024, 2, 15, 15, tzinfo=UTC)
    entries = (filed(NEW, 2024, 2, 15, hour, arrival_at=arrived, filer_code=f"F{hour}") for hour in (14, 15, 16))
    assert filers(found(chain, *entries)) == [16]


def test_only_entries_with_a_deadline_and_a_time_are_tested(chain):
    changes = [{}, {"entry_type": "11"}, {"entry_type": None}, {"declared_at": None}]
    late = filed(NEW, 2024, 3, 1, 5)
    entries = ({**late, "filer_code": f"F{number}", **change} for number, change in enumerate(changes))
    assert filers(found(chain, *entries)) == [0]


def test_the_entries_of_a_filer_and_week_are_one_flag(chain):
    late = filed(NEW, 2024, 2, 18, 12)
    flags = found(chain, {**late, "filer_code": "ABC"}, {**late, "filer_code": "ABC"}, late)
    assert [(flag["subject"], flag["shipments"]) for flag in flags] == [
        ("filer ABC, week of 2024-02-12, entry type 86, 0 days", 2),
        ("filer not known, week of 2024-02-12, entry type 86, 0 days", 1),
    ]
    assert flags[0]["reason"].startswith("2 entries were filed after the deadline, by up to 3 days.")
    assert "hour of arrival is not known" in flags[0]["counter_reasons"]
    assert chain.table("int_members__late_filing").height == 3


@pytest.mark.parametrize(("basis", "strength"), [("arrival", "objective"), ("estimated_arrival", "inferred")])
def test_another_date_in_place_of_the_arrival_is_an_inference(chain, basis, strength):
    (flag,) = found(chain, filed(NEW, 2024, 2, 18, 12, date_basis=basis))
    assert flag["strength"] == strength


def test_the_deadline_of_the_day_is_cited(chain):
    flags = found(chain, filed(OLD, 2024, 3, 9, 12), filed(NEW, 2024, 2, 18, 12))
    assert sorted(flag["legal_basis"].split(";")[0] for flag in flags) == ["84 FR 40079", "89 FR 2630"]

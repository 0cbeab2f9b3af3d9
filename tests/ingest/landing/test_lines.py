"""Several rows under one shipment number and no line number: lines where they differ, else lines or repeats."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analytics.errors import AmbiguousInput

SHIRT, CAP = {"description": "shirt"}, {"description": "cap", "declared_value": "20"}
OTHER = {"shipment_id": "S2", "description": "mug"}
LIMITS = pl.DataFrame(
    {
        "limit_amount": ["800.00", "100.00", None],
        "limit_currency": ["USD", "USD", None],
        "pool": ["standard", "gift", "standard"],
        "valid_from": [date(2016, 3, 10), date(1994, 7, 28), date(2026, 1, 1)],
        "valid_to": [date(2026, 1, 1), None, None],
    }
)


def rows_are(reading):
    return f'[[source]]\nmatch = "*.csv"\nrows = "{reading}"\n'


def counts(intake):
    return [(item.read, item.accepted, item.rejected, item.repeated) for item in intake.inputs]


def notes(intake):
    return [note for item in intake.inputs for note in item.notes]


def test_rows_that_differ_are_lines(desk, landed):
    intake = desk.take(desk.rows("a.csv", SHIRT, CAP, OTHER))
    assert counts(intake) == [(3, 3, 0, 0)]
    assert [row["line_no"] for row in landed(intake)] == [None] * 3
    assert notes(intake) == ["1 shipments have several rows without a line number: each row is a line"]


def test_rows_that_stand_twice_as_a_whole_are_asked_about_too(desk):
    desk.limits = LIMITS
    dear = [{**kind, "declared_value": "300"} for kind in (SHIRT, CAP)]
    with pytest.raises(AmbiguousInput, match="1 shipments have equal rows"):
        desk.take(desk.rows("a.csv", *dear * 2))


def test_beside_rows_that_differ_equal_ones_are_lines_too(desk):
    intake = desk.take(desk.rows("a.csv", SHIRT, CAP, CAP, OTHER, OTHER))
    assert counts(intake) == [(5, 5, 0, 0)]
    assert notes(intake)[1].startswith("2 shipments have equal rows: taken for lines")


@pytest.mark.parametrize(
    ("differing", "equal", "accepted"),
    [(1, 10, 2 + 20), (1, 11, 2 + 11), (0, 1, 1)],
)
def test_few_shipments_of_differing_rows_do_not_vouch_for_many(desk, differing, equal, accepted):
    rows = [{"shipment_id": f"D{n}", **kind} for n in range(differing) for kind in (SHIRT, CAP)]
    rows += [{"shipment_id": f"E{n}"} for n in range(equal) for _ in range(2)]
    assert desk.take(desk.rows("a.csv", *rows, {"shipment_id": "alone"})).inputs[0].accepted == accepted + 1


def test_a_file_that_stands_twice_in_itself_is_repeats(desk):
    assert counts(desk.take(desk.rows("a.csv", *[SHIRT, CAP, OTHER] * 2))) == [(6, 3, 0, 3)]


@pytest.mark.parametrize(("reading", "accepted"), [("lines", 4), ("repeats", 2)])
def test_the_mapping_says_what_equal_rows_are(desk, reading, accepted):
    intake = desk.take(desk.rows("a.csv", SHIRT, SHIRT, OTHER, OTHER), mapping=rows_are(reading))
    assert counts(intake) == [(4, accepted, 0, 4 - accepted)]
    assert notes(intake) == [f"2 shipments have equal rows: taken for {reading}, as the mapping says"]


def test_repeats_of_rows_that_differ_are_taken_out_where_the_mapping_says_so(desk):
    assert counts(desk.take(desk.rows("a.csv", SHIRT, CAP, CAP, OTHER), mapping=rows_are("repeats"))) == [(4, 3, 0, 1)]


@pytest.mark.parametrize("change", [{"consignee_name": "Bob Else"}, {"arrival_date": "2025-03-05"}])
def test_rows_of_another_consignee_or_day_are_no_lines(desk, change):
    intake = desk.take(desk.rows("a.csv", SHIRT, {**CAP, **change}, OTHER))
    assert counts(intake) == [(3, 1, 2, 0)]
    assert intake.inputs[0].reasons["two_versions"] == 2


def test_numbered_lines_stay_what_they_were(desk):
    rows = [{**SHIRT, "line_no": "1"}, {**SHIRT, "line_no": "1"}, {**CAP, "line_no": "2"}]
    assert counts(desk.take(desk.rows("a.csv", *rows))) == [(3, 2, 0, 1)]


@pytest.mark.parametrize("later", [[SHIRT, CAP, CAP], [CAP, SHIRT, CAP], [CAP, CAP, SHIRT]])
def test_the_same_lines_in_a_later_file_are_repeats_whatever_their_order(desk, later):
    desk.take(desk.rows("a.csv", SHIRT, CAP, CAP))
    assert counts(desk.take(desk.rows("b.csv", *later, OTHER))) == [(4, 1, 0, 3)]


def test_equal_lines_in_a_later_file_are_what_they_were_in_the_first(desk):
    desk.take(desk.rows("a.csv", CAP, CAP), mapping=rows_are("lines"))
    assert counts(desk.take(desk.rows("b.csv", CAP, CAP, OTHER))) == [(3, 1, 0, 2)]


@pytest.mark.parametrize("later", [[SHIRT, CAP, CAP, CAP], [SHIRT, CAP], [SHIRT]])
def test_another_set_of_lines_is_another_version_as_a_whole(desk, later):
    desk.take(desk.rows("a.csv", SHIRT, CAP, CAP))
    intake = desk.take(desk.rows("b.csv", *later))
    assert counts(intake) == [(len(later), len(later), 0, 0)]
    assert intake.inputs[0].replaced == len(later)


def test_lines_of_two_declarations_are_two_versions(desk):
    rows = [{**kind, "declared_at": f"2025-03-0{day} 08:00"} for day in (1, 2) for kind in (SHIRT, CAP)]
    assert counts(desk.take(desk.rows("a.csv", *rows))) == [(4, 4, 0, 0)]


def test_lines_that_clash_with_another_version_are_rejected_together(desk):
    rows = [{**SHIRT, "declared_at": "2025-03-01 08:00"}, {**CAP, "declared_at": "2025-03-01 08:00"}, SHIRT, OTHER]
    assert counts(desk.take(desk.rows("a.csv", *rows))) == [(4, 1, 3, 0)]


DOUBLE = {"declared_value": "300"}


@pytest.mark.parametrize(
    ("rows", "asks"),
    [
        ([{"declared_value": "400.00"}] * 2, False),
        ([{"declared_value": "400.01"}] * 2, True),  # one parcel of two lines
        ([{"declared_value": "800.01"}] * 2, False),  # oversize either way
        ([DOUBLE] * 2 + [{"shipment_id": "S2", "declared_value": "200.00"}], False),
        ([DOUBLE] * 2 + [{"shipment_id": "S2", "declared_value": "200.01"}], True),  # the same consignee and day
        ([DOUBLE] * 2 + [{"shipment_id": "S2", "declared_value": "200.01", "arrival_date": "2025-03-05"}], False),
        ([{"declared_value": "51", "is_gift": "yes"}] * 2, True),
        ([{"declared_value": "51"}] * 2, False),
        ([{"declared_value": "450", "arrival_date": "2026-01-02"}] * 2, False),  # no limit in force
        ([{"declared_value": "350", "currency": "GBP"}] * 2, True),  # 437.50 dollars each
    ],
)  # fmt: skip
def test_equal_rows_are_asked_about_where_a_limit_depends_on_them(desk, rows, asks):
    desk.limits = LIMITS
    path = desk.rows("a.csv", *rows, {"shipment_id": "S9", "consignee_name": "Cy", "consignee_address": "9 Oak"})
    if asks:
        with pytest.raises(AmbiguousInput, match='rows = "lines"'):
            desk.take(path)
        desk.take(path, mapping=rows_are("lines"))
    else:
        assert "1 shipments have equal rows: taken for repeats" in notes(desk.take(path))[0]


def test_what_landed_earlier_counts_when_asking(desk):
    desk.limits = LIMITS
    desk.take(desk.rows("a.csv", {"shipment_id": "S2", "declared_value": "250"}))
    with pytest.raises(AmbiguousInput, match="at line 2"):
        desk.take(desk.rows("b.csv", DOUBLE, DOUBLE))


def test_a_reading_of_equal_rows_that_means_nothing_is_told(desk):
    from analytics.errors import MappingError

    with pytest.raises(MappingError, match='Write "lines", "repeats" or "totals"'):
        desk.take(desk.rows("a.csv", {}), mapping=rows_are("both"))


TOTALS = [
    {"shipment_id": number, "description": text, "declared_value": value}
    for number, value in (("T1", "30"), ("T2", "45.50"))
    for text in ("shirt", "cap", "mug")
]


@pytest.mark.parametrize("extra", [{}, {"line_no": "1"}], ids=["without numbers", "with numbers"])
def test_one_value_on_all_rows_of_each_shipment_is_asked_about(desk, landed, extra):
    rows = [{**row, **{key: str(at) for key in extra}} for at, row in enumerate(TOTALS)]
    file = desk.rows("a.csv", *rows, OTHER)
    with pytest.raises(AmbiguousInput, match="2 shipments have several rows that differ") as error:
        desk.take(file)
    assert error.value.questions[0].choices == ('rows = "totals"', 'rows = "lines"')
    intake = desk.take(file, mapping=rows_are("totals"))
    assert counts(intake) == [(7, 3, 0, 4)]
    assert sorted(str(row["declared_value"]) for row in landed(intake)) == ["10.00", "30.00", "45.50"]
    assert notes(intake) == ["4 rows say the total of their shipment again: taken for repeats, as the mapping says"]


def test_values_of_rows_that_add_up_are_not_asked_about(desk):
    assert counts(desk.take(desk.rows("a.csv", *TOTALS, SHIRT, CAP))) == [(8, 8, 0, 0)]


def test_totals_in_an_overlapping_later_file_double_nothing(desk):
    desk.take(desk.rows("a.csv", *TOTALS), mapping=rows_are("totals"))
    assert counts(desk.take(desk.rows("b.csv", *TOTALS, OTHER), mapping=rows_are("totals"))) == [(7, 1, 0, 6)]

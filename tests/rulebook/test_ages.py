"""How old the tables are, and when the data go past them."""

from datetime import date

import polars as pl
import pytest

from analytics.errors import UsageError
from analytics.rulebook import ages, load_references, past_the_tables

DAY = date(2026, 3, 1)


def reviews(*rows):
    schema = load_references().tables["ref_reviews"].schema
    usual = {"regime": "us", "tables": "ref_fees", "source": "notices"}
    return pl.DataFrame([{**dict.fromkeys(schema), **usual, **row} for row in rows], schema=schema)


@pytest.mark.parametrize(
    ("last_day", "said"),
    [(date(2026, 2, 28), 0), (DAY, 0), (date(2026, 3, 2), 1), (date(2026, 6, 30), 1), (date(2026, 7, 1), 1)],
)
def test_data_go_past_a_review_on_the_next_day(last_day, said):
    rows = reviews({"subject": "fees", "reviewed_on": DAY, "covers_until": date(2026, 7, 1)})
    found = past_the_tables(rows, last_day)
    assert len(found) == said
    if said:
        assert found[0].startswith(
            "The fees reach to 2026-07-01" if last_day >= date(2026, 7, 1) else "The fees were last"
        )


def test_every_part_is_named_once_in_order():
    rows = reviews(
        {"subject": "rules", "reviewed_on": DAY}, {"subject": "fees", "reviewed_on": DAY},
        {"subject": "programs", "reviewed_on": date(2027, 1, 1)},
    )  # fmt: skip
    assert [text.split()[1] for text in past_the_tables(rows, date(2026, 5, 5))] == ["fees", "rules"]


def test_the_newest_change_is_not_later_than_the_review():
    found = ages()
    assert found["reviewed_on"].is_sorted(descending=True)
    assert (found["newest"] <= found["reviewed_on"]).all()
    rules = found.filter(pl.col("tables").str.contains("ref_limits")).row(0, named=True)
    assert rules["newest"] == date(2026, 11, 10)


def test_the_shipped_reviews_tell_where_the_tables_end():
    tables = load_references().tables
    for row in tables["ref_reviews"].drop_nulls("covers_until").iter_rows(named=True):
        ends = pl.concat(tables[name]["valid_to"] for name in row["tables"].split("|"))
        assert ends.null_count() == 0
        assert ends.max() == row["covers_until"]


def test_of_a_regime_without_reviews_nothing_is_said():
    assert ages(regime="au").is_empty()
    with pytest.raises(UsageError, match="is not known"):
        ages(regime="xx")

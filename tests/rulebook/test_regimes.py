"""What each regime beyond the United States says, and nothing borrowed: the rule of the day, origin and mode."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.rulebook import load_references, rules

# regime, day, origin, mode, what is added up, limit, currency
ANSWERS = [
    ("eu", date(2026, 6, 30), "CN", "air", "EU-D-01", "consignment", 150, "EUR"),
    ("eu", date(2026, 7, 1), "CN", "air", "EU-D-02", "consignment", 150, "EUR"),
    ("eu", date(2028, 6, 30), "CN", "air", "EU-D-02", "consignment", 150, "EUR"),
    ("eu", date(2028, 7, 1), "CN", "air", "EU-D-03", "consignment", None, None),
    ("uk", date(2021, 1, 1), "CN", "mail", "UK-D-01", "consignment", 135, "GBP"),
    ("ca", date(2020, 6, 30), "US", "air", "CA-R-01", "consignment", 20, "CAD"),
    ("ca", date(2020, 7, 1), "US", "air", "CA-D-01", "consignment", 150, "CAD"),
    ("ca", date(2020, 7, 1), "MX", "truck", "CA-D-01", "consignment", 150, "CAD"),
    ("ca", date(2020, 7, 1), "US", "mail", "CA-R-03", "consignment", 20, "CAD"),
    ("ca", date(2020, 7, 1), "CN", "air", "CA-R-02", "consignment", 20, "CAD"),
    ("au", date(2025, 1, 2), "CN", "air", "AU-L-01", "sender_conveyance", 1000, "AUD"),
    ("jp", date(2025, 1, 2), "CN", "air", "JP-L-01", "consignment", 10000, "JPY"),
    ("jp", date(2025, 1, 2), "CN", "mail", "JP-L-02", "sender_conveyance", 10000, "JPY"),
    ("kr", date(2022, 11, 16), "CN", "air", "KR-P-01", "person_day", 150, "USD"),
    ("kr", date(2022, 11, 16), "US", "air", "KR-P-02", "person_day", 200, "USD"),
    ("kr", date(2022, 11, 17), "CN", "air", "KR-P-03", "purchase_day", 150, "USD"),
    ("kr", date(2022, 11, 17), "US", "air", "KR-P-04", "purchase_day", 200, "USD"),
    ("nz", date(2019, 12, 1), "CN", "ocean", "NZ-L-01", "conveyance_consignee", 1000, "NZD"),
]  # fmt: skip
BEGINNINGS = [("eu", date(2009, 12, 31)), ("uk", date(2020, 12, 31)), ("nz", date(2019, 11, 30))]


@pytest.mark.parametrize(("regime", "on", "origin", "mode", "rule", "unit", "limit", "currency"), ANSWERS)
def test_one_exemption_answers(regime, on, origin, mode, rule, unit, limit, currency):
    (row,) = rules(on, origin, mode, regime=regime).filter(kind="exemption", pool="standard").rows(named=True)
    assert (row["rule_id"], row["grouping_key"]) == (rule, unit)
    assert (row["limit_amount"], row["limit_currency"]) == (limit if limit is None else Decimal(limit), currency)


@pytest.mark.parametrize(("regime", "day"), BEGINNINGS)
def test_before_its_first_day_a_regime_says_nothing(regime, day):
    assert rules(day, regime=regime).is_empty()


def test_the_flat_duty_of_the_union_is_told_from_its_first_day():
    days = (date(2026, 6, 30), date(2026, 7, 1))
    told = [rules(day, regime="eu").filter(pool="standard", kind="exemption")["duty_method"][0] for day in days]
    assert told[0] is None
    assert told[1].startswith("EUR 3.00 for each item")


@pytest.mark.parametrize(("day", "count"), [(date(2021, 6, 30), 0), (date(2021, 7, 1), 1)])
def test_the_import_one_stop_shop_begins(day, count):
    assert rules(day, regime="eu").filter(provision="ioss").height == count


def test_the_practice_of_new_zealand_is_not_called_sure():
    assert rules(date(2025, 1, 2), regime="nz")["confidence"].to_list() == ["unverified"]


@pytest.mark.parametrize("regime", ["au", "ca", "eu", "jp", "kr", "nz", "uk"])
def test_a_regime_is_whole(regime):
    tables = load_references().for_regime(regime).tables
    assert tables["ref_regimes"].height >= 1
    assert tables["ref_entry_types"]["claims_exemption"].any()
    assert not tables["ref_entry_types"]["claims_exemption"].all()
    assert tables["ref_persons"].height
    assert set(tables["ref_limits"]["regime"]) == {regime}

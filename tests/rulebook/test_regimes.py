"""What each regime beyond the United States says, and nothing borrowed: the rule of the day, origin and mode."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.rulebook import load_references, rules
from analytics.rulebook.lookup import in_force

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
    ("nz", date(2019, 12, 1), "CN", "ocean", "NZ-L-01", "consignment", 1000, "NZD"),
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


UNION = "EUR 3.00 for each item"
FRANCE, ITALY, ROMANIA, HANDLING = "Fee of France", "Fee of Italy", "Fee of Romania", "Handling fee of the union"
CHARGES = [
    (date(2025, 12, 31), []),
    (date(2026, 1, 1), [ROMANIA]),
    (date(2026, 2, 28), [ROMANIA]),
    (date(2026, 3, 1), [FRANCE, ROMANIA]),
    (date(2026, 6, 30), [FRANCE, ROMANIA]),
    (date(2026, 7, 1), [UNION, FRANCE, ITALY, ROMANIA]),
    (date(2026, 10, 31), [UNION, FRANCE, ITALY, ROMANIA]),
    (date(2026, 11, 1), [UNION, FRANCE, ITALY, ROMANIA, HANDLING]),
]


@pytest.mark.parametrize(("day", "charges"), CHARGES)
def test_duty_and_fees_on_small_parcels_of_the_union_are_told_from_their_first_day(day, charges):
    told = rules(day, regime="eu").filter(pool="standard", kind="exemption")["duty_method"][0] or ""
    found = [charge for charge in (UNION, FRANCE, ITALY, ROMANIA, HANDLING) if charge in told]
    assert (found, told.startswith(UNION)) == (charges, UNION in charges)


@pytest.mark.parametrize(("day", "levies"), [(date(2026, 3, 31), 0), (date(2026, 4, 1), 2)])
def test_new_zealand_levies_each_consignment(day, levies):
    held = in_force(load_references().for_regime("nz").tables["ref_flat_duties"], day)
    assert sorted(held["amount"]) == [Decimal("2.09"), Decimal("2.21")][:levies]


@pytest.mark.parametrize(
    ("regime", "day", "hts", "pool", "is_listed"),
    [
        ("eu", date(2026, 5, 5), "330300", "standard", True),
        ("eu", date(2026, 5, 5), "330400", "standard", False),
        ("eu", date(2026, 8, 5), "220421", "standard", True),
        ("eu", date(2028, 7, 1), "220421", "standard", False),
        ("uk", date(2026, 5, 5), "240220", "standard", True),
        ("ca", date(2026, 5, 5), "220300", "standard", True),
        ("ca", date(2026, 5, 5), "330300", "standard", False),
        ("jp", date(2026, 5, 5), "611020", "standard", True),
        ("jp", date(2026, 5, 5), "611020", "gift", False),
        ("jp", date(2026, 5, 5), "620520", "standard", False),
        ("kr", date(2026, 5, 5), "220421", "standard", False),
    ],
)
def test_goods_that_a_regime_never_relieves(regime, day, hts, pool, is_listed):
    goods = in_force(load_references().for_regime(regime).tables["ref_ineligible_goods"], day)
    held = [
        hts[: len(first)] >= first and hts[: len(last)] <= last and of_pool in (None, pool)
        for first, last, of_pool in goods.select("hts_from", "hts_to", "pool").rows()
    ]
    assert any(held) is is_listed


def test_gifts_to_canada_have_an_amount_of_their_own():
    (row,) = rules(date(2026, 5, 5), "FR", "air", regime="ca").filter(pool="gift").rows(named=True)
    assert (row["rule_id"], row["limit_amount"], row["confidence"]) == ("CA-G-01", Decimal(60), "secondary")


def test_the_end_of_the_british_relief_is_told_and_has_no_day():
    (row,) = rules(date(2026, 5, 5), "CN", "air", regime="uk").filter(rule_id="UK-D-01").rows(named=True)
    assert row["valid_to"] is None
    assert "October 2028 at the latest" in row["note"]


@pytest.mark.parametrize(("day", "count"), [(date(2021, 6, 30), 0), (date(2021, 7, 1), 1)])
def test_the_import_one_stop_shop_begins(day, count):
    assert rules(day, regime="eu").filter(provision="ioss").height == count


@pytest.mark.parametrize("regime", ["au", "ca", "eu", "jp", "kr", "nz", "uk"])
def test_a_regime_is_whole(regime):
    tables = load_references().for_regime(regime).tables
    assert tables["ref_regimes"].height >= 1
    assert tables["ref_entry_types"]["claims_exemption"].any()
    assert not tables["ref_entry_types"]["claims_exemption"].all()
    assert tables["ref_persons"].height
    assert set(tables["ref_limits"]["regime"]) == {regime}

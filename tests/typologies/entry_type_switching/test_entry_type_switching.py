"""From entering to claiming: int_members__entry_type_switching, int_measures__entry_type_switching."""

from datetime import date, timedelta

import pytest

from tests.sql.chain import MONDAY, lines


def entered(count, day=0, **more):
    return [{"seller_id": "S", "entry_type": "11", "arrival_date": MONDAY + timedelta(days=day), **more}] * count


def claimed(count, day=30, **more):
    return entered(count, day, **{"entry_type": "86", **more})


def found(chain, *changes, **more):
    return chain.only("entry_type_switching", lines(*changes), **more)


@pytest.mark.parametrize(
    ("rows", "flagged"),
    [
        (entered(10) + claimed(10), True),
        (entered(9) + claimed(10), False),
        (entered(10) + claimed(9), False),
        (entered(9) + claimed(1, 0) + claimed(10), True),  # nine in ten
        (entered(8) + claimed(2, 0) + claimed(10), False),
        (entered(10) + claimed(9) + entered(1, 31), True),
        (entered(10) + claimed(8) + entered(2, 31), False),
        (claimed(10, 0) + entered(10, 30), False),  # the other way round
        (entered(10, entry_type="01") + claimed(10), True),
        (entered(10, declared_value="900.00") + claimed(10), False),  # it had to be entered
        (entered(10, entry_type=None) + claimed(10), False),
        (entered(10) + claimed(10, seller_id="T"), False),
        (entered(10, arrival_date=date(2025, 9, 1)) + claimed(10), False),
    ],
)
def test_a_seller_whose_goods_were_entered_claims_from_a_day_on(chain, rows, flagged):
    assert bool(found(chain, *rows)) is flagged


def test_says_since_when_and_names_what_followed(chain):
    (flag,) = found(chain, *entered(12), *claimed(10, 20), *claimed(5, 40), *claimed(1, 110))
    assert flag["subject"] == "seller S, from 2025-02-02"
    assert flag["reason"] == (
        "Of 12 shipments of this seller within the limit before 2025-02-02, 12 were entered; "
        "of 16 since then nearly all claim the exemption (15 are named here)."
    )
    assert flag["strength"] == "supporting"
    assert "is lawful" in flag["counter_reasons"]
    assert chain.table("int_members__entry_type_switching").height == 15


TODAY = date(2026, 9, 7)


def formal(count, day=0, **more):
    return entered(count, **{"entry_type": "01", "arrival_date": TODAY + timedelta(days=day), **more})


def informal(count, day=30, **more):
    return formal(count, day, **{**more, "entry_type": "11"})


@pytest.mark.parametrize(
    ("rows", "flagged"),
    [
        (formal(10) + informal(10), True),
        (formal(9) + informal(10), False),
        (formal(10) + informal(9), False),
        (formal(10, customs_value="2500.01") + informal(10), False),  # they had to be formal
        (formal(10, customs_value="2500.00") + informal(10), True),
        (informal(10, 0) + formal(10, 30), False),
    ],
)
def test_from_formal_to_informal_entry_where_both_were_open(chain, rows, flagged):
    flags = found(chain, *rows)
    assert bool(flags) is flagged
    assert all(flag["subject"] == "seller S, from 2026-10-07, entries" for flag in flags)
    assert all("10 were on formal entries; of 10 since then nearly all are on informal" in f["reason"] for f in flags)

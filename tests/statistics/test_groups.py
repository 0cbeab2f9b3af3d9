"""Groups are over the limit, do not overlap, and honest orders make few of them."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.statistics.groups import Candidate, Group, find_groups
from analytics.statistics.habits import Habits, learn_habits
from analytics.statistics.likelihood import Lot
from tests.statistics.conftest import START, compared, honest_orders

LIMIT = 516_00
DAY = START.toordinal() + 60
OTHERS = {f"o{place}": 600.0 for place in range(6)}


def candidates(*rows: tuple[int, float]) -> list[Candidate]:
    lots = [Lot(f"x{place}", DAY + day, value) for place, (day, value) in enumerate(rows)]
    return [Candidate(lot, round(lot.value * 100), LIMIT) for lot in lots]


def found(habits: Habits, *rows: tuple[int, float], **changes: float) -> list[Group]:
    listed = candidates(*rows)
    orders = OTHERS | {it.lot.uid: it.lot.value for it in listed}
    settings = {"window": 10, "most": 20, "least_score": 0.85} | changes
    return find_groups(listed, orders, "shop", habits, **settings)


def uids(group: Group) -> set[str]:
    return {member.lot.uid for member in group.members}


SPLIT = ((0, 150.0), (1, 140.0), (2, 160.0), (4, 155.0))


def test_parts_of_a_usual_order_in_a_few_days_are_a_group(habits: Habits):
    (group,) = found(habits, *SPLIT)
    assert uids(group) == {"x0", "x1", "x2", "x3"}
    assert group.others == 6
    assert group.weights.score > 0.95


@pytest.mark.parametrize(("last", "count"), [(66.00, 0), (66.01, 1)])
def test_exactly_the_limit_is_not_over_it(habits: Habits, last: float, count: int):
    assert len(found(habits, (0, 150.0), (1, 150.0), (2, 150.0), (2, last), least_score=0.5)) == count


def test_lots_further_apart_than_the_window_are_not_of_one_order(habits: Habits):
    assert found(habits, (0, 260.0), (9, 260.0), least_score=0.0)
    assert not found(habits, (0, 260.0), (10, 260.0), least_score=0.0)


def test_no_more_lots_than_the_most(habits: Habits):
    assert not found(habits, *SPLIT, most=3)


def test_an_order_of_its_own_in_between_is_left_out(habits: Habits):
    (group,) = found(habits, (0, 150.0), (1, 140.0), (1, 514.0), (2, 160.0), (4, 155.0))
    assert "x2" not in uids(group)


def test_two_groups_share_no_shipment(habits: Habits):
    both = found(habits, *SPLIT, *((day + 40, value) for day, value in SPLIT))
    assert len(both) == 2
    assert not uids(both[0]) & uids(both[1])


def test_usual_orders_are_no_group(habits: Habits):
    assert not found(habits, (0, 510.0), (7, 500.0))


@pytest.mark.parametrize("seed", [11, 12])
def test_honest_orders_make_groups_of_less_than_one_customer_day_in_two_hundred(seed: int):
    """The rate that is stated, on orders by people who split nothing; some order twice on one day."""
    orders, goods = honest_orders(seed)
    habits = learn_habits(orders, compared(orders, goods), 10)
    flagged, days = set[tuple[str, date]](), set(orders.select("identity_id", "arrival_date").iter_rows())
    for (person,), of_it in orders.sort("arrival_date", "serial_no").group_by("identity_id", maintain_order=True):
        rows = of_it.to_dicts()
        listed = [
            Candidate(
                Lot(row["order_uid"], row["arrival_date"].toordinal(), row["value_usd"], goods[row["order_uid"]],
                    ("6 O", row["serial_no"])),
                round(row["value_usd"] * 100), LIMIT,
            )
            for row in rows if row["value_usd"] <= LIMIT / 100
        ]  # fmt: skip
        values = {row["order_uid"]: row["value_usd"] for row in rows}
        day_of = {row["order_uid"]: row["arrival_date"] for row in rows}
        for group in find_groups(listed, values, "shop", habits, window=10, most=20, least_score=0.85):
            flagged |= {(str(person), day_of[uid]) for uid in uids(group)}
    assert len(flagged) <= 0.005 * len(days)

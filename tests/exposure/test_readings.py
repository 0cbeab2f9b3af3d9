"""Which shipments lose the exemption, against every order tried one by one."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.exposure.readings import PARTIAL_READINGS, bounds, lost_in_order, ranges_over_orders

LIMIT = 800


def lost(amounts, limit=LIMIT):
    masks = lost_in_order(np.array(amounts), limit)
    return {reading: int(np.array(amounts)[mask].sum()) for reading, mask in masks.items()}


@pytest.mark.parametrize(
    ("amounts", "tipping", "greedy", "latch"),
    [
        ([500, 400, 100], 400, 400, 500),
        ([400, 400, 400], 400, 400, 400),
        ([400, 400, 400, 400], 400, 800, 800),
        ([500, 400, 300], 400, 400, 700),
        ([100, 400, 500], 500, 500, 500),
        ([800, 1], 1, 1, 1),
        ([400, 400], 0, 0, 0),
        ([500, 400, 350, 10], 400, 750, 760),
    ],
)
def test_each_reading_loses_its_pieces(amounts, tipping, greedy, latch):
    assert lost(amounts) == {"tipping": tipping, "greedy": greedy, "latch": latch}


def obvious(order, limit):
    """The readings as a clerk would apply them, shipment by shipment."""
    tipping, greedy, latch = [], [], []
    total = kept = 0
    for place, amount in order:
        total += amount
        if total > limit and not tipping:
            tipping = [place]
        if latch or kept + amount > limit:
            latch.append(place)
        if kept + amount > limit:
            greedy.append(place)
        else:
            kept += amount
    return {"tipping": tipping, "greedy": greedy, "latch": latch}


def every_order(amounts, limit, measure):
    tried = [obvious(order, limit) for order in permutations(enumerate(amounts))]
    sums = {
        reading: [sum(measure[place] for place in found[reading]) for found in tried] for reading in PARTIAL_READINGS
    }
    return {reading: (min(values), max(values)) for reading, values in sums.items()}


over = st.lists(st.integers(1, 800), min_size=2, max_size=6).filter(lambda amounts: sum(amounts) > LIMIT)


@settings(max_examples=60, deadline=None)
@given(over, st.randoms(use_true_random=False))
def test_the_range_is_that_of_every_order(amounts, random):
    duties = [random.randint(0, amount) for amount in amounts]
    found = ranges_over_orders(np.array(amounts), LIMIT, [np.array(amounts), np.array(duties)])
    for place, measure in enumerate((amounts, duties)):
        assert {reading: found[reading][place] for reading in PARTIAL_READINGS} == every_order(amounts, LIMIT, measure)


@settings(max_examples=60, deadline=None)
@given(over, st.randoms(use_true_random=False))
def test_one_order_lies_within_the_range(amounts, random):
    random.shuffle(amounts)
    found = ranges_over_orders(np.array(amounts), LIMIT, [np.array(amounts)])
    for reading, value in lost(amounts).items():
        least, most = found[reading][0]
        assert least <= value <= most


@settings(max_examples=60, deadline=None)
@given(over, st.randoms(use_true_random=False))
def test_bounds_are_never_inside_the_range(amounts, random):
    duties = np.array([random.randint(0, amount) for amount in amounts])
    measures = [np.array(amounts), duties]
    exact, rough = (find(np.array(amounts), LIMIT, measures) for find in (ranges_over_orders, bounds))
    for reading in PARTIAL_READINGS:
        for (least, most), (low, high) in zip(exact[reading], rough[reading], strict=True):
            assert low <= least
            assert high >= most


def test_bounds_of_many_pieces_start_at_the_excess():
    amounts = np.full(40, 100)
    assert bounds(amounts, LIMIT, [amounts])["greedy"] == [(3200, 4000)]
    assert bounds(amounts, LIMIT, [amounts])["tipping"] == [(100, 100)]

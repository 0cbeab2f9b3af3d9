"""Work on batches in their order, a few at a time."""

import pytest

from analytics.contracts.batches import worked_on


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_batches_come_back_in_their_order(threads):
    assert list(worked_on(range(20), lambda batch: batch * batch, threads)) == [(each, each**2) for each in range(20)]


def test_no_more_is_taken_than_there_is_room_for():
    taken = []
    batches = (taken.append(each) or each for each in range(100))
    next(worked_on(batches, str, threads=2))
    assert taken == [0, 1, 2]


def test_what_breaks_in_a_batch_breaks_out():
    def work(batch):
        raise ValueError(batch)

    with pytest.raises(ValueError, match="1"):
        list(worked_on([1], work))

"""Work that is done while the next is made ready."""

import threading

import pytest

from analytics.contracts.batches import Behind


def test_things_are_done_in_their_order_and_not_where_they_are_asked_for():
    done: list[tuple[int, bool]] = []
    with Behind() as behind:
        for number in range(20):
            behind.do(lambda each: done.append((each, threading.current_thread() is threading.main_thread())), number)
    assert done == [(number, False) for number in range(20)]


def test_no_more_than_one_waits():
    begun, go_on = threading.Event(), threading.Event()
    done = []
    with Behind() as behind:
        behind.do(lambda: begun.set() or (go_on.wait(10) and done.append("first")))
        assert begun.wait(10)
        threading.Timer(0.05, go_on.set).start()
        behind.do(done.append, "second")
        assert done[0] == "first"


@pytest.mark.parametrize("at", ["next", "end"])
def test_what_goes_wrong_is_raised(at):
    behind = Behind()
    behind.do(int, "no number")
    with pytest.raises(ValueError, match="no number"):
        behind.do(int, "1") if at == "next" else behind.close()
    behind.close()

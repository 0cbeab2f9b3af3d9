"""Steps run after what they read, in an order that does not depend on the order they were named in."""

import random

import pytest

from analytics.contracts.steps import Step
from analytics.errors import ContractError
from analytics.pipeline.steps import in_order


def step(name, *reads, also=()):
    return Step(name, (), reads, (), lambda engine, params: None, also_writes=also)


def names(steps, given=()):
    return [item.name for item in in_order(steps, given)]


def test_a_step_comes_after_what_it_reads():
    assert names([step("c", "b"), step("b", "a"), step("a", "landed")], {"landed"}) == ["a", "b", "c"]


def test_what_a_python_step_leaves_beside_its_name_counts_as_written():
    assert names([step("mart", "links"), step("members", also=("links",))]) == ["members", "mart"]


def test_the_order_is_the_same_however_the_steps_were_named():
    steps = [step("d", "b", "c"), step("c", "a"), step("b", "a"), step("a"), step("z")]
    expected = names(steps)
    for seed in range(10):
        assert names(random.Random(seed).sample(steps, len(steps))) == expected


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([step("a", "nowhere")], "step a reads nowhere, which no step writes"),
        ([step("a", "b"), step("b", "a")], "wait for each other"),
        ([step("a"), step("a")], "written by a and by a"),
        ([step("a", also=("b",)), step("b")], "b is written by a and by b"),
    ],
)
def test_an_impossible_plan_is_refused(steps, says):
    with pytest.raises(ContractError, match=says):
        in_order(steps, set())

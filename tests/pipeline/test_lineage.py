"""A lineage says who makes a table, who reads it, and all that it rests on."""

import pytest

from analytics.contracts.steps import Step
from analytics.errors import UsageError
from analytics.pipeline.lineage import Lineage


def step(name, *reads, also=()):
    return Step(name, (), reads, (), lambda engine, params: None, also_writes=also)


LINEAGE = Lineage.of([
    step("lines", "landed"),
    step("shipments", "lines", "law"),
    step("members", "shipments", also=("links",)),
    step("flags", "links", "law"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("table", "rests_on"),
    [
        ("lines", ["lines"]),
        ("shipments", ["lines", "shipments"]),
        ("links", ["lines", "members", "shipments"]),
        ("flags", ["flags", "lines", "members", "shipments"]),
    ],
)
def test_a_table_rests_on_its_step_and_all_before_it(table, rests_on):
    assert [item.name for item in LINEAGE.upstream(table)] == rests_on


def test_readers_of_a_table_are_those_that_name_it():
    assert LINEAGE.readers["law"] == ("flags", "shipments")
    assert LINEAGE.readers["links"] == ("flags",)
    assert "flags" not in LINEAGE.readers


def test_what_no_step_writes_is_given():
    assert LINEAGE.given == ["landed", "law"]


def test_a_name_that_is_none_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match=r"no model is called 'shipment'\. Did you mean shipments\?"):
        LINEAGE.step("shipment")


def test_a_name_like_no_other_is_answered_with_where_the_list_is():
    with pytest.raises(UsageError, match="For the list: splitship model"):
        LINEAGE.step("zzz")


def test_an_input_is_said_to_be_one_with_its_readers():
    with pytest.raises(UsageError, match=r"law is an input of a run, and no step makes it.*flags, shipments"):
        LINEAGE.upstream("law")

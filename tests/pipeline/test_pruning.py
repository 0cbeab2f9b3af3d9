"""Which steps are made without rows: those that can find nothing, and those that nobody asks."""

import polars as pl
import pytest

from analytics.contracts.steps import Step
from analytics.pipeline.pruning import Pruning
from analytics.pipeline.runner import run_steps

KNOWN = pl.DataFrame({"typology": ["gift", "late"], "absent": ["is_gift", None]})
REGISTRY = pl.DataFrame({"typology": ["gift", "late", "late"], "fields": ["is_gift", "a", "a"]})
ROWS = pl.DataFrame({"a": [1, 2]})


def writing(name, *reads, frame=ROWS, **changes):
    def build(engine, _, rows=frame):
        engine.write(name, rows)

    def empty(engine, _):
        engine.write(name, frame.clear())

    return Step(name, (), reads, (), build, empty=changes.pop("empty", empty), **changes)


@pytest.fixture
def rows(engine):
    """Runs steps beside those that tell of the columns, and returns how many rows each table got."""

    def run(*steps, known=KNOWN, registry=REGISTRY, whole=()):
        engine.write("ref_typologies", registry)
        tells = writing("int_typologies__matched_to_fields", "filled", frame=known)
        every = [writing("filled"), tells, *steps]
        records = run_steps(every, engine, {}, pruning=Pruning(every, whole))
        return {record.step: record.rows for record in records}

    return run


def test_what_leads_to_a_typology_without_its_columns_alone_has_no_rows(rows):
    made = rows(
        writing("goods"),
        writing("prices", "goods", typology="gift"),
        writing("int_members__gift", "prices", typology="gift"),
        writing("int_members__late", "goods", typology="late"),
    )
    assert (made["prices"], made["int_members__gift"]) == (0, 0)
    assert (made["goods"], made["int_members__late"]) == (2, 2)


def test_what_tells_of_the_columns_is_made_first_and_as_a_whole(rows):
    made = rows(writing("int_members__gift", "filled", typology="gift"))
    assert (made["filled"], made["int_members__gift"]) == (2, 0)
    assert [*made].index("int_members__gift") > [*made].index("int_typologies__matched_to_fields")


def test_what_is_read_after_the_run_is_made_as_a_whole(rows):
    made = rows(
        writing("prices"),
        writing("int_members__gift", "prices", typology="gift"),
        whole={"prices"},
    )
    assert (made["prices"], made["int_members__gift"]) == (2, 0)


def test_only_what_knows_its_columns_is_made_without_rows(rows):
    made = rows(writing("prices", empty=None), writing("int_members__gift", "prices", typology="gift"))
    assert (made["prices"], made["int_members__gift"]) == (2, 0)


def test_a_typology_that_needed_other_columns_once_is_tested(rows):
    registry = pl.DataFrame({"typology": ["gift", "gift"], "fields": ["is_gift", "is_gift&claim"]})
    assert rows(writing("int_members__gift", typology="gift"), registry=registry)["int_members__gift"] == 2


@pytest.mark.parametrize(("frame", "made"), [(ROWS, 2), (ROWS.clear(), 0)])
def test_what_is_asked_only_with_rows_of_another_waits_for_it(rows, frame, made):
    found = rows(writing("a_reader", "orders"), writing("lots", frame=frame), writing("orders", only_with="lots"))
    assert (found["orders"], found["a_reader"]) == (made, 2)

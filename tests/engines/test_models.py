"""What a model file says about itself."""

import pytest

from analytics.engines.models import load_model, read_model
from analytics.errors import ContractError, UsageError

GOOD = """-- One row per person and day.
-- grain: person, day

with
pieces as (select * from int_pieces),

summed as (

    select
        pieces.person,
        pieces.day,
        sum(pieces.amount) as total,
    from pieces
    inner join ref_limits on pieces.day = ref_limits.valid_from
    where pieces.amount > $least
    group by pieces.person, pieces.day

)

select * from summed
"""


@pytest.fixture
def write(tmp_path):
    def _write(text, name="mart_x.sql"):
        file = tmp_path / name
        file.write_text(text)
        return file

    return _write


def test_reads_name_grain_reads_and_parameters(write):
    model = read_model(write(GOOD))
    assert model.name == "mart_x"
    assert model.description == "One row per person and day."
    assert model.grain == ("person", "day")
    assert model.reads == ("int_pieces", "ref_limits")
    assert model.params == ("least",)


def test_a_model_that_is_shown_says_so(write):
    shown = GOOD.replace("-- grain: person, day\n", "-- grain: person, day\n-- shown: a choice of columns\n")
    assert not read_model(write(GOOD)).is_shown
    assert read_model(write(shown, "mart_y.sql")).is_shown


def test_a_cte_of_the_same_name_does_not_hide_the_table_it_reads(write):
    model = read_model(write("-- One row.\n-- grain: a\nwith int_a as (select * from int_a) select * from int_a"))
    assert model.reads == ("int_a",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("select 1 as a", "opens without"),
        ("-- grain: a\nselect 1 as a", "opens without"),
        ("-- One row.\n-- grain: a\nselect 1 as a; select 2 as a", "holds 2 statements"),
        ("-- One row.\n-- grain: a\ncreate table x as select 1 as a", "1 statements; a model is one select"),
        ("-- One row.\n-- grain: a\nselect from where", "not valid SQL"),
    ],
)
def test_says_what_is_wrong_with_a_file(write, text, says):
    with pytest.raises(ContractError, match=says):
        read_model(write(text))


def test_an_unknown_model_is_named_with_those_there_are():
    with pytest.raises(UsageError, match="no model 'mart_nothing'"):
        load_model("mart_nothing")

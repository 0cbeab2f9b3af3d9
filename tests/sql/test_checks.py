"""The checks find what must not be, and nothing else."""

import pytest

from tests.sql.chain import lines

PAIR = {"declared_value": "500.00"}
OTHER_LINES = """alter view int_lines__valued_in_usd rename to sound;
    create view int_lines__valued_in_usd as select """
"""Lines are valued in a view: another takes its place."""
SPOILT = {
    "check_shipments_lost_between_floors": "delete from int_shipments__matched_to_rules where shipment_uid = 's1'",
    "check_lines_neither_current_nor_replaced": f"{OTHER_LINES} * from sound where shipment_uid <> 's1'",
    "check_lines_without_a_rate": f"""{OTHER_LINES} * replace (
        case when shipment_uid <> 's1' then exact_value_usd end as exact_value_usd) from sound""",
    "check_flags_that_disagree_with_their_shipments": "delete from mart_flag_shipments where shipment_uid = 's1'",
    "check_splits_of_one_shipment": "update mart_flags set shipments = 1",
    "check_claims_not_counted_once": "update int_shipments__summed_to_identity_day set shipments = shipments + 1",
    "check_flags_stronger_than_their_typology": """create or replace table ref_typologies as
        select * replace ('inferred' as strength) from ref_typologies""",
}


@pytest.fixture
def built(chain):
    return chain.run(lines(PAIR, PAIR, {"declared_value": "900.00"}, {"shipment_id": "s1", "input_no": 1, **PAIR}))


def test_the_checks_are_silent_on_a_sound_house(built):
    assert {check: built.table(check).height for check in SPOILT} == dict.fromkeys(SPOILT, 0)


@pytest.mark.parametrize(("check", "spoil"), SPOILT.items(), ids=SPOILT)
def test_a_check_names_the_row_that_went_wrong(built, engine, check, spoil):
    assert built.table(check).is_empty()
    engine.connection.execute(spoil)
    built.rebuild(check)
    assert built.table(check).height == 1


def test_a_line_in_a_currency_without_a_rate_is_found(chain):
    chain.run(lines({"currency": "XYZ"}))
    assert chain.table("check_lines_without_a_rate")["currency"].to_list() == ["XYZ"]

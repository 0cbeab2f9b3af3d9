"""What hinders the test of a typology: which columns, rules, switches and learned shares."""

import pytest

from tests.sql.chain import lines


def obstacles(chain, landed, **parameters):
    tested = chain.run(landed, **parameters).table("int_typologies__tested", "typology")
    return dict(tested.select("typology", "obstacle").rows())


def test_each_typology_names_its_own_obstacle(chain):
    found = obstacles(chain, lines({"order_id": None, "seller_id": None}))
    assert found["daily_limit"] is None
    assert found["order_split"] == "columns_absent"
    assert found["late_filing"] == "columns_absent"
    assert found["over_informal_limit"] == "circumstances_absent"


def test_what_it_lacks_is_named_column_by_column(chain):
    chain.run(lines({"order_id": None}))
    absent = dict(chain.table("int_typologies__tested").select("typology", "absent").rows())
    assert absent["order_split"] == "order_id"
    assert absent["daily_limit"] is None


@pytest.mark.parametrize(("shipments", "obstacle"), [(3, None), (2, "few_words")])
def test_words_are_learned_from_as_many_shipments_as_are_asked_for(chain, shipments, obstacle):
    described = [{"description": "cotton shirt", "hts_code": "6109100012"}] * shipments
    assert obstacles(chain, lines(*described), min_word_shipments=3)["description_mismatch"] == obstacle


def test_a_way_of_testing_without_its_column_is_noted(chain):
    entered = {"entry_type": "11", "hts_code": "6109100012"}
    for changes, way in [({"order_id": "o1"}, "conveyance"), ({"conveyance_id": "v1"}, "order")]:
        chain.run(lines({**entered, **changes}))
        noted = chain.table("int_typologies__tested").filter(typology="informal_entry_split")["way_without_column"]
        assert noted.to_list() == [way]


def test_a_switch_that_ignores_orders_is_an_obstacle_to_inferring_them(chain):
    ready = lines({"seller_id": "s", "order_id": None})
    assert obstacles(chain, ready, missing_order_id="ignore")["inferred_order_split"] == "orders_ignored"
    assert obstacles(chain, ready)["inferred_order_split"] is None

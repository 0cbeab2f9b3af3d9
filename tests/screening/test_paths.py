"""A screening from a folder and into a store of the worst name, with what it keeps and adds later."""

import analytics
from analytics.store import check
from tests.nasty_paths import NASTIEST


def test_a_store_and_inputs_of_the_worst_name(write, tmp_path):
    (tmp_path / NASTIEST).mkdir()
    first = write({"order_id": "O1"}, {"order_id": "O1"}, name=f"{NASTIEST}/{NASTIEST}.csv")
    later = write({"shipment_id": "T1"}, name=f"{NASTIEST}/later.csv")
    analytics.screen(first, tmp_path / NASTIEST / "store", keep=True, memory="2GB")
    run = analytics.screen(later, tmp_path / NASTIEST / "store", keep=True, memory="2GB")
    assert run.table("shipments").collect().height == 3
    assert run.sql("select count(*) from flags where typology = 'daily_limit'").item() == 1
    assert check(run.root) == []

"""A scenario from a file to the report: what is answered otherwise decides, is kept, and is said."""

import csv
import json

import pytest

import analytics
from analytics.cli.summary import summary_lines
from analytics.reports.tables import of_each_flag, read_tables

USUAL = {
    "arrival_date": "2025-09-15", "consignee_city": "Reno", "consignee_state": "NV", "consignee_postal_code": "89501",
    "declared_value": "500", "entry_type": "86", "mode": "air", "origin_country": "JP", "conveyance_id": "FX1",
}  # fmt: skip
DOCKS = [("Dock Nine Fulfilment", "9 Harbor Way"), ("Quick Ship Center", "210 Depot Road")]


def shipments(path, *rows):
    rows = [{"shipment_id": f"R{number}", "sequence_no": number, **USUAL, **row} for number, row in enumerate(rows)]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def screen(tmp_path):
    """Screens rows under a scenario."""

    def run(*rows, scenario="", store="store"):
        (tmp_path / "c.toml").write_text(f"[scenario]\n{scenario}\n")
        file = shipments(tmp_path / "r.csv", *rows)
        return analytics.screen(file, tmp_path / store, config=tmp_path / "c.toml", threads=2)

    return run


def kinds(run):
    return run.table("flags").collect()["typology"].sort().to_list()


ANA = {"consignee_name": "Ana Lee", "consignee_address": "1 Elm Street"}


def test_a_suspension_that_is_taken_as_invalid_restores_the_limit_and_is_said(screen, tmp_path):
    assert kinds(screen(ANA, ANA, store="a")) == ["suspended_claim", "suspended_claim"]
    run = screen(ANA, ANA, scenario="eo_suspension = 'invalid'", store="b")
    assert kinds(run) == ["daily_limit"]
    assert json.loads(run.last_run.as_row()["settings"])["scenario"]["eo_suspension"] == "invalid"
    assert "legal positions other than the defaults:" in summary_lines(run)
    page = run.report(out=tmp_path / "r.html").read_text()
    assert "Open questions answered otherwise than by default" in page
    assert "US-E-02" in page


def test_a_report_lists_no_rule_of_another_scenario(screen, tmp_path):
    page = screen({**ANA, "arrival_date": "2025-06-02"}).report(out=tmp_path / "r.html").read_text()
    assert "US-E-01" not in page


@pytest.mark.parametrize(("reading", "headline"), [("tipping", 500), ("latch", 800)])
def test_the_headline_takes_the_reading_it_is_told_and_the_range_stays(screen, tmp_path, reading, headline):
    march = {**ANA, "arrival_date": "2025-03-04"}
    run = screen(march, march, {**march, "declared_value": "300"}, scenario=f"excess_reading = '{reading}'")
    tables = read_tables(run)
    (row,) = of_each_flag(tables.exposure, "value", tables.reading).rows(named=True)
    assert (row["floor_usd"], row["base_usd"], row["ceiling_usd"]) == (500, headline, 1300)


def owned(number, **row):
    name, address = DOCKS[number]
    return {"consignee_name": name, "consignee_address": address, "arrival_date": "2025-03-04", **row}


def test_one_owner_at_two_warehouses_is_one_person_where_a_number_says_so(screen):
    seller = {"buyer_name": "Shenzhen Bright Ltd", "seller_name": "SHENZHEN BRIGHT LTD.", "seller_id": "S7",
              "marketplace": "bazaar"}  # fmt: skip
    run = screen(owned(0, **seller), owned(1, **seller))
    (flag,) = run.table("flags").collect().rows(named=True)
    assert "the party is the buyer or importer named" in flag["counter_reasons"]
    found = run.table("shipments").collect()
    assert found["consignee_name"].to_list() == [name for name, _ in DOCKS]
    assert set(found["person_role"]) == {"buyer"}
    assert kinds(screen(owned(0, **seller), owned(1, **seller), scenario="person = 'consignee'", store="b")) == []


def test_two_owners_at_one_warehouse_stay_two(screen):
    phone = {"consignee_phone": "775-555-0199", "consignee_id": "W1", "consignee_id_issuer": "dock"}
    rows = [owned(0, buyer_name=name, **phone) for name in ("Shenzhen Bright Ltd", "Ningbo Tools Co")]
    run = screen(*rows)
    assert kinds(run) == []
    assert run.table("identities").collect().height == 2
    together = screen(*rows, scenario="person = 'consignee'", store="b")
    assert kinds(together) == ["daily_limit"]


def test_one_buyer_who_sends_to_three_is_one_person_where_the_account_is_his(screen):
    sent = {"buyer_name": "Marta Kowalczyk", "consignee_id": "U77", "marketplace": "bazaar", "declared_value": "350"}
    people = [("Ann Tran", "1 Elm Street"), ("Bo Ray", "22 Oak Avenue"), ("Cy Dune", "303 Pine Court")]
    rows = [{"consignee_name": name, "consignee_address": where, "arrival_date": "2025-03-04", **sent}
            for name, where in people]  # fmt: skip
    (flag,) = screen(*rows).table("flags").collect().rows(named=True)
    assert (flag["typology"], flag["shipments"]) == ("daily_limit", 3)


def test_a_broker_who_imports_for_many_is_nobodys_owner(screen):
    names = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana", "Ian", "Jo"]
    people = [
        {"consignee_name": f"{name} Moreau", "consignee_address": f"{number} Oak Street"}
        for number, name in enumerate(names, 1)
    ]
    cleared = {"arrival_date": "2025-03-04", "importer_name": "Fast Brokers Inc"}
    run = screen(*({**person, **cleared} for person in people))
    assert set(run.table("shipments").collect()["person_role"]) == {"consignee"}
    assert kinds(run) == []

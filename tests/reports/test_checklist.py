"""The Section 321 review: what passes, what fails and why, what cannot be told; and no form obeys foreign text."""

import csv
from datetime import date

import openpyxl
import pytest

import analytics
from analytics.errors import UsageError
from analytics.reports.checklist import Scope, checklist
from analytics.reports.checklist_forms import checklist_book, checklist_lines, checklist_page, write_checklist

HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>'
PERSON = {"consignee_name": "Ana Lee", "consignee_address": "1 Elm St", "consignee_city": "Reno",
          "consignee_state": "NV", "consignee_postal_code": "89501"}  # fmt: skip
USUAL = {
    **PERSON, "arrival_date": "2024-03-04", "declared_value": "100", "entry_type": "86", "mode": "air",
    "origin_country": "JP", "seller_id": "S1", "seller_name": "Good Goods", "hts_code": "6109100012",
    "has_invoice": "true", "has_transport_document": "true", "has_proof_of_order": "true", "order_id": "",
    "declared_at": "2024-03-04T09:00:00", "port_of_entry": "2704",
}  # fmt: skip


def other(number):
    return {"consignee_name": f"Person {'ABCDEFGHIJKLMNOP'[number]}xy", "consignee_address": f"{number} Oak Rd"}


ROWS = [
    {**other(0), "order_id": "A1"},
    {"declared_value": "500", "order_id": "A2"},
    {"declared_value": "500", "order_id": "A3"},
    {**other(1), "declared_value": "900", "order_id": "A4"},
    {**other(2), "declared_value": "600", "order_id": "B9", "arrival_date": "2024-03-05"},
    {**other(2), "declared_value": "600", "order_id": "B9", "arrival_date": "2024-03-06"},
    {**other(3), "consignee_name": "TO ORDER"},
    {**other(4), "consignee_address2": "c/o Dock 9"},
    {**other(5), "has_invoice": "false"},
    {**other(6), "has_proof_of_order": ""},
    {**other(7), "declared_at": "2024-03-05T01:00:00"},
    {**other(8), "declared_at": ""},
    {**other(9), "origin_country": ""},
    {**other(10), "port_of_entry": ""},
    {**other(11), "origin_country": "CN", "arrival_date": "2025-06-02", "declared_at": "2025-06-02T09:00:00"},
    {**other(12), "arrival_date": "2024-02-14", "declared_at": "2024-02-20T09:00:00"},
    {**other(13), "seller_id": "S2", "seller_name": HOSTILE, "entry_type": "321"},
    {**other(14), "entry_type": "11", "declared_value": "2000"},
]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checklist")
    rows = [{"shipment_id": f"R{number:02}", **USUAL, **row} for number, row in enumerate(ROWS)]
    with (folder / "r.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return analytics.screen(folder / "r.csv", folder / "store", threads=2)


@pytest.fixture(scope="module")
def review(store):
    return checklist(store, Scope(seller="S1"))


def of(review, name):
    return next(item for item in review.conditions if item.condition == name)


def told(review, name):
    return {(reason.verdict, reason.text): reason.examples for reason in of(review, name).reasons}


def test_only_what_claims_the_exemption_is_reviewed(review):
    assert (review.shipments, review.claimed) == (17, 16)
    assert (review.first_day, review.last_day) == (date(2024, 2, 14), date(2025, 6, 2))


EXPECTED = {
    "available": {("fail", "the exemption was not on offer for its origin, mode and day"): ("R14",)},
    "day_value": {
        ("fail", "over the limit alone"): ("R03",),
        ("fail", "over the limit together with others of that person and day"): ("R01", "R02"),
        ("unknown", "nobody is named whose day could be added up"): ("R06",),
    },
    "one_order": {
        ("fail", "a lot of an order that is over the limit together"): ("R04", "R05"),
        ("unknown", "no order number"): ("R06", "R07", "R08", "R09", "R10"),
    },
    "party": {
        ("fail", "the consignee is blank or a placeholder"): ("R06",),
        ("unknown", "in care of another, and no owner is named"): ("R07",),
    },
    "origin": {("unknown", "no country of origin"): ("R12",)},
}


@pytest.mark.parametrize("condition", EXPECTED)
def test_what_decides_a_condition_and_on_which_shipments(review, condition):
    assert told(review, condition) == EXPECTED[condition]


def test_papers_that_are_missing_fail_and_what_was_not_handed_in_is_unknown(review):
    found = told(review, "papers")
    assert found["fail", "no invoice"] == ("R08",)
    assert found["fail", "required data missing: planned port of entry"] == ("R13",)
    assert found["unknown", "whether there is a proof of order was not handed in"] == ("R09",)
    assert ("unknown", "some of the required data were not handed in") in found  # the file has no shipper
    assert of(review, "papers").passed == 0


@pytest.mark.parametrize(
    ("shipment", "verdict"),
    [("R10", "fail"), ("R11", "unknown"), ("R15", None), ("R00", None)],
    ids=["the day after", "not known", "within 15 days, the old rule", "on the day"],
)
def test_a_deadline_is_that_of_the_day(review, shipment, verdict):
    found = {name: kind for (kind, _), names in told(review, "timely").items() for name in names}
    assert found.get(shipment) == verdict


def test_counts_add_up_and_a_verdict_follows_from_them(review):
    for item in review.conditions:
        asked = review.claimed if item.condition == "available" else review.claimed - of(review, "available").failed
        assert item.passed + item.failed + item.unknown == asked
        assert item.verdict == ("fail" if item.failed else "unknown" if item.unknown else "pass")
        assert sum(reason.shipments for reason in item.reasons) == item.failed + item.unknown
        assert item.source
        assert item.confidence in {"official", "secondary", "unverified"}


def test_goods_that_were_compared_with_no_list_do_not_pass(review):
    goods = of(review, "goods")
    assert (goods.verdict, goods.passed) == ("unknown", 0)
    assert [reason.text for reason in goods.reasons] == [
        "compared with no list of goods under countervailing and some orders only of those on antidumping"
    ]


@pytest.mark.parametrize(
    ("scope", "shipments"),
    [
        (Scope(), 18), (Scope(seller="s1"), 17), (Scope(seller=" good goods "), 17), (Scope(program="86"), 16),
        (Scope(program="321"), 1), (Scope(seller="S1", start=date(2025, 1, 1)), 1), (Scope(end=date(2024, 2, 14)), 1),
    ],
)  # fmt: skip
def test_a_scope_is_a_seller_a_program_or_days(store, scope, shipments):
    assert checklist(store, scope).shipments == shipments


def test_a_clean_claim_passes(store):
    review = checklist(store, Scope(seller="S1", start=date(2024, 2, 14), end=date(2024, 2, 14)))
    verdicts = {item.condition: item.verdict for item in review.conditions}
    assert [name for name, verdict in verdicts.items() if verdict == "pass"] == [
        "available", "day_value", "party", "timely", "origin",
    ]  # fmt: skip


def test_papers_are_kept_by_rule_and_by_policy(review):
    assert "Entry records: 5 years from entry, for the newest until 2030-06-02" in review.records[0]
    assert review.records[-1] == "By policy 5 years: for the newest until 2030-06-02"


def test_the_policy_of_the_run_is_the_policy_of_the_list(tmp_path):
    with (tmp_path / "r.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["shipment_id", *USUAL])
        writer.writeheader()
        writer.writerow({"shipment_id": "R1", **USUAL})
    (tmp_path / "c.toml").write_text("[scenario]\nretention_years = 10\n")
    store = analytics.screen(tmp_path / "r.csv", tmp_path / "store", config=tmp_path / "c.toml", threads=2)
    assert checklist(store, Scope()).records[-1] == "By policy 10 years: for the newest until 2034-03-04"


@pytest.mark.parametrize("scope", [Scope(seller="nobody"), Scope(program="99"), Scope(start=date(2030, 1, 1))])
def test_an_empty_scope_is_refused_and_names_nobody(store, scope):
    with pytest.raises(UsageError, match="no shipment of the store is in that scope"):
        checklist(store, scope)


def test_a_store_of_another_regime_has_no_such_list(tmp_path):
    (tmp_path / "p.csv").write_text(
        "shipment_id,arrival_date,consignee_name,consignee_address,declared_value,currency\n"
        "P1,2025-01-02,A B,1 C,9,EUR\n"
    )
    run = analytics.screen(tmp_path / "p.csv", tmp_path / "store", regime="eu", threads=2)
    with pytest.raises(UsageError, match="no checklist; screen under --regime us"):
        checklist(run, Scope())


def test_foreign_text_is_shown_and_never_obeyed(store, tmp_path):
    review = checklist(store, Scope(seller=HOSTILE))
    page = checklist_page(review)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<script") == 2  # the data and the script of the page: no chart, so no library
    file = write_checklist(review, tmp_path / "c.xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert any(HOSTILE in str(cell.value) for cell in cells)


def test_every_form_says_the_same_and_the_same_again(review, tmp_path):
    assert checklist_page(review) == checklist_page(review)
    assert checklist_book(review) == checklist_book(review)
    text, page = "\n".join(checklist_lines(review)), write_checklist(review, tmp_path / "c.html").read_text()
    for item in review.conditions:
        assert f"{item.verdict.upper():<9} {item.title}" in text
        assert f"<bdi>{item.title}</bdi>" in page


def test_another_ending_is_refused(review, tmp_path):
    with pytest.raises(UsageError, match=r"use an ending of \.html or \.xlsx"):
        write_checklist(review, tmp_path / "c.pdf")

"""What a person says of two spellings holds from the next screening on, and stays on record."""

import json

import polars as pl
import pytest

import analytics
from analytics.errors import StoreLocked, UsageError
from analytics.store import begin

NAMES = ("Maria Lopez", "Bob Stone", "Wei Zhang")
TOWNS = (("IL", "62704"), ("CA", "94107"), ("NY", "10013"))
STREETS = ("12 Elm St Apt 4B", "900 Harbor Blvd", "77 Sunset Ave")
STRANGERS = [
    {"consignee_name": name, "consignee_address": street, "consignee_phone": "", "consignee_state": state,
     "consignee_postal_code": zip_code}
    for name, street, (state, zip_code) in zip(NAMES, STREETS, TOWNS, strict=True)
]  # fmt: skip


@pytest.fixture
def screened(write, tmp_path, screened_once):
    """A store of three strangers, each with a parcel of the same day; no two together under the limit."""
    return screened_once(write(*STRANGERS), tmp_path / "store")


def alias(store, name):
    return store.table("aliases").filter(pl.col("consignee_name") == name).collect()["alias_id"].item()


def people(store):
    return store.table("identities").collect().height


def pair(store, one=0, other=1):
    return alias(store, NAMES[one]), alias(store, NAMES[other])


def test_same_joins_what_the_model_keeps_apart_and_raises_the_flag(screened):
    assert (people(screened), screened.table("flags").collect().height) == (3, 0)
    screened.judge(*pair(screened), "same", by="ann", note="one bank account")
    run = analytics.screen(store=screened.root)
    assert run.changed
    assert (people(run), run.table("flags").collect()["shipments"].to_list()) == (2, [2])
    change = run.table("identity_changes").filter(pl.col("event") == "merged").collect().row(0, named=True)
    assert (change["cause"], change["run_id"], len(json.loads(change["from_ids"]))) == ("human", run.run_id, 2)
    told = run.table("judgements").collect().row(0, named=True)
    assert (told["judged_by"], told["note"], told["outcome"]) == ("ann", "one bank account", "kept")


def test_different_parts_what_the_model_joins(write, tmp_path):
    run = analytics.screen(write({}, {"consignee_name": "Maria G Lopez"}), tmp_path / "store")
    assert people(run) == 1
    run.judge(*run.table("aliases").collect()["alias_id"], "different")
    run = analytics.screen(store=run.root)
    assert people(run) == 2
    assert run.table("flags").collect().is_empty()
    changes = run.table("identity_changes").filter(pl.col("run_id") == run.run_id).collect()
    assert changes["event", "cause"].rows() == [("split", "human")]


def test_spellings_that_are_equal_once_normalised_are_not_parted_and_that_is_said(write, tmp_path):
    run = analytics.screen(write({}, {"consignee_name": "LOPEZ, MARIA"}), tmp_path / "store")
    run.judge(*run.table("aliases").collect()["alias_id"], "different")
    run = analytics.screen(store=run.root)
    assert (people(run), run.table("judgements").collect()["outcome"].to_list()) == (1, ["contradicted"])


def test_unsure_takes_it_back_and_leaves_both_on_record(screened):
    for verdict in ("same", "unsure"):
        screened.judge(*pair(screened), verdict)
        run = analytics.screen(store=screened.root)
    assert people(run) == 3
    assert run.table("judgements").collect()["outcome"].to_list() == ["replaced", "withdrawn"]
    assert run.table("identity_changes").collect()["cause"].to_list()[-1] == "human"


def test_a_judgement_that_later_ones_stand_against_is_named(screened):
    screened.judge(*pair(screened, 0, 1), "different")
    screened.judge(*pair(screened, 0, 2), "same")
    screened.judge(*pair(screened, 1, 2), "same")
    run = analytics.screen(store=screened.root)
    assert run.table("judgements").collect()["outcome"].to_list() == ["contradicted", "kept", "kept"]
    assert people(run) == 1


def test_without_a_new_judgement_screening_anew_changes_nothing(screened):
    screened.judge(*pair(screened), "same")
    assert analytics.screen(store=screened.root).changed
    before = (screened.root / "store.json").read_bytes()
    assert not analytics.screen(store=screened.root).changed
    assert (screened.root / "store.json").read_bytes() == before


def test_judgements_outlive_the_next_file(screened, write):
    screened.judge(*pair(screened), "same")
    run = analytics.screen(write({**STRANGERS[2], "shipment_id": "S9"}, name="next.csv"), screened.root)
    assert people(run) == 2
    again = analytics.screen(write({**STRANGERS[2], "shipment_id": "S10"}, name="third.csv"), screened.root)
    assert again.table("judgements").collect()["outcome"].to_list() == ["kept"]


def test_an_identity_stands_for_its_spelling_on_most_shipments(write, tmp_path):
    often = {**STRANGERS[0], "consignee_name": "Maria G Lopez"}
    run = analytics.screen(write(STRANGERS[0], often, often, STRANGERS[1]), tmp_path / "store")
    most = alias(run, "Maria G Lopez")
    identity = run.table("aliases").filter(pl.col("alias_id") == most).collect()["identity_id"].item()
    assert set(run.judge(identity, alias(run, "Bob Stone"), "same")) == {most, alias(run, "Bob Stone")}


def test_what_cannot_be_judged_is_refused(screened):
    known = pair(screened)
    for one, other, verdict in [(known[0], "a0", "same"), (known[0], known[0], "same"), (*known, "maybe")]:
        with pytest.raises(UsageError):
            screened.judge(one, other, verdict)
    assert not list(screened.root.glob("judgements/*"))


def test_nobody_is_not_judged(write, tmp_path):
    run = analytics.screen(write({"consignee_name": "TO ORDER"}, STRANGERS[1]), tmp_path / "store")
    with pytest.raises(UsageError, match="names nobody"):
        run.judge(alias(run, "TO ORDER"), alias(run, "Bob Stone"), "same")


def test_a_store_that_is_being_written_takes_no_judgement(screened):
    with begin(screened.root), pytest.raises(StoreLocked):
        screened.judge(*pair(screened), "same")


def test_nothing_to_screen_anew_is_said(tmp_path):
    with pytest.raises(UsageError, match="nothing to screen"):
        analytics.screen(store=tmp_path / "none")


HOUSES = [
    {**row, "consignee_phone": phone}
    for row, phone in zip(STRANGERS, ("217-555-0142", "415-555-0100", ""), strict=True)
]
SPELT = [{**HOUSES[0], "consignee_name": "Maria G Lopez"}, {**HOUSES[1], "consignee_name": "Robert Stone"}]


@pytest.fixture
def spelt(write, tmp_path, screened_once):
    """Two people, each under two spellings, and a third."""
    run = screened_once(write(*HOUSES, *SPELT), tmp_path / "store")
    assert people(run) == 3
    return run


def test_identities_that_are_judged_the_same_join_with_all_their_spellings(spelt):
    spelt.judge(*pair(spelt), "same")
    run = analytics.screen(store=spelt.root)
    assert sorted(run.table("identities").collect()["aliases"]) == [1, 4]


def test_nobody_comes_along_into_the_company_of_whom_they_were_judged_different_from(spelt):
    spelt.judge(alias(spelt, "Maria Lopez"), alias(spelt, "Robert Stone"), "different")
    spelt.judge(*pair(spelt), "same")
    run = analytics.screen(store=spelt.root)
    assert run.table("judgements").collect()["outcome"].to_list() == ["kept", "kept"]

"""Papers known to be missing: int_members__documentation_gap, int_measures__documentation_gap."""

from datetime import date

import pytest

from tests.sql.chain import lines


def found(chain, *changes):
    return chain.only("documentation_gap", lines(*changes))


@pytest.mark.parametrize("paper", ["has_invoice", "has_transport_document", "has_proof_of_order"])
@pytest.mark.parametrize(("held", "flagged"), [(False, True), (True, False), (None, False)])
def test_a_paper_is_missing_only_where_that_is_known(chain, paper, held, flagged):
    assert bool(found(chain, {paper: held})) is flagged


UNKNOWN = {"entry_type": None, "arrival_date": date(2025, 9, 15)}


def test_what_claims_nothing_needs_no_proof_of_a_claim(chain):
    assert not found(chain, {"has_proof_of_order": False, "entry_type": "11"})
    (flag,) = found(chain, {"has_invoice": False, "entry_type": "11"}, {"has_invoice": False, **UNKNOWN})
    assert flag["subject"] == "filer not known, week of 2025-01-13, entries"
    assert flag["reason"] == "For 1 of 1 entries of the week a paper is known to be missing: invoice 1."


IMPORTER = {"filer_code": "ABC", "importer_id_hash": "h1"}


@pytest.mark.parametrize(("entry", "flagged"), [("11", True), ("01", True), ("13", False)])
def test_entries_of_today_bear_an_importer_number(chain, entry, flagged):
    today = {"arrival_date": date(2026, 9, 22), "entry_type": entry}
    found_flags = found(chain, {**IMPORTER, **today}, {"filer_code": "ABC", **today})
    assert [flag["shipments"] for flag in found_flags] == ([1] if flagged else [])


def test_an_importer_number_is_missing_where_the_filer_gives_it_for_others(chain):
    assert not found(chain, {"filer_code": "ABC"}, {"filer_code": "XYZ", "importer_id_hash": "h1"})
    assert not found(chain, IMPORTER, {"filer_code": "ABC", "entry_type": "321"})
    (flag,) = found(chain, IMPORTER, {"filer_code": "ABC"})
    assert flag["shipments"] == 1
    assert flag["reason"].endswith("importer number 1.")
    assert "the filer gives it for other shipments" in flag["counter_reasons"]


def test_claims_of_a_filer_and_week_are_counted_together(chain):
    gap = {"filer_code": "ABC", "has_invoice": False, "has_proof_of_order": False}
    flags = found(chain, gap, {**gap, "has_invoice": True}, {"filer_code": "ABC"}, {"filer_code": "XYZ"})
    assert [flag["subject"] for flag in flags] == ["filer ABC, week of 2025-01-13"]
    assert flags[0]["reason"] == (
        "For 2 of 3 claims of the week a paper is known to be missing: invoice 1, proof of order 2."
    )
    assert (flags[0]["strength"], flags[0]["size"]) == ("supporting", pytest.approx(2 / 3))
    assert chain.table("int_members__documentation_gap")["shipment_uid"].to_list() == ["s1", "s2"]


def test_a_new_week_is_a_new_flag_and_a_carrier_stands_in_for_the_filer(chain):
    gap = {"carrier_code": "FX", "has_invoice": False}
    flags = found(chain, {**gap, "arrival_date": date(2025, 1, 19)}, {**gap, "arrival_date": date(2025, 1, 20)})
    assert [flag["subject"] for flag in flags] == [
        "carrier FX, week of 2025-01-13",
        "carrier FX, week of 2025-01-20",
    ]

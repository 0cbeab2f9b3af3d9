"""The masked dossier names nobody."""

from __future__ import annotations

import json
from dataclasses import fields

import polars as pl
import pytest

from analytics.cases.dossier import dossier
from analytics.cases.subjects import with_subjects
from analytics.masking.texts import HIDDEN, Mask

from .by_hand import CaseByHand

COLUMNS = ("consignee_name", "consignee_address", "consignee_phone", "consignee_email", "seller_name")


def every_text(told):
    """All text of a dossier, in one string."""
    parts = []
    for field in fields(told):
        value = getattr(told, field.name)
        parts.append(value.write_csv() if isinstance(value, pl.DataFrame) else repr(value))
    return "\n".join(parts)


@pytest.fixture(scope="module")
def both(samples, case_of, silva):
    case = case_of(identity_id=silva)
    case.add("noted", note="Called Mr. Silva at 380.555.9595: he says THIAGO D SILVA is his father")
    case.attach("letter to Thiago Silva.txt", b"Dear Mr. Silva")
    return dossier(samples, case, "C000001"), dossier(samples, case, "C000001", masked=True)


def test_no_name_address_phone_or_mail_is_left(both):
    plain, masked = both
    known = {str(text) for name in COLUMNS for text in plain.shipments[name].drop_nulls()}
    known |= {str(text) for name in COLUMNS[:4] for text in plain.members[name].drop_nulls()}
    shown, clear = every_text(masked).casefold(), every_text(plain)
    assert {text for text in known if text in clear} == known
    assert [text for text in sorted(known) if text.casefold() in shown] == []
    assert "silva" not in shown
    assert "380" not in masked.events["body"].str.join("").item()


def test_figures_and_flags_are_the_same(both):
    plain, masked = both
    for name in ("sentences", "reasons", "disclosure", "left_out"):
        assert getattr(plain, name) == getattr(masked, name)
    assert masked.shipments["value_usd"].equals(plain.shipments["value_usd"])
    assert masked.links.drop("speaks_for", "speaks_against").equals(plain.links.drop("speaks_for", "speaks_against"))


def test_aliases_stay_apart_and_keep_which_field_differs(both):
    plain, masked = both
    assert masked.members["consignee_name"].n_unique() == masked.members.height
    assert masked.members["consignee_name"].str.contains(r"^Consignee [0-9a-f]{4}$").all()
    told = zip(plain.members["differences"], masked.members["differences"], strict=True)
    for clear, hidden in told:
        assert set(json.loads(clear)) == set(json.loads(hidden))
        assert not any(json.loads(hidden).values())


def test_no_flag_of_any_typology_names_anybody(patterns):
    flags = with_subjects(patterns.table("flags")).collect()
    assert flags["typology"].n_unique() > 12
    assert flags["subject"].str.contains("address ").any()
    for flag in flags.iter_rows(named=True):
        case = CaseByHand(subject_kind=flag["subject_kind"], subject_id=flag["subject_id"], flag_ids=(flag["flag_id"],))
        plain, masked = dossier(patterns, case, "C000001"), dossier(patterns, case, "C000001", masked=True)
        known = {str(text) for name in COLUMNS for text in plain.shipments[name].drop_nulls()}
        shown = every_text(masked).casefold()
        assert [text for text in sorted(known) if len(text) > 2 and text.casefold() in shown] == []
        if "address " in flag["subject"]:
            place = flag["subject"].split("address ")[1].split(",")[0]
            assert place not in shown
            assert place in every_text(plain)


def test_a_missing_field_stays_missing(both):
    plain, masked = both
    assert masked.shipments["consignee_email"].null_count() == plain.shipments["consignee_email"].null_count()


def test_short_texts_do_not_hide_half_of_a_sentence():
    rows = pl.DataFrame(
        {"alias_id": ["a1111222233334444"], "consignee_name": ["Li"], "consignee_address2": ["2"], "seller_name": ["X"]}
    )
    assert Mask([rows]).text("2 lots for Lisa Xu") == "2 lots for Lisa Xu"


@pytest.mark.parametrize("written", ["217-555-0142", "(217) 555-0142", "+1 217 555 0142", "2175550142", "217.555.0142"])
def test_a_phone_is_hidden_however_it_is_written(written):
    rows = pl.DataFrame({"alias_id": ["a1"], "consignee_name": ["Ann"], "consignee_phone": ["(217) 555-0142"]})
    shown = Mask([rows]).note(f"call {written}, then write")
    assert "555" not in shown
    assert HIDDEN in shown


@pytest.mark.parametrize("written", ["217-555-0143", "5X2175550142", "121755501429", "$217.55"])
def test_other_numbers_stay(written):
    rows = pl.DataFrame({"alias_id": ["a1"], "consignee_name": ["Ann"], "consignee_phone": ["(217) 555-0142"]})
    assert Mask([rows]).text(f"number {written}") == f"number {written}"


def test_a_note_gives_no_mail_address_away():
    rows = pl.DataFrame({"alias_id": ["a1"], "consignee_name": ["Ann"]})
    assert Mask([rows]).note("wrote to <someone.else@example.org>") == f"wrote to <{HIDDEN}>"


def test_thousands_of_names_take_no_longer_to_hide():
    rows = pl.DataFrame({
        "alias_id": [f"a{number:016x}" for number in range(20_000)],
        "consignee_name": [f"Ann {number} Example" for number in range(20_000)],
        "consignee_phone": [f"217{number:07d}" for number in range(20_000)],
    })  # fmt: skip
    mask = Mask([rows])
    shown = [mask.text(f"Lot {number} for Ann {number} Example, 217-{number:07d}") for number in range(0, 20_000, 10)]
    assert not [text for text in shown if "Ann" in text or "217-" in text]


def test_names_are_found_whatever_their_case_and_never_inside_a_word():
    rows = pl.DataFrame({"alias_id": ["a1111222233334444"], "consignee_name": ["Ann Lee"]})
    mask = Mask([rows])
    assert mask.text("ANN LEE bought; Ann Leeds did not") == "Consignee 1111 bought; Ann Leeds did not"
    assert mask.note("Lee called, Leeds did not") == f"{HIDDEN} called, Leeds did not"

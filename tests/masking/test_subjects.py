"""What a flag is about, without names."""

from __future__ import annotations

import pytest

from analytics.masking.marks import Marks
from analytics.masking.subjects import masked_subject, masked_subject_id

MARKS = Marks("one")


@pytest.mark.parametrize(
    "subject",
    [
        "order 140014, issuer S100077, standard, USD",
        "identity i540a133398425247, 2025-05-26, standard",
        "conveyance FX5034, 2026-10-06, identity ib9600c66302af336, house bill FXH8800012, informal entry",
        "seller S310, week of 2026-08-03, CN as MY, entries",
        "entry ZK4 ZK405149168, over the informal limit",
        "filer ZK4, USD 2500.00",
        "shipment 2600339",
        "consignee a2350862f5b60ff60",
        "sender S314, identity i540a133398425247, gifts from 2026-10-05",
    ],
)
def test_numbers_days_and_places_of_law_stay(subject):
    assert masked_subject(subject, MARKS) == subject


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("sender LIN MEI TRADING, gifts, week of 2026-10-12", "LIN"),
        ("importer FOSHAN WHIRL ELECTRIC, CN, week of 2026-10-05", "FOSHAN"),
        ("series of NINGBO YULAN, S303-LAMP, identity i624759f280ae69df, from 2026-10-12, informal entry", "NINGBO"),
        ("mail of WENZHOU CLEAR OPTICS, 2026-10-13, identity i0019aa973d110156, informal entry", "WENZHOU"),
        ("importer LEE, FROM AUSTIN, INC., CN, week of 2026-10-05", "AUSTIN"),
        ("seller Pine & Thread, goods cotton shirts, 62, week of 2026-08-03", "Pine"),
        ("address 12 elm st|78701, week of 2026-08-03", "elm"),
        ("order 12, issuer Pine & Thread, standard, USD", "Pine"),
        ("Marta Kowalczyk", "Marta"),
        ("sender A\nB, 2026-10-13", "A\nB"),
    ],
)
def test_names_and_addresses_do_not(subject, name):
    shown = masked_subject(subject, MARKS)
    assert name not in shown
    assert shown == masked_subject(subject, MARKS)


def test_a_party_has_one_pseudonym_in_all_subjects():
    first = masked_subject("sender LIN MEI TRADING, gifts, week of 2026-10-12", MARKS)
    again = masked_subject("mail of Lin Mei Trading, 2026-10-13", MARKS)
    assert first.split(", ")[0].removeprefix("sender ") == again.split(", ")[0].removeprefix("mail of ")


@pytest.mark.parametrize(
    ("kind", "subject", "shown"),
    [
        ("seller", "S310", "S310"),
        ("filer", "ZK4", "ZK4"),
        ("identity", "i1", "i1"),
        ("seller", "Pine & Thread", MARKS.party("Seller", "Pine & Thread")),
        ("address", "12 elm st", MARKS.of("12 elm st")),
        ("other", "somebody, somewhere", "[hidden]"),
    ],
)
def test_what_a_case_is_about(kind, subject, shown):
    assert masked_subject_id(kind, subject, MARKS) == shown

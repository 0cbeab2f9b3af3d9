"""Probabilities are told as no more than files with real errors bear out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analytics.errors import ContractError
from analytics.identity import IdentityResolver
from analytics.identity.records.preparing import prepare
from analytics.identity.scoring.calibration import CALIBRATION_FILE, FIXED, Calibration, default_calibration
from analytics.identity.scoring.caps import PROVEN
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.rules import EVIDENCE, evidence
from benchmarks.identity import calibrating
from benchmarks.identity.calibrating import learned, observed, reliability, wilson
from tests.identity.conftest import frame, row
from tests.shared_data import shared

FAR = {"city": "Boise", "state": "ID", "postal_code": "83702"}
PHONE, MAIL = {"phone": "309-555-3813"}, {"email": "bakers@gmail.com"}
OFFICE = "the name and a telephone, at two addresses"


def test_a_kind_is_capped_and_every_other_stays_as_it_is() -> None:
    calibration = Calibration({("firm", 4): 0.7})
    probability = np.array([0.3, 0.69, 0.999, 0.999, 0.999])
    is_firm, may_be = np.array([True] * 4 + [False]), np.zeros(5, dtype=bool)
    told = calibration.applied(probability, np.array([4, 4, 4, 3, 4], np.uint8), is_firm, may_be)
    assert told.tolist() == [0.3, 0.69, 0.7, 0.999, 0.999]


def test_a_firm_or_person_has_the_lower_of_both_caps() -> None:
    calibration = Calibration({("firm", 4): 0.7, ("person", 3): 0.8})
    kinds = np.array([4, 3, 2], np.uint8)
    told = calibration.applied(np.full(3, 0.999), kinds, np.zeros(3, dtype=bool), np.ones(3, dtype=bool))
    assert told.tolist() == [0.7, 0.8, 0.999]


def test_the_table_learns_for_both_from_who_may_be_either() -> None:
    entries = learned({"one": seen(0.999, 5, 30, calibrating.EITHER)})
    assert [entry["party"] for entry in entries] == ["person", "firm"]


@pytest.mark.parametrize(
    "wrong", [{"party": "dog"}, {"rests_on": "hope"}, {"at_most": 0.4}, {"at_most": 1.2}, {"at_most": float("nan")}]
)
def test_a_table_that_cannot_be_meant_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    entry = {"party": "firm", "rests_on": OFFICE, "at_most": 0.8} | wrong
    (tmp_path / "c.json").write_text(json.dumps({"shrunk": [entry]}))
    with pytest.raises(ContractError, match=r"c\.json: .* is no entry of a calibration"):
        Calibration.load(tmp_path / "c.json")


def test_another_table_bears_another_mark() -> None:
    assert Calibration({("firm", 4): 0.7}).mark != Calibration({("firm", 4): 0.8}).mark


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (row("Ann Poole"), row("Ann Poole", "9 Dock Rd"), EVIDENCE[0]),
        (row("Ann Poole", **MAIL), row("A Poole", "9 Dock Rd", **MAIL), EVIDENCE[1]),
        (row("Ann Poole"), row("Anne Poole"), EVIDENCE[2]),
        (row("Ann Poole"), row("Ann Poole", "143 Alder St"), EVIDENCE[3]),
        (row("Ann Poole", **PHONE), row("Ann Poole", "142 Aldar St", **PHONE), EVIDENCE[3]),
        (row("Ann Poole", **PHONE), row("Ann Poole", "9 Dock Rd", **FAR, **PHONE), EVIDENCE[4]),
        (row("Ann Poole", **PHONE), row("Ann Poole", None, **PHONE), EVIDENCE[5]),
    ],
)
def test_what_a_match_rests_on(one: dict[str, str | None], other: dict[str, str | None], kind: str) -> None:
    records = prepare(frame(one, other, row("Zoe Quill", "77 Pine St")), {})
    found = compare(Pairs(records, records.row_record[:1], records.row_record[1:2]))
    assert EVIDENCE[int(evidence(found, {})[0])] == kind


def two_offices(strangers: pl.DataFrame) -> pl.DataFrame:
    """One firm's name and telephone at two addresses, among strangers."""
    sites = frame(
        row("Prairie Reading Center", **PHONE),
        row("Prairie Reading Center", "9 Dock Rd", **PHONE),
        row("Prairie Reading Ctr", **PHONE),
    )
    return pl.concat([sites, strangers], how="diagonal_relaxed")


def test_what_is_shrunk_says_so_and_adds_up(strangers: pl.DataFrame) -> None:
    resolver = IdentityResolver().fit(two_offices(strangers))
    most = default_calibration().caps["firm", EVIDENCE.index(OFFICE)]
    assert resolver.probability(0, 1) == most < PROVEN
    told = resolver.explain(0, 1)
    (shrunk,) = told.filter(feature="calibration").rows(named=True)
    assert shrunk["text"].startswith(f"Told as {most:.2f}: ")
    assert OFFICE in shrunk["text"]
    odds = 2.0 ** told["weight"].sum()
    assert odds / (1 + odds) == pytest.approx(most, abs=0.01)
    scored = resolver.score_pairs().filter(left=0, right=1)
    assert scored["probability"].to_list() == [most]


def test_name_and_address_stay_proven(strangers: pl.DataFrame) -> None:
    resolver = IdentityResolver().fit(two_offices(strangers))
    assert resolver.probability(0, 2) >= PROVEN
    assert "calibration" not in resolver.explain(0, 2)["feature"].to_list()


def test_wilson_by_hand() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(5, 5)[1] == 1.0


def seen(told: float, ones: int, others: int, party: str = "firm", kind: int = 4) -> pl.DataFrame:
    size = ones + others
    return pl.DataFrame(
        {
            "party": [party] * size,
            "evidence": pl.Series([kind] * size, dtype=pl.UInt8),
            "uncalibrated": [told] * size,
            "probability": [told] * size,
            "is_one": [True] * ones + [False] * others,
            "is_alike": [False] * size,
        }
    )


def test_the_worst_set_that_contradicts_is_what_counts() -> None:
    sets = {"right": seen(0.999, 50, 0), "wrong": seen(0.999, 30, 20), "worse": seen(0.999, 10, 30)}
    (entry,) = learned(sets)
    assert entry == {
        "party": "firm",
        "rests_on": OFFICE,
        "at_most": FIXED,  # (10 + 10) of 50 is less
        "set": "worse",
        "pairs": 40,
        "of_one": 10,
    }


def test_few_pairs_shrink_little_and_what_is_borne_out_not_at_all() -> None:
    (entry,) = learned({"few": seen(0.995, 3, 2)})
    assert entry["at_most"] == round(13 / 15, 3)
    assert learned({"as told": seen(0.995, 99, 1)}) == []
    assert learned({"not told as proven": seen(0.98, 10, 10)}) == []
    assert learned({"too few to say": seen(0.995, 1, 0)}) == []


def test_reliability_by_hand() -> None:
    pairs = pl.concat([seen(0.999, 3, 1), seen(0.6, 1, 1), seen(0.985, 2, 0, kind=0)])
    pairs = pairs.with_columns(probability=pl.when(pl.col("is_one")).then("probability").otherwise(0.5))
    told = reliability(pairs)
    assert told["bins"]["firms, all pairs"] == [(0, 0), (3, 1), (0, 0), (0, 0), (0, 0), (2, 2), (3, 3)]
    assert told["bins"]["firms, two identifiers"][5] == (0, 0)
    assert told["proven"] == {"firms": (3, 3, 0, 4, 3)}


def test_pairs_within_a_list_do_not_count_where_two_are_linked() -> None:
    rows = frame(row("Ann Poole"), row("Anne Poole"), row("Anne M Poole"))
    fitted = IdentityResolver().fit(rows)
    truth, source = pl.Series(["a", "a", "b"]), pl.Series(["x", "y", "y"])
    assert observed(fitted, truth)["is_one"].sum() == 1
    assert observed(fitted, truth).height == observed(fitted, truth, source).height + 1


@pytest.mark.slow
def test_the_table_is_made_anew_bit_for_bit(tmp_path: Path) -> None:
    shared("data/identity")
    calibrating.main(tmp_path / "calibration.json")
    assert (tmp_path / "calibration.json").read_bytes() == CALIBRATION_FILE.read_bytes()

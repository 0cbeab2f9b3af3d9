"""What outranks the scores."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.identity.candidates.components import connected
from analytics.identity.grouping.accounts import MAX_NAMES, account_links
from analytics.identity.grouping.constraints import Judged, combined, judged_pairs
from analytics.identity.records.preparing import prepare

NONE = (np.empty(0, np.int64), np.empty(0, np.int64))


def verdicts(*rows: tuple[int, int, str]) -> pl.DataFrame:
    """Verdicts in the order in which they were given."""
    days = [f"2025-01-{number:02d}" for number in range(1, len(rows) + 1)]
    columns = {"left": [r[0] for r in rows], "right": [r[1] for r in rows], "verdict": [r[2] for r in rows]}
    return pl.DataFrame(columns | {"judged_at": days})


def pairs(ends: tuple[np.ndarray, np.ndarray]) -> set[tuple[int, int]]:
    return set(zip(ends[0].tolist(), ends[1].tolist(), strict=True))


def test_verdicts_become_constraints_and_unsure_does_not() -> None:
    judged = judged_pairs(verdicts((1, 0, "same"), (2, 3, "different"), (0, 3, "unsure")), 4)
    assert (pairs(judged.same), pairs(judged.different)) == ({(0, 1)}, {(2, 3)})
    assert judged.contradictions == ()


def test_the_last_verdict_on_a_pair_stands() -> None:
    judged = judged_pairs(verdicts((0, 1, "same"), (1, 0, "different")), 2)
    assert (pairs(judged.same), pairs(judged.different)) == (set(), {(0, 1)})


def test_a_contradiction_over_three_is_reported_and_the_later_verdicts_stand() -> None:
    judged = judged_pairs(verdicts((0, 1, "same"), (1, 2, "same"), (0, 2, "different")), 3)
    assert pairs(judged.different) == {(0, 2)}
    assert pairs(judged.same) == {(1, 2)}
    assert judged.contradictions == ((0, 1),)


def accounts(names: list[str], addresses: list[str] | None = None) -> tuple[np.ndarray, np.ndarray]:
    rows = len(names)
    people = {
        "consignee_name": names,
        "consignee_address": addresses or ["1 Elm St"] * rows,
        "consignee_id": ["U1"] * rows,
        "consignee_id_issuer": ["market"] * rows,
    }
    return account_links(prepare(pl.DataFrame(people), {}))


def test_an_account_joins_the_names_under_it() -> None:
    first, others = accounts(["Ann Poole", "A Poole", "Ann Pole"])
    assert len(set(connected(3, first, others).tolist())) == 1


def test_an_account_that_many_names_share_joins_nobody() -> None:
    crowd = [f"{word} Poole" for word in ("Ann", "Bea", "Cleo", "Dora", "Edna", "Fay", "Gwen", "Hope", "Iris")]
    assert len(crowd) > MAX_NAMES
    assert len(accounts(crowd)[0]) == 0


def test_an_account_without_its_issuer_joins_nobody() -> None:
    people = pl.DataFrame({"consignee_name": ["Ann Poole", "Bo Hale"], "consignee_id": ["U1", "U1"]})
    assert len(account_links(prepare(people, {}))[0]) == 0


def test_a_person_outranks_an_account() -> None:
    account = (np.array([0, 0]), np.array([1, 2]))
    apart = Judged(different=(np.array([0]), np.array([1])))
    assert pairs(combined(3, apart, account, NONE).same) == set()


def test_a_person_outranks_two_tax_numbers() -> None:
    together = Judged(same=(np.array([0]), np.array([1])))
    constraints = combined(2, together, NONE, (np.array([0]), np.array([1])))
    assert (pairs(constraints.same), pairs(constraints.different)) == ({(0, 1)}, set())

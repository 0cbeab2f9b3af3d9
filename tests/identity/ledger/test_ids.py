"""Ids that stay: created, merged, split, and what is remembered of those who are absent."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.identity.ledger import ids as ids_module
from analytics.identity.ledger.changes import CHANGES
from analytics.identity.ledger.ids import MEMBERS, assign_ids

NOBODY = pl.DataFrame(schema=MEMBERS)
NO_VERDICTS = pl.DataFrame(schema={"alias_id_l": pl.String, "alias_id_r": pl.String})


def grouped(groups: dict[str, int], first: dict[str, int] | None = None) -> pl.DataFrame:
    """Aliases with their group; all first seen on day 1 unless told otherwise."""
    days = [date(2025, 1, (first or {}).get(alias, 1)) for alias in groups]
    columns = {"alias_id": list(groups), "group": list(groups.values()), "first_day": days}
    return pl.DataFrame(columns, schema={"alias_id": pl.String, "group": pl.Int64, "first_day": pl.Date})


def run(groups: dict[str, int], previous: pl.DataFrame = NOBODY, verdicts: pl.DataFrame = NO_VERDICTS, first=None):  # type: ignore[no-untyped-def]
    named = assign_ids(grouped(groups, first).sort("alias_id"), previous, verdicts, "run")
    members = pl.concat(named.members()).sort("alias_id")
    changes = pl.concat(named.changes()).sort("identity_id", "event", "from_ids")
    by_alias = dict(members.select("alias_id", "identity_id").iter_rows())
    return by_alias, members, changes


def events(changes: pl.DataFrame) -> list[tuple[str, str]]:
    return [(row["event"], row["cause"]) for row in changes.iter_rows(named=True)]


def test_new_identities_are_minted_from_their_first_alias() -> None:
    ids, members, changes = run({"a1": 0, "a2": 0, "a3": 1}, first={"a1": 5, "a2": 2})
    assert ids["a1"] == ids["a2"] != ids["a3"]
    alone, _, _ = run({"a2": 0})
    assert ids["a2"] == alone["a2"]
    assert ids["a2"].startswith("i")
    assert len(ids["a2"]) == 17
    assert members.filter(alias_id="a3")["minted_no"].item() == 0  # first seen on day 1, before the others
    assert events(changes) == [("created", "data")] * 2
    assert changes.schema == CHANGES


def test_somebody_new_elsewhere_is_no_cause() -> None:
    """Two part while a stranger comes: names were counted anew, or the model is another one."""
    _, members, _ = run({"a1": 0, "a2": 0})
    _, _, changes = run({"a1": 0, "a2": 1, "a3": 2}, members)
    assert sorted(events(changes)) == [("created", "data"), ("split", "model")]


def test_who_comes_and_who_goes_is_a_cause() -> None:
    _, members, _ = run({"a1": 0, "a2": 1})
    _, _, changes = run({"a1": 0, "a2": 0, "a3": 0}, members)
    assert events(changes) == [("merged", "data")]
    _, pair, _ = run({"a1": 0, "a2": 0, "a3": 0})
    _, _, changes = run({"a1": 0, "a2": 0, "a3": 1, "a4": 1}, pair)
    assert events(changes) == [("split", "data")]
    _, _, changes = run({"a1": 0, "a2": 1, "a3": 1, "a4": 1}, pair)
    assert events(changes) == [("split", "data")]
    _, bridged, _ = run({"a1": 0, "a2": 0, "a3": 0})
    _, _, changes = run({"a1": 0, "a3": 1}, bridged)
    assert events(changes) == [("split", "data")]


def test_the_same_again_changes_nothing() -> None:
    ids, members, _ = run({"a1": 0, "a2": 0, "a3": 1})
    again, remembered, changes = run({"a1": 7, "a2": 7, "a3": 3}, members)
    assert again == ids
    assert changes.is_empty()
    assert remembered.equals(members)


def test_a_merge_keeps_the_older_id() -> None:
    ids, members, _ = run({"a1": 0, "a2": 1}, first={"a2": 1, "a1": 9})
    merged, _, changes = run({"a1": 0, "a2": 0}, members)
    assert set(merged.values()) == {ids["a2"]}
    assert events(changes) == [("merged", "model")]
    assert set(json.loads(changes["from_ids"].item())) == {ids["a1"], ids["a2"]}


def test_a_merge_by_a_new_writing_is_caused_by_data() -> None:
    _, members, _ = run({"a1": 0, "a2": 1})
    _, _, changes = run({"a1": 0, "a2": 0, "a3": 0}, members)
    assert events(changes) == [("merged", "data")]


def test_a_split_keeps_the_id_with_the_larger_part() -> None:
    ids, members, _ = run({"a1": 0, "a2": 0, "a3": 0})
    split, _, changes = run({"a1": 1, "a2": 0, "a3": 0}, members)
    assert split["a2"] == split["a3"] == ids["a1"]
    assert split["a1"] != ids["a1"]
    assert events(changes) == [("split", "model")]
    assert json.loads(changes["from_ids"].item()) == [ids["a1"]]


def test_a_split_in_halves_keeps_the_id_with_the_older_part() -> None:
    ids, members, _ = run({"a1": 0, "a2": 0})
    split, _, _ = run({"a1": 0, "a2": 1}, members, first={"a1": 3, "a2": 2})
    assert split["a2"] == ids["a2"]


def test_an_id_is_never_minted_twice() -> None:
    _, members, _ = run({"a1": 0, "a2": 0, "a3": 0})
    split, _, _ = run({"a1": 1, "a2": 0, "a3": 0}, members)  # a1 minted the id that a2 and a3 keep
    assert len(set(split.values())) == 2


def test_what_a_person_judged_is_named_as_the_cause() -> None:
    _, members, _ = run({"a1": 0, "a2": 1})
    verdicts = pl.DataFrame({"alias_id_l": ["a1"], "alias_id_r": ["a2"]})
    _, _, changes = run({"a1": 0, "a2": 0}, members, verdicts)
    assert events(changes) == [("merged", "human")]


def test_an_absent_alias_keeps_its_place_and_follows_its_identity() -> None:
    ids, members, _ = run({"a1": 0, "a2": 1, "a3": 1})
    _, remembered, _ = run({"a1": 0, "a2": 0}, members)
    assert set(remembered["alias_id"]) == {"a1", "a2", "a3"}
    assert remembered.filter(alias_id="a3")["identity_id"].item() == ids["a1"]


def test_a_retired_id_leads_to_its_successor() -> None:
    ids, members, _ = run({"a1": 0, "a2": 1})
    _, _, changes = run({"a1": 0, "a2": 0}, members)
    heirs = {old: row["identity_id"] for row in changes.iter_rows(named=True) for old in json.loads(row["from_ids"])}
    assert heirs[ids["a2"]] == ids["a1"]


def test_no_aliases_leave_no_identities() -> None:
    _, members, changes = run({})
    assert members.is_empty()
    assert changes.is_empty()


@settings(deadline=None, derandomize=True)
@given(
    was=st.dictionaries(st.sampled_from([f"a{number}" for number in range(9)]), st.integers(0, 4)),
    now=st.dictionaries(st.sampled_from([f"a{number}" for number in range(9)]), st.integers(0, 4)),
    first=st.dictionaries(st.sampled_from([f"a{number}" for number in range(9)]), st.integers(1, 3)),
    judged=st.tuples(st.integers(0, 8), st.integers(0, 8)),
)
def test_groups_that_stay_keep_the_ids_of_a_full_assignment(was, now, first, judged) -> None:  # type: ignore[no-untyped-def]
    verdicts = pl.DataFrame([{"alias_id_l": f"a{judged[0]}", "alias_id_r": f"a{judged[1]}"}])
    _, members, _ = run(was, first=first)
    found = run(now, members, verdicts, first)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids_module, "_staying", lambda _alias, _place, groups, _previous: np.full(groups, -1))
        looked_at = run(now, members, verdicts, first)
    assert found[0] == looked_at[0]
    assert found[1].equals(looked_at[1])
    assert found[2].equals(looked_at[2])

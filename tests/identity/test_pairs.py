"""A table of pairs, one lesson a row: same, not same, cannot know.

The answer is what a careful customs investigator would say, never what the program happens to say. Rows on which the
program is wrong stay in the table and are named in known_misses.csv, a wrong merge first of all.
``python -m tests.identity.test_pairs`` shows the rows on which it is wrong now.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars as pl
import pytest

from analytics.identity import IdentityResolver
from analytics.identity.training.fitting import made_up_file, some_habits
from tests.identity.conftest import COLUMNS

TABLE = pl.read_csv(Path(__file__).with_name("pairs.csv"), infer_schema=False)
KNOWN = dict(pl.read_csv(Path(__file__).with_name("known_misses.csv"), infer_schema=False).iter_rows())
SHORT = ("name", "address", "city", "state", "postal", "phone", "email", "tax")
KINDS = ("merged", "parted", "certain")
SURE = 0.999
"""Beyond it a probability is called certain."""


def resolved(strangers: pl.DataFrame) -> IdentityResolver:
    """All rows of the table, left sides before right ones, among strangers."""
    sides = [
        TABLE.select(pl.col(f"{short}_{side}").alias(name) for short, name in zip(SHORT, COLUMNS, strict=True))
        for side in "lr"
    ]
    return IdentityResolver().fit(pl.concat([*sides, strangers]))


def misses(resolver: IdentityResolver) -> dict[str, str]:
    """Lessons on which the program is wrong: it merged two, parted one, or called certain what nobody can know."""
    found = {}
    for number, (lesson, answer) in enumerate(TABLE.select("lesson", "answer").iter_rows()):
        is_joined = resolver.labels_[number] == resolver.labels_[number + TABLE.height]
        if answer == "cannot know":
            chance = resolver.probability(number, number + TABLE.height)
            wrong = None if 1 - SURE < chance < SURE else "certain"
        else:
            wrong = None if is_joined == (answer == "same") else "merged" if is_joined else "parted"
        if wrong:
            found[lesson] = wrong
    return found


@pytest.fixture(scope="module")
def wrong(strangers: pl.DataFrame) -> dict[str, str]:
    return misses(resolved(strangers))


@pytest.mark.parametrize("lesson", [lesson for lesson in TABLE["lesson"] if lesson not in KNOWN])
def test_a_pair_is_decided_as_the_table_says(wrong: dict[str, str], lesson: str) -> None:
    assert lesson not in wrong


def test_what_is_known_to_be_wrong_still_is(wrong: dict[str, str]) -> None:
    mended = sorted(lesson for lesson in KNOWN if lesson not in wrong)
    assert not mended, "mended: take them out of known_misses.csv"
    assert {lesson: wrong[lesson] for lesson in KNOWN} == KNOWN


def test_every_known_miss_is_a_row_and_of_a_kind() -> None:
    assert set(KNOWN) <= set(TABLE["lesson"])
    assert set(KNOWN.values()) <= set(KINDS)


def test_the_table_is_long_and_repeats_no_lesson() -> None:
    assert TABLE["lesson"].n_unique() == TABLE.height >= 370
    assert set(TABLE["answer"]) == {"same", "not same", "cannot know"}


def test_the_table_is_of_many_worlds() -> None:
    """Not same and cannot know make up a good part of it, and so do names in other scripts than Latin."""
    share = TABLE["answer"].value_counts(normalize=True)
    assert dict(share.iter_rows())["same"] < 0.75
    scripts = {"Han": r"\p{Han}", "Hangul": r"\p{Hangul}", "Cyrillic": r"\p{Cyrillic}", "Arabic": r"\p{Arabic}"}
    assert all(TABLE["name_l"].str.contains(script).any() for script in scripts.values())


def _show() -> None:
    random = Random(4)
    found = misses(resolved(made_up_file(random, some_habits(random, 2_000)).frame.select(COLUMNS)))
    for kind in KINDS:
        lessons = [lesson for lesson, how in found.items() if how == kind]
        print(f"{kind}: {len(lessons)} of {TABLE.height}", *(f"  {lesson}" for lesson in lessons), sep="\n")


if __name__ == "__main__":
    _show()

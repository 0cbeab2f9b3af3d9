"""The made-up files that the model learns from, and the learning."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from analytics.identity import IdentityResolver
from analytics.identity.training.fitting import fit, labelled_pairs, made_up_file, some_habits
from analytics.identity.training.writing_errors import digit_typo, typo


def made(seed: int, entities: int = 400):  # type: ignore[no-untyped-def]
    random = Random(seed)
    return made_up_file(random, some_habits(random, entities))


def test_the_same_seed_makes_the_same_file() -> None:
    assert made(5).frame.equals(made(5).frame)
    assert not made(5).frame.equals(made(6).frame)


def test_truth_names_every_record() -> None:
    file = made(5)
    assert len(file.truth) == file.frame.height
    assert len(set(file.truth.tolist())) == 400


@pytest.mark.parametrize("seed", range(20))
def test_a_slip_changes_a_word_but_little(seed: int) -> None:
    random = Random(seed)
    assert abs(len(typo(random, "thornbury")) - 9) <= 1
    assert abs(len(digit_typo(random, "512448890")) - 9) <= 1


def test_a_model_learned_from_little_already_tells_people_apart(tmp_path) -> None:  # type: ignore[no-untyped-def]
    scorer = fit([labelled_pairs(made(seed)) for seed in range(6)], "small")
    scorer.save(tmp_path / "small.json")
    held_back = made(50, 300)
    resolver = IdentityResolver(model=tmp_path / "small.json", extra_columns=held_back.extra or None)
    labels = resolver.fit_predict(held_back.frame)
    same = np.equal.outer(labels, labels) & ~np.eye(len(labels), dtype=bool)
    true = np.equal.outer(held_back.truth, held_back.truth) & ~np.eye(len(labels), dtype=bool)
    assert resolver.model_version_.startswith("small")
    assert (same & true).sum() > 0.8 * true.sum()
    assert (same & ~true).sum() < 0.1 * same.sum()

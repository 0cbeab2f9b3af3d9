"""The example of docs/for_engineers.md: a comparison is added to one tuple, trained, weighed and explained."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from analytics.errors import ContractError
from analytics.identity import IdentityResolver
from analytics.identity.scoring import comparison as room
from analytics.identity.scoring import pairs, recipe
from analytics.identity.scoring.scorer import PairScorer, default_scorer
from analytics.identity.training.fitting import fit, labelled_pairs, made_up_file, some_habits
from tests.identity.conftest import frame, row

PAGE = Path(__file__).resolve().parents[3] / "docs" / "for_engineers.md"
ROWS = frame(row("Robert Aldine"), row("R Aldine"), row("Walter Quist"))


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> room.Comparison:
    """The comparison of the page, in the tuple of comparisons."""
    code = re.search(r"```python\n(def initials.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert code
    names = {**vars(room), "Pairs": pairs.Pairs}
    exec(code[1], names)
    monkeypatch.setattr(recipe, "COMPARISONS", (*recipe.COMPARISONS, names["INITIALS"]))
    return names["INITIALS"]


def trained(tmp_path: Path) -> Path:
    """A model of the comparisons there are, learned from little."""
    files = (made_up_file(random, some_habits(random, 200)) for random in map(Random, range(4)))
    fit([labelled_pairs(file) for file in files], "example").save(tmp_path / "model.json")
    return tmp_path / "model.json"


def test_it_is_weighed_explained_and_adapted(example: room.Comparison, tmp_path: Path) -> None:
    resolver = IdentityResolver(model=trained(tmp_path)).fit(ROWS)
    weights = resolver.scorer_.weights["initials"]
    assert len(weights) == len(example.levels)
    assert weights[1] > weights[2]
    assert resolver.scorer_.interactions[("initials", "place")].shape[0] == len(example.levels)
    same, other = (resolver.explain(0, last).filter(feature="initials") for last in (1, 2))
    assert same["text"].to_list() == ["Initials of given name and surname: the same."]
    assert other["text"].to_list() == ["Initials of given name and surname: different."]
    assert same["left"].to_list() == ["robert aldine"]


@pytest.mark.usefixtures("example")
def test_a_model_that_does_not_know_it_is_refused() -> None:
    with pytest.raises(ContractError, match="Train it again"):
        PairScorer.load()


def test_the_model_weighs_together_what_comparisons_declare() -> None:
    assert set(default_scorer().interactions) == set(recipe.interactions())
    assert all(other in recipe.level_names() for _, other in recipe.interactions())

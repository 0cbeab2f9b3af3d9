"""One typology, one folder: it is whole, it is found, and what is generated from the folders is current."""

from pathlib import Path

import pytest

from analytics.typologies import registry
from analytics.typologies.generate import stale

ROOT = Path(__file__).resolve().parents[2]
SQL = ROOT / "sql" / "typologies"


def test_the_generated_parts_are_current():
    assert stale() == [], "run: make typologies"


def test_each_typology_has_its_sql_its_package_and_its_tests():
    folders = [{path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"} for folder in
               (SQL, ROOT / "analytics" / "typologies", ROOT / "tests" / "typologies")]  # fmt: skip
    assert folders[0] == folders[1] == folders[2] == set(registry.names())


@pytest.mark.parametrize("name", registry.names())
def test_a_folder_holds_what_a_typology_needs(name):
    needed = {"typology.csv", f"int_members__{name}.sql", f"int_measures__{name}.sql"}
    assert needed <= {path.name for path in (SQL / name).iterdir()}
    assert (ROOT / "analytics" / "typologies" / name / "evidence.py").exists()
    assert list((ROOT / "tests" / "typologies" / name).glob("test_*.py"))


@pytest.mark.parametrize("name", registry.names())
def test_a_typology_is_called_by_a_title_and_asked_by_a_question(name):
    found = registry.typology(name)
    assert found.title[0].isupper()
    assert found.question.endswith("?")


def test_no_two_schemes_draw_at_one_place():
    schemes = registry.schemes().values()
    shipped = [it.place for scheme in schemes for it in scheme.shipped]
    injected = [(it.stream, it.place) for scheme in schemes for it in scheme.injected if it.place is not None]
    assert len(set(shipped)) == len(shipped)
    assert len(set(injected)) == len(injected)

"""Word lists made from packages."""

from __future__ import annotations

import zipfile
from pathlib import Path

from analytics.parties.make_words import pet_forms

FORMS = (
    ("quenelda", "quennie"),  # borne by nobody as a name
    ("quenelda", "nelda"),  # by two in a hundred
    ("quenelda", "quena"),  # by more
    ("quenelda", "qu"),
    ("orsolinda", "orsie"),  # of a name that is not known
)
BEARERS = {"quenelda": (1_000, 0), "nelda": (20, 0), "quena": (21, 0)}


def _wheel(folder: Path) -> Path:
    wheel = folder / "nicknames.whl"
    rows = ["name1,relationship,name2", *(f"{name},has_nickname,{form}" for name, form in FORMS)]
    with zipfile.ZipFile(wheel, "w") as opened:
        opened.writestr("nicknames/names.csv", "\n".join(rows))
    return wheel


def test_pet_forms_that_are_seldom_names_of_their_own_stand_for_the_name_and_for_one_another(tmp_path: Path) -> None:
    assert pet_forms(_wheel(tmp_path), BEARERS) == [
        ("nelda", "quenelda"),
        ("nelda", "quennie"),
        ("quenelda", "quennie"),
    ]

"""The page about intake is what its tables say, and every test that it names is there."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("make_intake", ROOT / "docs" / "make_intake.py")
maker = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(maker)


def test_the_page_is_what_the_tables_say():
    assert (ROOT / "docs" / "intake.md").read_text() == maker.page(), "run: make docs"


@pytest.mark.parametrize("test", sorted({row.test for row in maker.kinds()}))
def test_every_test_that_the_page_names_exists(test):
    path, _, name = test.partition("::")
    defined = re.findall(r"^\s*(?:async )?def (test_\w+)", (ROOT / path).read_text(), re.MULTILINE)
    assert name.partition("[")[0].rpartition("::")[2] in defined


def test_no_kind_stands_twice():
    names = [(row.group, row.kind.casefold()) for row in maker.kinds()]
    assert sorted(names) == sorted(set(names))

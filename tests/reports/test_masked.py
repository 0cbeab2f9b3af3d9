"""The masked edition of the report: nobody is named in any form, and every number is that of the open edition."""

from __future__ import annotations

import json
import re
from collections import Counter

import openpyxl
import pytest

from analytics.reports import report
from tests.masking.planted import WEEK, names_of, planted_store
from tests.reading import joined, text_of_pdf
from tests.reports.world import world

ENDINGS = (".html", ".json", ".pdf", ".xlsx")
AMOUNT = re.compile(r"-?\d+\.\d{2}")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return planted_store(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def both(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    kinds = {"open": False, "masked": True}
    return {
        (name, ending): store.report(WEEK, out=folder / f"{name}{ending}", is_masked=is_masked)
        for name, is_masked in kinds.items()
        for ending in ENDINGS
    }


def text_of(file):
    if file.suffix == ".pdf":
        return text_of_pdf(file.read_bytes())
    if file.suffix != ".xlsx":
        text = file.read_text("utf-8")
        return text if file.suffix == ".html" else str(list(leaves(json.loads(text))))
    sheets = openpyxl.load_workbook(file)
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value)


def leaves(value):
    if isinstance(value, dict):
        yield from (leaf for item in value.items() for leaf in leaves(list(item)))
    elif isinstance(value, list):
        yield from (leaf for item in value for leaf in leaves(item))
    elif value is not None:
        yield str(value)


@pytest.mark.parametrize("ending", ENDINGS)
def test_nobody_is_named(store, both, ending):
    known = {text for text in names_of(store) if text != "Total shipments"}
    shown, clear = (joined(text_of(both[name, ending])).casefold() for name in ("masked", "open"))
    assert sum(joined(text).casefold() in clear for text in known) > 10
    assert [text for text in sorted(known) if joined(text).casefold() in shown] == []
    parts = ("quillfeather", "planted", "555-10", "mail.example", "łukasiewicz", "springfield", "62704", "wharf")
    assert [part for part in parts if part in shown] == []


def numbers(value, path=()):
    """Every number of a report with the names that lead to it; places in lists are left out, texts are blank."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item, path)
    elif isinstance(value, str):
        yield from [(path, value)] if AMOUNT.fullmatch(value) else []
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value


def test_every_number_is_the_same(both):
    plain, masked = (json.loads(both[name, ".json"].read_text("utf-8")) for name in ("open", "masked"))
    for one, other in zip(plain["sections"], masked["sections"], strict=True):
        assert Counter(numbers(one["measured"])) == Counter(numbers(other["measured"])), one["key"]
        assert Counter(numbers(one["charts"])) == Counter(numbers(other["charts"])), one["key"]
    assert plain["headline"] == masked["headline"]
    assert (plain["is_masked"], masked["is_masked"]) == (False, True)


def test_the_sheets_have_the_same_numbers(both):
    plain, masked = (openpyxl.load_workbook(both[name, ".xlsx"]) for name in ("open", "masked"))
    assert plain.sheetnames == masked.sheetnames
    for one, other in zip(plain, masked, strict=True):
        amounts = (
            Counter(cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float))
            for sheet in (one, other)
        )
        assert next(amounts) == next(amounts), one.title


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_says_that_it_is_masked_and_the_open_edition_does_not(both, ending):
    assert "Maskededition" in joined(text_of(both["masked", ending]))
    assert "Maskededition" not in joined(text_of(both["open", ending]))


@pytest.mark.parametrize("ending", ENDINGS)
def test_two_runs_give_the_same_bytes(store, both, tmp_path, ending):
    again = store.report(WEEK, out=tmp_path / f"r{ending}", is_masked=True)
    assert again.read_bytes() == both["masked", ending].read_bytes()


def test_pages_of_hostile_names_are_masked_too(tmp_path):
    made = world()
    page = report(made, week="2025-W19", out=tmp_path / "r.html", is_masked=True).read_text("utf-8")
    people = made.table("identities").collect()
    known = [name for name in people["display_name"] if len(name) > 5]
    assert [name for name in known if name in page] == []
    assert "hacked" not in page

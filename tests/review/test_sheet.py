"""The review sheet goes out without scores and comes back whole or not at all."""

import hashlib

import openpyxl
import polars as pl
import pytest

import analytics
from analytics.errors import InputError, UnreadableFile
from analytics.review.proposals import proposals
from analytics.store import judged
from analytics.store.state import read_state


def rows(file):
    heading, *cells = openpyxl.load_workbook(file)["review"].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in cells]


def fill(file, answers):
    """Write verdicts (and what else is given) into rows, by their number in the sheet."""
    book = openpyxl.load_workbook(file)
    sheet = book["review"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for number, changes in answers.items():
        for heading, value in changes.items():
            sheet.cell(number, column[heading]).value = value
    book.save(file)


def kept(store):
    return judged(store.root, read_state(store.root))


@pytest.fixture
def sheet(store, tmp_path):
    store.review(20, tmp_path / "sheet.xlsx")
    return tmp_path / "sheet.xlsx"


def test_the_money_that_hangs_on_a_pair_brings_it_into_the_sheet(store, alias):
    pairs = set(proposals(store, 20))
    assert tuple(sorted((alias["Jon Reyes"], alias["Ana Reyes"]))) in pairs
    assert tuple(sorted((alias["Maria Lopez"], alias["Maria G Lopez"]))) in pairs


def test_no_score_leaves_the_house(sheet):
    for row in rows(sheet):
        assert not {"probability", "score", "is_joined", "identity_id 1"} & set(row)
        assert row["verdict"] is row["note"] is None


def test_the_same_store_gives_the_same_sheet(store, sheet, tmp_path):
    store.review(20, tmp_path / "again.xlsx")
    one, other = (hashlib.sha256(file.read_bytes()).hexdigest() for file in (sheet, tmp_path / "again.xlsx"))
    assert one == other


def test_as_many_pairs_as_asked_for(store, tmp_path):
    assert store.review(1, tmp_path / "one.xlsx") == len(rows(tmp_path / "one.xlsx")) == 1


def test_verdicts_are_offered_in_a_list(sheet):
    (validation,) = openpyxl.load_workbook(sheet)["review"].data_validations.dataValidation
    assert validation.formula1 == '"same,different,unsure"'


def test_what_was_judged_comes_back_with_who_and_why_and_is_asked_no_more(store, sheet, tmp_path):
    fill(sheet, {2: {"verdict": " Same ", "note": "one door"}})
    assert store.take_review(sheet, by="ann") == 1
    (row,) = kept(store).rows(named=True)
    asked = rows(sheet)[0]
    assert {row["alias_id_l"], row["alias_id_r"]} == {asked["alias_id_l"], asked["alias_id_r"]}
    assert (row["verdict"], row["judged_by"], row["note"]) == ("same", "ann", "one door")
    assert (asked["alias_id_l"], asked["alias_id_r"]) not in proposals(analytics.open_store(store.root), 20)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"verdict": "perhaps"}, "none of same, different, unsure"),
        ({"verdict": "same", "alias_id_r": "a0"}, "not two aliases"),
        ({"verdict": "same", "alias_id_l": None}, "not two aliases"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_taken(store, sheet, wrong, says):
    fill(sheet, {2: {"verdict": "same"}, 3: wrong})
    with pytest.raises(InputError, match=f"row 3: .*{says}"):
        store.take_review(sheet)
    assert kept(store).is_empty()


def test_a_pair_judged_twice_in_one_sheet_is_refused(store, sheet):
    first = rows(sheet)[0]
    ids = {"alias_id_l": first["alias_id_r"], "alias_id_r": first["alias_id_l"]}
    fill(sheet, {2: {"verdict": "same"}, 3: {"verdict": "different", **ids}})
    with pytest.raises(InputError, match="another row"):
        store.take_review(sheet)


def test_an_empty_sheet_takes_nothing(store, sheet):
    assert store.take_review(sheet) == 0
    assert kept(store).is_empty()


def test_what_is_no_review_sheet_is_refused(store, tmp_path):
    pl.DataFrame({"a": [1]}).write_excel(tmp_path / "other.xlsx", "review")
    (tmp_path / "text.xlsx").write_text("no workbook")
    for name in ("other.xlsx", "text.xlsx", "absent.xlsx"):
        with pytest.raises(UnreadableFile, match=r"splitship review --next"):
            store.take_review(tmp_path / name)


def test_a_text_that_looks_like_a_formula_stays_a_text(store, alias, tmp_path, monkeypatch):
    pair = tuple(sorted((alias["=SUM(1,2) Ltd"], alias["Bob Stone"])))
    monkeypatch.setattr("analytics.review.sheet.proposals", lambda *_: [pair])
    store.review(1, tmp_path / "sheet.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "sheet.xlsx")["review"].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}


def test_what_was_taken_is_applied(store, sheet):
    fill(sheet, {number: {"verdict": "different"} for number in range(2, len(rows(sheet)) + 2)})
    taken = store.take_review(sheet)
    run = analytics.screen(store=store.root)
    assert run.table("judgements").collect()["outcome"].to_list() == ["kept"] * taken
    assert run.table("flags").collect().is_empty()

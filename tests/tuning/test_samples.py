"""A sample below the line is drawn alike from groups of like scores, goes out blind, comes back whole or not at all."""

import openpyxl
import polars as pl
import pytest

from analytics.errors import InputError, UnreadableFile, UsageError
from analytics.tuning import bounds, draw_sample, take_sample
from analytics.tuning.samples import stratified
from tests.tuning.conftest import HOSTILE


def below(count):
    return pl.DataFrame(
        {"candidate_id": [f"c{number:03}" for number in range(count)], "score": [n / count for n in range(count)]}
    )


@pytest.mark.parametrize(("there", "asked", "drawn"), [(100, 20, 20), (100, 21, 24), (3, 20, 3), (1, 1, 1)])
def test_every_group_gives_as_many(there, asked, drawn):
    sample = stratified(below(there), asked, seed=1)
    assert sample.height == drawn
    assert sample["stratum"].value_counts()["count"].n_unique() == 1
    assert sample["candidate_id"].n_unique() == drawn


def test_a_group_holds_scores_like_each_other():
    sample = stratified(below(100), 40, seed=2)
    ends = sample.group_by("stratum").agg(least=pl.col("score").min(), most=pl.col("score").max()).sort("stratum")
    assert (ends["most"][:-1] < ends["least"][1:]).all()


def test_the_seed_decides_the_draw():
    assert stratified(below(100), 20, 3).equals(stratified(below(100), 20, 3))
    assert not stratified(below(100), 20, 3).equals(stratified(below(100), 20, 4))


def cells(file):
    heading, *rows = openpyxl.load_workbook(file)["review"].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def fill(file, verdicts):
    book = openpyxl.load_workbook(file)
    sheet = book["review"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for number, verdict in enumerate(verdicts, start=2):
        sheet.cell(number, column["verdict"]).value = verdict
    book.save(file)


def test_what_is_over_the_limit_is_no_candidate_and_a_sheet_tells_no_score(store, tmp_path):
    sample, drawn = draw_sample(store, "daily_limit", 12, tmp_path / "s.xlsx", by="Ana")
    rows = cells(tmp_path / "s.xlsx")
    assert (sample, drawn, len(rows)) == ("t0001", 12, 12)
    assert "score" not in {name for row in rows for name in row}
    assert not any("Over Limit" in row["person"] for row in rows)
    assert {row["question"] for row in rows} == {"Did one person get more than the limit that day, all told?"}
    scores = store.table("candidates").collect().select("candidate_id", "score").rows()
    asked = [dict(scores)[row["candidate_id"]] for row in rows]
    assert asked != sorted(asked)
    assert asked != sorted(asked, reverse=True)


def test_a_name_is_text_in_the_sheet(store, tmp_path):
    draw_sample(store, "daily_limit", 40, tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["review"]
    found = [cell for row in sheet.iter_rows() for cell in row if HOSTILE in str(cell.value)]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


def test_verdicts_come_back_with_who_and_when_and_give_a_bound(store, tmp_path):
    file = tmp_path / "s.xlsx"
    draw_sample(store, "daily_limit", 20, file)
    fill(file, ["yes", "unsure", *["no"] * 18])
    assert take_sample(store, file, by="Bea") == ("t0001", 20)
    (bound,) = bounds(store.table("tunings").collect())
    assert (bound.judged, bound.missed, bound.unsure, bound.judged_by, bound.population) == (20, 1, 1, "Bea", 39)
    # two of twenty, one-sided: the share p with P(X <= 2) = 0.05 (Clopper and Pearson 1934)
    assert bound.share == pytest.approx(0.28262, abs=5e-5)
    assert bound.most == 11


def test_a_sheet_half_filled_gives_no_bound_and_the_rest_may_follow(store, tmp_path):
    file = tmp_path / "s.xlsx"
    draw_sample(store, "daily_limit", 8, file)
    fill(file, ["no"] * 5)
    assert take_sample(store, file)[1] == 5
    (bound,) = bounds(store.table("tunings").collect())
    assert (bound.judged, bound.share, bound.most) == (5, None, None)
    fill(file, ["no"] * 8)
    take_sample(store, file)
    (bound,) = bounds(store.table("tunings").collect())
    assert (bound.judged, bound.missed) == (8, 0)
    assert bound.share == pytest.approx(1 - 0.05 ** (1 / 8))


def test_a_second_sample_has_a_number_of_its_own(store, tmp_path):
    draw_sample(store, "daily_limit", 4, tmp_path / "a.xlsx", seed=9)
    sample, _ = draw_sample(store, "daily_limit", 4, tmp_path / "b.xlsx", seed=9)
    assert sample == "t0002"
    drawn = store.table("tunings").collect()
    assert drawn["seed"].unique().to_list() == [9]
    first, second = (set(part["candidate_id"]) for _, part in drawn.group_by("sample_id", maintain_order=True))
    assert first == second


@pytest.mark.parametrize(
    ("verdicts", "says"),
    [(["perhaps"], "row 2: the verdict is none of yes, no, unsure"), ([], "no row has a verdict")],
)
def test_a_wrong_sheet_is_refused_whole(store, tmp_path, verdicts, says):
    file = tmp_path / "s.xlsx"
    draw_sample(store, "daily_limit", 4, file)
    fill(file, verdicts)
    with pytest.raises(InputError, match=says):
        take_sample(store, file)
    assert set(store.table("tunings").collect()["event"]) == {"drawn"}


def test_a_sheet_of_another_store_is_refused(store, tmp_path):
    file = tmp_path / "s.xlsx"
    draw_sample(store, "daily_limit", 4, file)
    book = openpyxl.load_workbook(file)
    sheet = book["review"]
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, column["candidate_id"]).value = "c0"
    book.save(file)
    fill(file, ["no"])
    with pytest.raises(InputError, match="not of a sample of this store"):
        take_sample(store, file)


def test_no_sheet_is_told(store, tmp_path):
    (tmp_path / "s.xlsx").write_text("no")
    with pytest.raises(UnreadableFile, match="no review sheet"):
        take_sample(store, tmp_path / "s.xlsx")


def test_a_typology_with_nothing_below_its_line_names_those_that_have(store, tmp_path):
    with pytest.raises(UsageError, match="Typologies with candidates: daily_limit"):
        draw_sample(store, "order_split", 4, tmp_path / "s.xlsx")
    assert not (tmp_path / "s.xlsx").exists()

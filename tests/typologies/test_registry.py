"""Typologies are found by their folders; the lines of SQL that name them all are written from the folders."""

import shutil
from types import SimpleNamespace

import pytest

from analytics.contracts.paths import sql_folder
from analytics.errors import ContractError
from analytics.typologies import generate, registry


@pytest.fixture
def sql(tmp_path, monkeypatch):
    """A copy of the SQL that a test may change."""
    copy = tmp_path / "sql"
    shutil.copytree(sql_folder(), copy)
    monkeypatch.setattr(generate, "sql_folder", lambda: copy)
    return copy


def test_a_folder_that_is_added_is_united_in_its_place(sql):
    (sql / "typologies" / "late_zzz").mkdir()
    assert {path.stem for path in generate.stale()} == set(generate.UNITED)
    members, measures = (generate.generated(model) for model in generate.UNITED)
    assert "    from int_members__late_filing\n    union all\n    select\n        flag_id,\n" in members
    assert "    from int_measures__late_filing\n    union all\n    select\n        flag_id,\n" in measures
    assert "    from int_measures__late_zzz\n" in measures


def test_a_folder_that_goes_is_united_no_more(sql):
    shutil.rmtree(sql / "typologies" / "gift_split")
    assert "gift_split" not in generate.generated("int_measures__united")
    assert "from int_members__entry_type_switching" in generate.generated("int_members__united")


def test_only_the_generated_part_is_written(sql):
    path = sql / "20_intermediate" / "flags" / "int_measures__united.sql"
    path.write_text(path.read_text().replace("where untested.typology is null", "where untested.typology is null -- x"))
    assert generate.stale() == []


def test_what_has_no_folder_is_called_by_its_name():
    assert registry.typology("no_such_folder").title == "No such folder"
    assert registry.typology("order_split").title == "Order in lots"


def test_steps_and_schemes_are_found_in_their_folders():
    written = {step.name for step in registry.steps()}
    assert {"structuring_tests", "clustering_tests", "inferred_orders", "possible_pairs"} <= written
    assert "consignment_split" not in registry.schemes()
    assert registry.schemes()["possible_daily_limit"].left_by == "daily_limit"


@pytest.mark.parametrize(
    ("ask", "declared"),
    [
        (registry.schemes.__wrapped__, "late_filing.scheme declares no SCHEME"),
        (registry.steps, "late_filing.scheme declares no steps"),
        (lambda: registry.evidence.__wrapped__("late_filing"), "late_filing.evidence declares no EVIDENCE"),
        (lambda: registry.typology("late_filing"), "late_filing declares no TYPOLOGY"),
    ],
)
def test_a_module_that_declares_nothing_is_named(monkeypatch, ask, declared):
    nothing = SimpleNamespace(__name__=declared.partition(" ")[0])
    monkeypatch.setattr(registry, "import_module", lambda _: nothing)
    monkeypatch.setattr(registry, "_modules", lambda _: [("late_filing", nothing)])
    with pytest.raises(ContractError, match=f"^{declared}"):
        ask()

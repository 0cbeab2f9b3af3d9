"""A flag that a run no longer raised is explained from what the store remembers of its runs."""

import shutil

import polars as pl
import pytest

import analytics
from analytics.contracts.paths import sql_folder
from analytics.errors import UsageError


@pytest.fixture(scope="module")
def told(few, tmp_path_factory):
    """Explanations of a flag that a verdict ended, and of one that another limit ended."""
    folder = tmp_path_factory.mktemp("gone")
    shutil.copytree(few.root, folder / "store")
    store = analytics.open_store(folder / "store")
    aliases = store.table("aliases").filter(pl.col("consignee_name").str.contains("Lopez")).collect()["alias_id"]
    pair = dict(few.table("flags").select("identity_id", "flag_id").collect().rows())
    lopez = pair[store.table("aliases").filter(pl.col("alias_id") == aliases[0]).collect()["identity_id"][0]]
    store.judge(*aliases, "different", by="ann")
    after_verdict = str(analytics.screen(store=folder / "store", threads=2).explain(lopez))
    (folder / "rules").mkdir()
    law = (sql_folder() / "00_reference" / "ref_limits.csv").read_text(encoding="utf-8")
    (folder / "rules" / "ref_limits.csv").write_text(law.replace(",800.00,USD,eligible", ",950.00,USD,eligible"))
    last = analytics.screen(store=folder / "store", rules=folder / "rules", threads=2)
    other = next(flag for flag in pair.values() if flag != lopez)
    return {"verdict": after_verdict, "rules": str(last.explain(other)), "both": last, "lopez": lopez}


def test_a_verdict_is_named_with_who_gave_it(told):
    assert "no longer raised it. Cause: clerical review: a verdict moved aliases between identities." in told["verdict"]
    assert ": different, by ann, " in told["verdict"]
    assert (
        "no longer raised, clerical review: a verdict moved aliases between identities, \u2212$900.00"
        in told["verdict"]
    )


def test_reference_tables_are_named_before_and_since(told):
    assert "Cause: the reference tables changed." in told["rules"]
    assert "  reference tables: " in told["rules"]


def test_it_is_still_told_after_further_runs(told):
    assert str(told["both"].explain(told["lopez"])).splitlines()[1:3] == told["verdict"].splitlines()[1:3]


def test_an_id_with_a_slip_offers_the_one_that_was_meant(few):
    flag = few.table("flags").collect()["flag_id"][0]
    with pytest.raises(UsageError, match=f"Did you mean {flag}"):
        few.explain(f"{flag[:-1]}")

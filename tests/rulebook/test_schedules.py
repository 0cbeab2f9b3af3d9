"""The tariff schedule as the US government publishes it stands in for the table of general rates."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.errors import RulesError
from analytics.rulebook import load_references
from analytics.rulebook.schedules import share_of

HEAD = (
    '"HTS Number","Indent","Description","Unit of Quantity","General Rate of Duty","Special Rate of Duty",'
    '"Column 2 Rate of Duty","Quota Quantity","Additional Duties"\n'
)
ROWS = (
    '"6110","0","Sweaters, pullovers","","","","","",""\n'
    '"6110.30.30","3","Other","","31.5%","Free (AU,BH)","90%","",""\n'
    '"6110.30.30.53","4","Men\'s","[""doz."",""kg""]","","","","",""\n'
    '"9503.00.00.73","1","Other toys","[""No.""]","Free","","70%","",""\n'
    '"0406.10.08","3","Other cheese","[""kg""]","$1.509/kg","","$2.269/kg","",""\n'
    '"9903.01.25","0","Articles of any country","","The duty provided in the applicable subheading + 10%","","","",""\n'
)


def rates(folder, text):
    (folder / "ref_hts_rates.csv").write_text(text, encoding="utf-8-sig")
    return load_references(folder).tables["ref_hts_rates"]


def of(table, hts8, day):
    held = table.filter(
        pl.col("hts8") == hts8, pl.col("valid_from") <= day, (pl.col("valid_to") > day) | pl.col("valid_to").is_null()
    )
    return held.rows(named=True)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Free", "0"),
        (" free ", "0"),
        ("Free 1/", "0"),
        ("6.8%", "0.068"),
        ("32 %", "0.32"),
        ("6.5% on the entire set", "0.065"),
        ("1.4¢/kg + 2%", None),
        ("5.3% + 2%", None),
        ("", None),
        ("2.5% on the value of the lead content", None),
    ],
)
def test_shares_are_read_only_where_the_value_alone_decides(text, share):
    assert share_of(text) == (None if share is None else Decimal(share))


def test_a_published_schedule_is_understood_as_it_is(tmp_path):
    table = rates(tmp_path, HEAD + ROWS)
    day = date(2026, 8, 3)
    assert [(row["ad_valorem_rate"], row["rate_text"]) for row in of(table, "61103030", day)] == [
        (Decimal("0.315"), "31.5%")
    ]
    assert of(table, "95030000", day)[0]["ad_valorem_rate"] == 0
    cheese = of(table, "04061008", day)[0]
    assert (cheese["ad_valorem_rate"], cheese["is_value_only"]) == (None, False)
    assert table.filter(pl.col("hts8").str.starts_with("99")).is_empty()
    assert "ref_hts_rates.csv" in cheese["source"]


def test_it_follows_the_shipped_rates_on_the_day_of_their_newest_revision(tmp_path):
    table = rates(tmp_path, HEAD + ROWS)
    assert [of(table, "61103030", day)[0]["ad_valorem_rate"] for day in (date(2026, 2, 11), date(2026, 2, 12))] == [
        Decimal("0.32"),
        Decimal("0.315"),
    ]
    assert of(table, "64029931", date(2026, 2, 12)) == []
    assert table["read_on"].null_count() == table.height


def test_a_published_schedule_without_a_rate_is_refused(tmp_path):
    with pytest.raises(RulesError, match="no line of eight or ten digits has a general rate"):
        rates(tmp_path, HEAD + ROWS.splitlines(keepends=True)[0])


def test_a_table_of_the_users_own_still_replaces_the_shipped_one_as_a_whole(tmp_path):
    own = "hts8,rate_text,ad_valorem_rate,is_value_only,valid_from,valid_to,source,confidence\n"
    table = rates(tmp_path, own + "61103030,1%,0.01,true,2020-01-01,,ours,official\n")
    assert table.height == 1

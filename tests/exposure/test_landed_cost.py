"""What a program costs, way by way: under the law of the day, closed with a reason, and to the cent."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.errors import UsageError
from analytics.exposure.landed import WAYS, Goods, Handling, Program, landed_cost, read_program

EXAMPLE = Path(__file__).resolve().parents[2] / "data_samples" / "_programs" / "knitwear.toml"
BEFORE, SUSPENDED, REPEALED = date(2025, 1, 15), date(2025, 6, 2), date(2027, 7, 1)
SWEATERS = Goods(
    name="sweaters", hts="61103030", origin="CN", mode="air", value=Decimal("400.00"), customs_value=Decimal("400.00"),
    is_proxy=True, parcels_per_month=3, parcels_per_entry=3, weight_kg=None, is_express=False,
)  # fmt: skip


def ways(day=BEFORE, handling=None, parameters=None, **changes):
    goods = Goods(**{**{name: getattr(SWEATERS, name) for name in SWEATERS.__dataclass_fields__}, **changes})
    found = landed_cost(Program("p", (goods,), handling or Handling()), [day], parameters=parameters)
    return {row["way"]: row for row in found.rows(named=True)}


def money(row, *names):
    return tuple(str(row[f"{name}_usd"]) for name in names)


def test_three_parcels_entered_informally_owe_what_the_flag_of_three_is_worth():
    informal = ways()["informal"]
    assert money(informal, "duty_base", "fees", "month_base", "parcel_base") == ("474.00", "7.86", "481.86", "160.62")


def test_under_the_exemption_nothing_is_owed_while_it_is_on_offer():
    row = ways()["exemption"]
    assert (row["closed"], row["rule_id"], row["entries"]) == (None, "US-C-02", 0)
    assert money(row, "duty_ceiling", "fees", "month_ceiling") == ("0.00", "0.00", "0.00")


@pytest.mark.parametrize(
    ("day", "origin", "says"),
    [
        (SUSPENDED, "CN", "the exemption is suspended"),
        (SUSPENDED, "DE", None),
        (date(2026, 7, 1), "DE", "the exemption is suspended by regulation"),
        (REPEALED, "DE", "the exemption is repealed"),
    ],
)
def test_the_exemption_is_that_of_the_day_and_origin(day, origin, says):
    row = ways(day, origin=origin)["exemption"]
    assert row["closed"] == says
    assert row["rule_id"]
    assert (row["month_base_usd"] is None) == (says is not None)


@pytest.mark.parametrize(("value", "says"), [("800.00", None), ("800.01", "worth USD 800.01, over the limit of the")])
def test_exactly_the_limit_of_the_exemption_passes(value, says):
    closed = ways(value=Decimal(value))["exemption"]["closed"]
    assert closed is None if says is None else closed.startswith(says)


@pytest.mark.parametrize(("value", "is_open"), [("2500.00", True), ("2500.01", False)])
def test_exactly_the_limit_of_informal_entry_passes(value, is_open):
    row = ways(customs_value=Decimal(value))["informal"]
    assert (row["closed"] is None) == is_open


def test_a_formal_entry_pays_its_least_fee():
    # 0.3464 % of 400 is 1.39, below the least fee of fiscal year 2025
    assert money(ways()["formal"], "fees") == ("98.13",)


@pytest.mark.parametrize(
    ("parcels", "per_entry", "entries", "kind", "fees"),
    [
        (3, 3, 1, "informal", "2.62"),  # 1,200 on one entry
        (7, 7, 1, "formal", "32.71"),  # 2,800: over the limit of informal entry
        (9, 7, 2, "formal and informal", "35.33"),  # the last entry holds 800
        (2, 10, 1, "informal", "2.62"),  # never more on an entry than there are
    ],
)
def test_many_parcels_on_one_entry(parcels, per_entry, entries, kind, fees):
    row = ways(parcels_per_month=parcels, parcels_per_entry=per_entry)["consolidated"]
    assert (row["entries"], row["entry"], *money(row, "fees")) == (entries, kind, fees)


def test_duty_is_computed_on_whole_dollars_of_the_entry():
    odd = {"value": Decimal("10.40"), "customs_value": Decimal("10.40"), "parcels_per_month": 3}
    found = ways(**odd)
    assert money(found["informal"], "duty_base") == ("11.85",)  # 3 x 39.5 % of 10
    assert money(found["consolidated"], "duty_base") == (
        "12.25",
    )  # 32 % and 7.5 % of 31: 9.92 and 2.33, half a cent up


def test_mail_is_entered_parcel_by_parcel_at_the_fee_for_mail():
    found = ways(mode="mail", origin="DE")
    assert found["consolidated"]["closed"] == "mail is entered parcel by parcel"
    assert money(found["informal"], "fees") == ("21.60",)


def test_an_express_bill_has_a_fee_of_its_own():
    assert money(ways(is_express=True)["informal"], "fees") == ("3.93",)


def test_harbour_fee_is_paid_on_a_formal_entry_by_ocean():
    air, ocean = (Decimal(ways(mode=mode)["formal"]["fees_usd"]) for mode in ("air", "ocean"))
    assert ocean - air == Decimal("1.50")  # 3 x 0.125 % of 400


def test_handling_is_what_was_given_and_nothing_else():
    handling = Handling(
        exemption_filing=Decimal("0.35"), informal_broker=Decimal("1.80"), formal_broker=Decimal(45),
        consolidated_broker=Decimal(60), bond_per_formal_entry=Decimal(50), handling_per_parcel=Decimal("0.60"),
        handling_per_kg=Decimal(2),
    )  # fmt: skip
    found = ways(handling=handling, weight_kg=Decimal("0.5"))
    told = [str(found[way]["handling_usd"]) for way in WAYS]
    assert told == ["5.85", "10.20", "289.80", "64.80"]


def test_a_day_without_fees_in_the_tables_has_no_sum():
    row = ways(date(2029, 1, 5))["informal"]
    assert (row["fees_usd"], row["month_base_usd"], row["parcel_base_usd"]) == (None, None, None)
    assert row["duty_base_usd"] is not None


def test_a_contested_duty_is_in_the_headline_or_not_as_asked():
    inside, outside = (
        ways(date(2026, 3, 20), origin="VN", hts="61051000", parameters={"contested_s122": answer})["informal"]
        for answer in ("included", "excluded")
    )
    assert inside["duty_base_usd"] > outside["duty_base_usd"]
    assert inside["duty_ceiling_usd"] == outside["duty_ceiling_usd"]


def test_without_parcels_per_entry_consolidation_is_not_reckoned():
    assert ways(parcels_per_entry=None)["consolidated"]["closed"] == "parcels_per_entry is not given"


TOML = """
name = "T"
[handling]
informal_broker = 1.80
[[goods]]
name = "{name}"
hts = "6110.30.30"
origin = "CN"
mode = "air"
value = 400
parcels_per_month = 3
"""


def written(folder, text, name="p.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('mode = "air"', 'mode = "balloon"', "goods 1: mode is 'balloon'. Write one of air"),
        ("value = 400", 'value = "much"', "goods 1 value reads 'much'. Write a plain number"),
        ("value = 400", "value = 400.001", "finer than a cent"),
        ('hts = "6110.30.30"', 'hts = "611"', "hts is '611'. Write eight or ten digits"),
        ('origin = "CN"', 'origin = "China"', "goods 1 origin reads 'CHINA'"),
        ("parcels_per_month = 3", "", "goods 1: parcels_per_month is missing"),
        ("parcels_per_month = 3", "parcels_per_month = 0", "Write a whole number of 1 or more"),
        ("informal_broker", "broker", "'broker' is not known"),
        ("[[goods]]", "[[goods", "cannot be read"),
    ],
)
def test_a_wrong_program_is_told_where_and_what_to_write(tmp_path, old, new, says):
    with pytest.raises(UsageError) as told:
        read_program(written(tmp_path, TOML.replace(old, new)))
    assert says in str(told.value)


def test_a_program_in_csv_is_the_same(tmp_path):
    table = "name,hts,origin,mode,value,parcels_per_month,informal_broker\n{name},6110.30.30,CN,air,400,3,1.80\n"
    ours, theirs = read_program(written(tmp_path, TOML)), read_program(written(tmp_path, table, "T.csv"))
    assert ours == theirs


def asked(*options):
    return CliRunner().invoke(app, ["landed-cost", *map(str, options)], catch_exceptions=False)


def test_the_command_compares_days_and_writes_every_figure(tmp_path):
    program = written(tmp_path, TOML.replace("{name}", "sweaters"))
    out = tmp_path / "l.csv"
    told = asked(program, "--date", "2025-06-02", "--date", "2025-01-15", "--out", out).stdout
    first, second = told.split("under the law of 2025-06-02")
    assert "exemption                  0.00" in first
    assert "informal                 162.42         487.26         474.00           7.86           5.40" in first
    assert "closed: the exemption is suspended  (US-C-06, EO 14256, 90 FR 14899, official)" in second
    assert "in no figure" in second
    assert len(out.read_text().splitlines()) == 1 + 2 * len(WAYS)


def test_the_example_program_is_one():
    told = asked(EXAMPLE, "--date", "2025-01-15").stdout
    assert "with USD 42.00 for the bond" in told


def test_a_name_is_no_terminal_code(tmp_path):
    told = asked(written(tmp_path, TOML.replace("{name}", "\\u001b[31mred")), "--date", "2025-01-15").stdout
    assert "\x1b" not in told

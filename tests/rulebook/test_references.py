"""Loading the reference tables: shipped, replaced, refused."""

from decimal import Decimal

import polars as pl
import pytest

from analytics.contracts.paths import sql_folder
from analytics.contracts.reference import REFERENCES, ScopeMembers, Scopes
from analytics.errors import RulesError
from analytics.rulebook import load_references

LIMITS_HEAD = (
    "rule_id,regime,provision,origin_scope,mode_scope,grouping_key,limit_amount,limit_currency,status,"
    "valid_from,valid_to,source,confidence\n"
)
OWN = "OWN-1,us,a2C,ALL,ALL,person_day,800,USD,eligible,2009-01-01,2012-01-01,own,own\n"


@pytest.fixture
def own(tmp_path):
    """Writes a user's file and gives the folder."""

    def write(text, name="ref_limits.csv", encoding="utf-8"):
        (tmp_path / name).write_text(text, encoding=encoding)
        return tmp_path

    return write


@pytest.fixture(scope="module")
def shipped():
    return load_references()


def test_every_declared_table_ships_and_keeps_its_contract(shipped):
    for name, reference in REFERENCES.items():
        schema = Scopes if name == "ref_scopes" else reference.schema
        assert schema.is_valid(shipped.tables[name]), name
    assert ScopeMembers.is_valid(shipped.tables["ref_scope_members"])
    whole = {path.stem for path in (sql_folder() / "00_reference").glob("*.csv")}
    assert whole == set(REFERENCES) - {"ref_typologies", "ref_benign_splits"}


@pytest.mark.parametrize(("part", "table"), [("typology", "ref_typologies"), ("benign", "ref_benign_splits")])
def test_a_typology_holds_its_own_rows_and_no_other(shipped, part, table):
    files = sorted((sql_folder() / "typologies").glob(f"*/{part}.csv"))
    held = {path.parent.name: set(pl.read_csv(path)["typology"]) for path in files}
    assert held == {name: {name} for name in shipped.tables[table]["typology"]}


def test_a_users_registry_replaces_the_rows_in_every_folder(shipped, own):
    mine = shipped.tables["ref_benign_splits"].filter(typology="order_split")
    tables = load_references(own(mine.write_csv(), name="ref_benign_splits.csv")).tables
    assert tables["ref_benign_splits"].equals(mine)


def test_what_ships_uses_the_known_words_of_confidence(shipped):
    words = {word for table in shipped.tables.values() if "confidence" in table.columns for word in table["confidence"]}
    assert words == {"official", "secondary", "unverified"}


def test_the_digest_depends_on_what_was_loaded_only(shipped, own):
    assert load_references().sha256 == shipped.sha256
    assert load_references(own(LIMITS_HEAD + OWN)).sha256 != shipped.sha256


def test_a_users_file_replaces_the_table_as_a_whole(shipped, own):
    tables = load_references(own(LIMITS_HEAD + OWN)).tables
    assert tables["ref_limits"].select("rule_id", "limit_amount", "pool").rows() == [
        ("OWN-1", Decimal(800), "standard")
    ]
    assert tables["ref_fees"].equals(shipped.tables["ref_fees"])


@pytest.mark.parametrize(
    ("provision", "grouping", "pool"),
    [
        ("a2A_gift", "person_day", "gift"),
        ("a2B_personal", "person_day", "personal"),
        ("a2C", "person_day", "standard"),
        ("informal_entry", "order", None),
    ],
)
def test_a_pool_that_is_not_given_follows_from_the_provision(own, provision, grouping, pool):
    row = OWN.replace("a2C", provision).replace("person_day", grouping)
    assert load_references(own(LIMITS_HEAD + row)).tables["ref_limits"]["pool"].to_list() == [pool]


@pytest.mark.parametrize(
    ("provision", "grouping", "kind"),
    [
        ("a2C", "person_day", "exemption"),
        ("relief", "consignment", "exemption"),
        ("separate_lots_bar", "order", "lots_bar"),
        ("one_order", "order", "lots_bar"),
        ("informal_entry", "order", "entry_limit"),
        ("penalty_1321c", "entry", "penalty"),
    ],
)
def test_a_kind_that_is_not_given_follows_from_provision_and_grouping(own, provision, grouping, kind):
    row = OWN.replace("a2C", provision).replace("person_day", grouping)
    assert load_references(own(LIMITS_HEAD + row)).tables["ref_limits"]["kind"].to_list() == [kind]


def test_an_amount_beside_an_exemption_that_is_not_on_offer_is_no_limit(own):
    row = OWN.replace("eligible", "suspended").replace("800", "0")
    limits = load_references(own(LIMITS_HEAD + row)).tables["ref_limits"]
    assert limits.select("limit_amount", "limit_currency").row(0) == (None, None)


def test_two_exemptions_of_one_pool_may_not_hold_on_one_day(own):
    second = OWN.replace("a2C", "other").replace("person_day", "consignment").replace("OWN-1", "OWN-2")
    with pytest.raises(RulesError, match="both hold on 2009-01-01 for regime us, kind exemption, pool standard"):
        load_references(own(LIMITS_HEAD + OWN + second))


def test_rows_of_two_scenarios_may_hold_on_one_day_and_each_is_proved(own):
    head = LIMITS_HEAD.rstrip() + ",if_suspension\n"
    rows = [OWN.rstrip() + ",valid\n", OWN.rstrip().replace("OWN-1", "OWN-2") + ",invalid\n"]
    assert load_references(own(head + "".join(rows))).tables["ref_limits"].height == 2
    with pytest.raises(RulesError, match="lines 2 and 3: both hold"):
        load_references(own(head + rows[0] + OWN.rstrip().replace("OWN-1", "OWN-3") + ",\n"))


def test_scopes_of_a_users_rules_are_spelt_out(own):
    second = OWN.replace("ALL,ALL", "MX,POSTAL").replace("OWN-1", "OWN-2")
    tables = load_references(own(LIMITS_HEAD + OWN.replace("ALL,ALL", "NOT(MX),ALL") + second)).tables
    members = tables["ref_scope_members"].filter(scope_kind="origin")
    of_limits = members.join(tables["ref_limits"], left_on="scope", right_on="origin_scope", how="semi")
    assert of_limits.rows() == [("origin", "MX", "MX"), ("origin", "NOT(MX)", "MX")]
    assert ("origin", "CN", "CN") in members.rows()  # a duty's scope is spelled out as well
    assert tables["ref_scopes"].filter(scope="POSTAL")["expression"].to_list() == ["mail"]


def test_a_dollar_is_worth_a_dollar_in_any_rate_table(own):
    text = "currency,usd_per_unit,valid_from,valid_to,source,confidence\nGBP,1.55,2009-01-01,,own,own\n"
    rates = load_references(own(text, "ref_fx_rates.csv")).tables["ref_fx_rates"]
    assert dict(rates.select("currency", "usd_per_unit").rows()) == {"GBP": Decimal("1.55"), "USD": Decimal(1)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_saved_by_a_spreadsheet_is_read(own, encoding):
    assert load_references(own(LIMITS_HEAD + OWN, encoding=encoding)).tables["ref_limits"].height == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LIMITS_HEAD.replace("source,", "") + OWN.replace("own,own", "own"), "'source' is missing"),
        (LIMITS_HEAD.replace("status", "state") + OWN, "'status' is missing"),
        (LIMITS_HEAD.rstrip() + ",colour\n" + OWN.rstrip() + ",red\n", "'colour' is not known"),
        (LIMITS_HEAD + OWN.replace("800", "8oo"), "line 2: limit_amount is '8oo'; write a plain number"),
        (LIMITS_HEAD + OWN.replace("800", "800.005"), "limit_amount is '800.005'; write a plain number with at most 2"),
        (LIMITS_HEAD + OWN.replace("2012-01-01", "31.12.2011"), "valid_to is '31.12.2011'; write a day as YYYY-MM-DD"),
        (LIMITS_HEAD + OWN.replace("800", "-1"), "limit_amount is '-1.00' (min)"),
        (LIMITS_HEAD + OWN + OWN.replace("own,own", ",own"), "line 3: source is empty"),
        (LIMITS_HEAD + OWN.replace("eligible", "fine"), "status is 'fine'"),
        (LIMITS_HEAD + OWN.replace("person_day", "person"), "grouping_key is 'person'"),
        (LIMITS_HEAD + OWN.replace("ALL,ALL", "CN-HK,ALL"), "line 2: origin_scope 'CN-HK' cannot be read"),
        (LIMITS_HEAD + OWN.replace("ALL,ALL", "CHN,ALL"), "line 2: origin_scope names 'CHN', which is no country"),
        (LIMITS_HEAD + OWN.replace("ALL,ALL", "ALL,NOT(post)"), "line 2: mode_scope names 'post', which is no mode"),
        (LIMITS_HEAD + OWN.replace("800,USD", ","), "line 2: OWN-1 is eligible and has no limit_amount. Give it"),
        (LIMITS_HEAD + OWN.replace("800,USD", "800,"), "line 2: OWN-1 has limit_amount or limit_currency alone"),
        (LIMITS_HEAD + OWN.replace("2012-01-01", "2009-01-01"), "which is no day at all"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(own, text, says):
    with pytest.raises(RulesError) as error:
        load_references(own(text))
    assert says in str(error.value)
    assert "ref_limits.csv" in str(error.value)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("2009-01-01", "2012-01-01"), ("2011-12-31", "")], "lines 2 and 3: both hold on 2011-12-31"),
        ([("2009-01-01", ""), ("2012-01-01", "")], "both hold on 2012-01-01"),
        ([("2009-01-01", "2012-01-01"), ("2012-01-02", "")], "nothing holds from 2012-01-01 until 2012-01-02"),
    ],
)
def test_a_day_with_two_rules_or_none_is_refused(own, rows, says):
    text = LIMITS_HEAD + "".join(OWN.replace("2009-01-01,2012-01-01", f"{begin},{end}") for begin, end in rows)
    with pytest.raises(RulesError, match=says):
        load_references(own(text))


def test_scopes_that_meet_are_one_scope(own):
    second = OWN.replace("ALL,ALL", "CN,mail").replace("OWN-1", "OWN-2")
    with pytest.raises(RulesError, match="origin CN, mode mail"):
        load_references(own(LIMITS_HEAD + OWN + second))


def test_scopes_that_do_not_meet_may_hold_on_one_day(own):
    rows = OWN.replace("ALL,ALL", "CN,ALL") + OWN.replace("ALL,ALL", "NOT(CN),ALL").replace("OWN-1", "OWN-2")
    assert load_references(own(LIMITS_HEAD + rows)).tables["ref_limits"].height == 2


@pytest.mark.parametrize(
    ("name", "says"),
    [("ref_limit.csv", "no reference table has this name"), ("limits.csv", "holds no reference table")],
)
def test_a_folder_of_other_files_is_refused(own, name, says):
    with pytest.raises(RulesError, match=says):
        load_references(own("a\n1\n", name))


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RulesError, match="no such folder"):
        load_references(tmp_path / "rules")


def test_a_named_scope_stands_once(own):
    text = "scope_kind,scope,expression\nmode,POSTAL,mail\nmode,POSTAL,mail\n"
    with pytest.raises(RulesError, match="another line has the same scope_kind, scope"):
        load_references(own(text, "ref_scopes.csv"))


def test_status_and_duty_method_of_mail_change_on_days_of_their_own(shipped):
    limits, methods = shipped.tables["ref_limits"], shipped.tables["ref_postal_duty_methods"]
    ends = {row["rule_id"]: str(row["valid_to"]) for row in limits.filter(mode_scope="POSTAL").rows(named=True)}
    assert ends["US-C-12"] == "2026-06-24"
    assert str(methods.filter(rule_id="US-C-12")["valid_to"].item()) == "2026-07-24"


@pytest.mark.parametrize(
    ("hts8", "rate", "is_value_only"),
    [("61103030", "0.32", True), ("61091000", "0.165", True), ("84713001", "0", True), ("04061008", None, False)],
)
def test_general_rates_are_those_of_the_schedule(shipped, hts8, rate, is_value_only):
    (row,) = shipped.tables["ref_hts_rates"].filter(hts8=hts8).rows(named=True)
    assert row["ad_valorem_rate"] == (None if rate is None else Decimal(rate))
    assert row["is_value_only"] is is_value_only


def test_a_rate_is_given_exactly_where_the_value_alone_decides(shipped):
    rates = shipped.tables["ref_hts_rates"]
    assert rates.filter(pl.col("ad_valorem_rate").is_not_null() != pl.col("is_value_only")).is_empty()


def test_rates_of_exchange_follow_each_other_without_a_gap(shipped):
    followed = shipped.tables["ref_fx_rates"].sort("currency", "valid_from")
    gaps = followed.filter(pl.col("valid_to") != pl.col("valid_from").shift(-1).over("currency"))
    assert gaps.is_empty()
    pound = followed.filter(pl.col("currency") == "GBP", pl.col("valid_from") == pl.date(2025, 1, 1))
    assert Decimal("1.2") < pound["usd_per_unit"].item() < Decimal("1.3")

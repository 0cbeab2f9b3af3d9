"""A regime is a folder of files: shipped, replaced, added, refused."""

from decimal import Decimal

import pytest

from analytics.errors import RulesError, UsageError
from analytics.rulebook import known_regimes, load_references

SHIPPED = ["au", "ca", "eu", "jp", "kr", "nz", "uk", "us"]
REGIME = (
    "regime,name,time_zone,origin_basis,value_basis,excess_mode,valid_from,valid_to,source,confidence\n"
    "sg,Singapore,Asia/Singapore,origin_country,transaction,The whole consignment,2007-01-01,,own,own\n"
)
LIMITS = (
    "rule_id,regime,provision,kind,origin_scope,mode_scope,grouping_key,limit_amount,limit_currency,status,valid_from,"
    "valid_to,source,confidence\n"
    "SG-1,sg,gst_relief,exemption,ALL,ALL,consignment,400,SGD,eligible,2007-01-01,2023-01-01,own,own\n"
)


@pytest.fixture
def pack(tmp_path):
    """Writes files of a regime and gives the folder above."""

    def write(regime="sg", **files):
        (tmp_path / regime).mkdir(exist_ok=True)
        for name, text in files.items():
            (tmp_path / regime / f"{name}.csv").write_text(text)
        return tmp_path

    return write


def test_the_regimes_that_ship():
    assert known_regimes() == SHIPPED


def test_a_folder_adds_a_regime_and_leaves_the_others(pack):
    folder = pack(ref_regimes=REGIME, ref_limits=LIMITS)
    assert known_regimes(folder) == sorted([*SHIPPED, "sg"])
    tables = load_references(folder).for_regime("sg").tables
    assert tables["ref_limits"].select("rule_id", "limit_amount", "pool").rows() == [("SG-1", Decimal(400), "standard")]
    shipped, beside = load_references().for_regime("us"), load_references(folder).for_regime("us")
    assert beside.tables["ref_limits"].equals(shipped.tables["ref_limits"])


def test_a_folder_replaces_the_files_of_a_regime_that_ships(pack):
    folder = pack("uk", ref_limits=LIMITS.replace("sg,", "uk,").replace("400,SGD", "20,GBP"))
    tables = load_references(folder).for_regime("uk").tables
    assert tables["ref_limits"]["limit_amount"].to_list() == [Decimal(20)]
    assert tables["ref_regimes"]["time_zone"].to_list() == ["Europe/London"]


def test_a_file_in_the_users_folder_replaces_the_table_and_what_regimes_ship_of_it(pack):
    folder = pack(ref_regimes=REGIME, ref_limits=LIMITS)
    (folder / "ref_limits.csv").write_text(LIMITS.replace("SG-1,sg", "OWN-1,us"))
    assert known_regimes(folder) == ["sg", "us"]


def test_under_another_regime_nothing_of_the_united_states_is_left():
    tables = load_references().for_regime("eu").tables
    assert {table["regime"][0] for table in tables.values() if "regime" in table.columns and table.height} == {"eu"}
    assert tables["ref_hts_rates"].is_empty()
    assert tables["ref_fees"].is_empty()
    assert not tables["ref_fx_rates"].is_empty()


def test_the_digest_is_that_of_the_regime_whatever_others_there_are(pack):
    folder = pack(ref_regimes=REGIME, ref_limits=LIMITS.replace("ALL,ALL", "NOT(MY),ALL"))
    digest = load_references().for_regime("us").sha256
    assert digest != load_references().for_regime("eu").sha256
    assert load_references(folder).for_regime("us").sha256 == digest


def test_a_regime_that_is_not_known_is_refused():
    with pytest.raises(UsageError, match=r"'sg' is not known; there are: au, .*A folder of that name under --rules"):
        load_references().for_regime("sg")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"ref_limits": LIMITS}, "a regime needs ref_regimes.csv and ref_limits.csv; ref_regimes.csv is missing"),
        (
            {"ref_regimes": REGIME, "ref_limits": LIMITS.replace("SG-1,sg", "SG-1,us")},
            "ref_limits.csv line 2: regime is 'us' and the folder is 'sg'",
        ),
        ({"ref_regimes": REGIME, "ref_limits": LIMITS, "ref_fees": "fee\n"}, "no table of a regime has this name"),
        ({"ref_regimes": REGIME.replace("Asia/Singapore", "SGT"), "ref_limits": LIMITS}, "line 2: time_zone is 'SGT'"),
        ({"ref_regimes": REGIME, "ref_limits": LIMITS.replace("consignment", "parcel")}, "grouping_key is 'parcel'"),
    ],
)
def test_a_folder_that_is_wrong_is_refused_with_its_place(pack, files, says):
    with pytest.raises(RulesError, match=says):
        load_references(pack(**files))


def test_rows_of_a_regime_stand_in_one_place(pack):
    folder = pack(ref_regimes=REGIME, ref_limits=LIMITS)
    (folder / "ref_limits.csv").write_text(LIMITS)
    with pytest.raises(RulesError, match=r"line 2: regime sg has its own folder\. Move the row there"):
        load_references(folder)

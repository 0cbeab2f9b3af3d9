"""SQL over a store reads its tables: what would read or write anything else is refused, and no byte changes."""

import hashlib
from decimal import Decimal

import polars as pl
import pytest

from analytics.errors import UsageError
from analytics.store import RunRecord, Store, begin

READS = [
    ("select max(shipments) as most from flags", [(5,)]),
    ("with two as (select * from flags) select count(*) from two", [(2,)]),
    ("from flags select flag_id where total_usd > 800.00", [("f2",)]),
    ("values (1)", [(1,)]),
    ("select 1;", [(1,)]),
    ("describe flags", None),
    ("summarize flags", None),
    ("show tables", [("candidates",), ("flags",), ("notices",), ("tunings",)]),
    ("explain select * from flags", None),
    ("pivot flags on flag_id using sum(shipments)", None),
    ("pivot flags on flag_id using sum(shipments); ", None),
    ("select count(*) from notices", [(0,)]),
    ("select * from candidates", []),
]
HOSTILE = [
    "copy flags to '{store}/tables/000001/flags.parquet'",
    "copy (select 1) to '{store}/tables/000001/flags.parquet' (use_tmp_file false)",
    "copy (select 1) to '{outside}' (format csv)",
    "copy (pivot flags on flag_id) to '{outside}'",
    "copy flags from '{secret}'",
    "explain analyze copy (select 1) to '{outside}'",
    "export database '{outside}'",
    "import database '{store}'",
    "attach '{outside}' as other",
    "attach ':memory:' as other",
    "detach memory",
    "install httpfs",
    "load httpfs",
    "update extensions",
    "select * from read_csv('{secret}')",
    "select * from read_csv_auto('{secret}')",
    "select * from read_text('{secret}')",
    "select * from read_blob('{secret}')",
    "select * from read_json('{secret}')",
    "select * from sniff_csv('{secret}')",
    "select * from glob('{store}/*')",
    "select * from read_parquet('{store}/tables/*/flags.parquet')",
    "select * from parquet_scan('{store}/tables/000001/flags.parquet')",
    "select * from parquet_metadata('{store}/tables/000001/flags.parquet')",
    "select * from '{store}/tables/000001/flags.parquet'",
    "select * from '{secret}'",
    "select * from 'https://example.org/a.parquet'",
    "select * from read_parquet('s3://bucket/a.parquet')",
    "from flags where (select count(*) from read_text('{secret}')) > 0",
    "from query('select * from read_text(''{secret}'')')",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset enable_external_access",
    "set temp_directory = '{outside}'",
    "pragma memory_limit = '1GB'",
    "call pragma_version()",
    "set variable a = 1",
    "use memory",
    "create table flags2 as from flags",
    "create table pivoted as pivot flags on flag_id",
    "create or replace view flags as select 1",
    "create secret (type s3, key_id 'a', secret 'b')",
    "drop view flags",
    "alter view flags rename to gone",
    "insert into flags values ('f3', 1, 1)",
    "with added as (insert into flags values ('f3', 1, 1) returning *) from added",
    "update flags set shipments = 0",
    "delete from flags",
    "prepare later as select 1",
    "begin",
    "checkpoint",
    "vacuum",
    "select 1; drop view flags",
    "select * from store",
    "select * from sources",
    "-- nothing",
    "",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    root = tmp_path_factory.mktemp("stored") / "s"
    flags = pl.DataFrame({"flag_id": ["f1", "f2"], "shipments": [2, 5], "total_usd": [Decimal("800.00"), Decimal(801)]})
    with begin(root) as transaction:
        flags.write_parquet(transaction.folder("tables") / "flags.parquet")
        flags.clear().write_parquet(transaction.folder("tables") / "candidates.parquet")
        transaction.commit(RunRecord("r1", "", "", [], "", "", "", {}, []))
    (root.parent / "secret.csv").write_text("name,tax_id\nZebedee Quux,123-45-6789\n")
    return Store(root)


def digests(folder):
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize(("text", "rows"), READS)
def test_what_reads_the_tables_is_answered(store, text, rows):
    found = store.sql(text)
    assert found.height or rows == []
    assert rows is None or found.rows() == rows


@pytest.mark.parametrize("text", HOSTILE)
def test_what_does_more_than_read_the_tables_is_refused(store, text, tmp_path):
    before = digests(store.root.parent)
    wanted = text.format(store=store.root, secret=store.root.parent / "secret.csv", outside=tmp_path / "out")
    with pytest.raises(UsageError) as refused:
        store.sql(wanted)
    assert "Quux" not in str(refused.value)
    assert digests(store.root.parent) == before
    assert not [*tmp_path.iterdir()]


def test_frames_of_the_caller_are_no_tables(store):
    mine = pl.DataFrame({"a": [1]})
    with pytest.raises(UsageError, match="mine"):
        store.sql("select * from mine")
    assert mine.height == 1


def test_an_error_does_not_quote_the_data(store):
    with pytest.raises(UsageError, match="try_cast") as refused:
        store.sql("select cast('Zebedee' || flag_id as integer) from flags")
    assert "Zebedee" not in str(refused.value)


def test_times_are_shown_in_utc_whatever_the_machine_is_set_to(store):
    assert store.sql("select current_setting('TimeZone') as zone").item() == "UTC"

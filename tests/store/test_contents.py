"""A file that is missing, cut short or altered is named, and no store that lacks one is read."""

import json

import polars as pl
import pytest

from analytics.contracts.ddl import empty_frame
from analytics.contracts.identities import Judgements
from analytics.contracts.logs import LOGS
from analytics.errors import StoreDamaged, StoreError
from analytics.store import InputFile, RunRecord, Store, append_log, begin, check, read_log, repair
from analytics.store.state import read_state

LANDED, REJECTED = "landed/000001/landed-000000.parquet", "landed/000001/rejected-000000.parquet"
FLAGS, SHIPMENTS = "tables/000001/flags.parquet", "tables/000001/shipments.parquet"
KEPT, MEMBERS = "kept/000001/int_days.parquet", "remembered/000001/previous_members.parquet"
JUDGED = "judgements/000001/judgements.parquet"
EVERY = [LANDED, REJECTED, FLAGS, SHIPMENTS, KEPT, MEMBERS, JUDGED]


def rows(count):
    return pl.DataFrame({"a": range(count)})


@pytest.fixture
def root(tmp_path):
    judged = ("a1", "a2", "same", "ann", "2025-03-10T06:00:00.000000Z", None)
    inputs = [InputFile("week 1.csv", "abc", 0, read=30, accepted=20, rejected=7, repeated=3)]
    with begin(tmp_path) as transaction:
        transaction.append_judgements(pl.DataFrame([judged], schema=empty_frame(Judgements).schema, orient="row"))
        for file, count in ((LANDED, 20), (REJECTED, 7), (FLAGS, 2), (SHIPMENTS, 20), (KEPT, 3), (MEMBERS, 4)):
            kind, _, name = file.split("/")
            rows(count).write_parquet(transaction.folder(kind) / name)
        transaction.commit(
            RunRecord("r1", "", "", inputs, "", "", "", {}, []),
            files={"abc": "r1"},
            next_input_no=1,
            basis="b",
            kept_under="k",
        )
    return tmp_path


def cut(file):
    file.write_bytes(file.read_bytes()[:-9])


def flip(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def remove(file):
    file.unlink()


def test_a_store_as_it_was_written_has_no_faults(root):
    assert check(root) == []
    assert sorted(read_state(root).contents) == sorted(EVERY)
    assert read_state(root).contents[LANDED].rows == 20


@pytest.mark.parametrize("file", EVERY)
@pytest.mark.parametrize(("harm", "problem"), [(remove, "missing"), (cut, "damaged"), (flip, "damaged")])
def test_what_is_wrong_is_named(root, file, harm, problem):
    harm(root / file)
    (fault,) = check(root)
    assert (fault.file, fault.problem) == (file, problem)
    assert (fault.expected != fault.found) == (problem == "damaged")


@pytest.mark.parametrize("file", EVERY)
@pytest.mark.parametrize("harm", [remove, cut])
def test_a_store_that_lacks_a_file_is_neither_read_nor_added_to(root, file, harm):
    harm(root / file)
    with pytest.raises(StoreDamaged, match=file):
        Store(root)
    with pytest.raises(StoreDamaged, match="store repair"), begin(root):
        pass


def test_an_altered_table_is_named_when_it_is_read_and_the_others_are_read(root):
    flip(root / FLAGS)
    store = Store(root)
    assert store.table("shipments").collect().height == 20
    for reading in (lambda: store.table("flags"), lambda: store.sql("from flags")):
        with pytest.raises(StoreDamaged, match=rf"{FLAGS} is damaged: expected SHA-256 [0-9a-f]{{16}}, found"):
            reading()


@pytest.mark.parametrize("file", [LANDED, REJECTED, MEMBERS, JUDGED, KEPT])
def test_altered_rows_are_named_before_a_run_reads_them(root, file):
    flip(root / file)
    with begin(root) as transaction, pytest.raises(StoreDamaged, match=file):
        transaction.verify()


def test_a_folder_that_is_gone_is_many_files_of_which_three_are_named(root):
    for number in range(5):
        append_log(root, "notices", empty_frame(LOGS["notices"]))
        (root / f"notices/{number + 1:06d}.parquet").unlink() if number == 4 else None
    for number in range(4):
        (root / f"notices/{number + 1:06d}.parquet").unlink()
    with pytest.raises(StoreDamaged, match=r"notices/000003.parquet is missing, and 2 more"):
        Store(root)


def test_rows_that_the_store_no_longer_lists_are_missed_by_their_count(root):
    state = json.loads((root / "store.json").read_text())
    del state["contents"][REJECTED]
    (root / "store.json").write_text(json.dumps(state))
    (fault,) = check(root)
    assert fault.problem == "missing"
    assert (fault.expected, fault.found) == ("7 rows of week 1.csv", "0")


def test_a_batch_of_a_log_counts_once_the_store_lists_it(root):
    append_log(root, "notices", empty_frame(LOGS["notices"]))
    rows(3).write_parquet(root / "notices" / "000002.parquet")
    assert read_log(root, "notices").height == 0
    with begin(root):
        pass
    assert not (root / "notices" / "000002.parquet").exists()
    assert (root / "notices" / "000001.parquet").exists()


def test_damaged_intermediate_tables_are_dropped(root):
    flip(root / KEPT)
    found = repair(root)
    assert (found.screen_again, found.restore, found.has_to_publish) == ([], [], False)
    assert check(root) == []
    assert (read_state(root).kept, read_state(root).kept_under) == ([], None)
    assert Store(root).names() == ["flags", "notices", "shipments", "tunings"]


def test_damaged_tables_have_to_be_published_again(root):
    (root / FLAGS).unlink()
    found = repair(root)
    assert (found.screen_again, found.restore, found.has_to_publish) == ([], [], True)
    assert check(root) == []
    assert read_state(root).basis is None
    with pytest.raises(StoreError, match="tables were damaged"):
        Store(root)
    assert repair(root).has_to_publish


@pytest.mark.parametrize("file", [LANDED, REJECTED])
def test_an_input_whose_rows_are_lost_is_no_longer_known_and_waited_for(root, file):
    (root / file).unlink()
    found = repair(root)
    assert (found.screen_again, found.restore, found.has_to_publish) == (["week 1.csv"], [], False)
    state = read_state(root)
    assert state.files == {}
    assert {sha256: item.input_no for sha256, item in state.awaited.items()} == {"abc": 0}
    assert not {LANDED, REJECTED} & set(state.contents)
    assert Store(root).table("shipments").collect().height == 20
    assert repair(root).screen_again == ["week 1.csv"]


@pytest.mark.parametrize("file", [MEMBERS, JUDGED])
def test_what_cannot_be_made_again_is_named_and_left(root, file):
    flip(root / file)
    before = (root / "store.json").read_bytes()
    assert repair(root).restore == [file]
    assert (root / "store.json").read_bytes() == before


@pytest.mark.parametrize(
    ("number", "said"), [(1, "an earlier splitship.*Screen its files anew"), (99, "a later splitship.*Install")]
)
def test_a_store_of_another_format_says_what_to_do(root, number, said):
    state = json.loads((root / "store.json").read_text())
    (root / "store.json").write_text(json.dumps({**state, "format": number}))
    for reading in (Store, check, repair):
        with pytest.raises(StoreError, match=said):
            reading(root)

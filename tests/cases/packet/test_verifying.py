"""A packet replays to the same bytes; what was changed is named, and why it differs."""

from __future__ import annotations

import hashlib
import json
from zipfile import ZipFile

import pytest

import analytics
from analytics.cases import open_ledger
from analytics.cases.packet import verify_packet, write_packet
from analytics.cases.packet.archive import zipped
from analytics.errors import UnreadableFile


def altered(filed, out, change):
    """The packet with its files as ``change`` leaves them."""
    with ZipFile(filed.plain) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out.write_bytes(zipped(files))
    return out


@pytest.fixture
def now(filed):
    """Store and ledger, opened anew."""
    store = analytics.open_store(filed.store.root)
    return store, open_ledger(store, by="bo")


def test_both_editions_replay(filed, now):
    for file in (filed.plain, filed.masked):
        told = verify_packet(file, *now)
        assert told.is_whole
        assert told.sentences[0].endswith("files replay to the same bytes.")
        json.dumps(told.as_json())


@pytest.mark.parametrize("name", ["01_cover_memo.pdf", "04_loss_of_duties.xlsx", "08_event_log.csv"])
def test_one_changed_byte_is_named(filed, now, tmp_path, name):
    def change(files):
        files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])

    told = verify_packet(altered(filed, tmp_path / "p.zip", change), *now)
    assert not told.is_whole
    assert told.sentences[1:] == [f"{name} was changed after the packet was written."]


def test_a_byte_that_does_not_unpack_is_a_changed_file(filed, now, tmp_path):
    data = bytearray(filed.plain.read_bytes())
    data[data.index(b"07_method_and_limits.pdf") + 2_000] ^= 0xFF
    (tmp_path / "p.zip").write_bytes(data)
    assert verify_packet(tmp_path / "p.zip", *now).changed == [
        "07_method_and_limits.pdf was changed after the packet was written"
    ]


def test_a_missing_and_an_added_file_are_named(filed, now, tmp_path):
    def change(files):
        del files["03_entries.xlsx"]
        files["10_more.txt"] = b"more"

    told = verify_packet(altered(filed, tmp_path / "p.zip", change), *now)
    assert told.changed == ["03_entries.xlsx is missing", "10_more.txt was added after the packet was written"]


def test_a_file_changed_together_with_its_digest_differs_from_store_and_ledger(filed, now, tmp_path):
    def change(files):
        files["08_event_log.csv"] = b"seq\n"
        told = json.loads(files["manifest.json"])
        told["files"]["08_event_log.csv"] = {"sha256": hashlib.sha256(b"seq\n").hexdigest(), "bytes": 4}
        files["manifest.json"] = json.dumps(told).encode()

    told = verify_packet(altered(filed, tmp_path / "p.zip", change), *now)
    assert (told.changed, told.differing) == ([], ["08_event_log.csv", "manifest.json"])
    assert told.causes[0].endswith("the manifest itself, or a judgement since, differs.")


def test_another_version_of_a_package_is_named(filed, now, tmp_path):
    def change(files):
        files["manifest.json"] = files["manifest.json"].replace(b'"typst": "', b'"typst": "0.1.')

    told = verify_packet(altered(filed, tmp_path / "p.zip", change), *now)
    assert told.differing == ["manifest.json"]
    assert any(cause.startswith("The packet was written with typst 0.1.") for cause in told.causes)


def test_a_head_that_is_not_in_the_ledger_is_named(filed, now, tmp_path):
    def change(files):
        told = json.loads(files["manifest.json"])
        told["head"]["hash"] = "f" * 64
        files["manifest.json"] = json.dumps(told).encode()

    told = verify_packet(altered(filed, tmp_path / "p.zip", change), *now)
    assert not told.is_whole
    assert "The events of the ledger are not those that end with ffffffffffff." in told.causes


def test_later_events_leave_the_packet_whole_and_are_counted(filed, copied):
    store, ledger = copied
    ledger.reopen(filed.case_id, "The filer sent an entry summary.")
    ledger.include(filed.case_id, "5X0070237636")
    told = verify_packet(filed.plain, store, ledger)
    assert told.is_whole
    assert told.notes == ["2 events of the case have come since."]


def test_a_store_that_was_screened_since_is_named_with_its_run(filed, copied, tmp_path):
    store, _ = copied
    late = tmp_path / "late.csv"
    late.write_text(
        "shipment_id,arrival_date,consignee_name,consignee_address,consignee_city,consignee_state,consignee_postal_code,"
        "consignee_phone,declared_value,entry_type,mode,origin_country\n"
        "LATE1,2025-03-31,Thiago D Silva,9671 Elm Street Apt 1B,Columbus,OH,43212,380-555-9595,99.00,86,air,DE\n"
    )
    run = analytics.screen(late, store.root)
    told = verify_packet(filed.plain, run, open_ledger(run, by="bo"))
    assert not told.is_whole
    assert "03_entries.xlsx" in told.differing
    assert told.causes[0] == (
        f"The store was screened since: its last run is {run.run_id}, "
        f"the packet rests on {filed.store.last_run.run_id}."
    )


def test_a_judgement_since_is_told_as_a_possible_cause(filed, copied):
    store, ledger = copied
    links = store.table("identity_links").collect()
    aliases = set(
        store.table("aliases").filter(identity_id=ledger.case(filed.case_id).subject_id).collect()["alias_id"]
    )
    pair = next(row[:2] for row in links.iter_rows() if set(row[:2]) <= aliases)
    store.judge(*pair, "same", by="bo")
    told = verify_packet(filed.plain, analytics.open_store(store.root), ledger)
    assert "05_identity_basis.pdf" in told.differing
    assert "judgement since" in told.causes[0]


@pytest.mark.parametrize("content", [b"", b"no zip", zipped({"a.txt": b"a"}), zipped({"manifest.json": b"{}"}),
                                     zipped({"manifest.json": b'{"format": 2}'})])  # fmt: skip
def test_what_is_no_packet_is_refused(filed, now, tmp_path, content):
    (tmp_path / "p.zip").write_bytes(content)
    with pytest.raises(UnreadableFile, match="packet"):
        verify_packet(tmp_path / "p.zip", *now)


def test_a_zip_that_unpacks_to_far_too_much_is_refused(filed, now, monkeypatch):
    monkeypatch.setattr("analytics.cases.packet.archive.MOST_BYTES", 1000)
    with pytest.raises(UnreadableFile, match="more than a packet holds"):
        verify_packet(filed.plain, *now)


def test_a_packet_is_written_over_the_one_before(filed, tmp_path):
    out = tmp_path / "p.zip"
    out.write_bytes(b"before")
    write_packet(filed.store, filed.ledger, filed.case_id, out)
    assert out.read_bytes() == filed.plain.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["p.zip"]

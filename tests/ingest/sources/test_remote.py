"""Inputs and outputs by URL: of this machine, and of a real server that speaks S3."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import analytics
from analytics.errors import UnreadableFile, UsageError
from analytics.ingest.sources.remote import is_remote, local_path, shown, written_to
from analytics.store import exporting

KEY, SECRET = "AKIAEXAMPLE", "not-a-secret-at-all"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s3://bucket/day.csv", True),
        ("s3a://bucket/day.csv", True),
        ("gs://bucket/day.csv", True),
        ("hdfs://name:8020/day.csv", True),
        ("file:///tmp/day.csv", False),
        ("S3://bucket/day.csv", True),
        ("s3:/bucket/day.csv", False),
        ("day.csv", False),
    ],
)
def test_what_is_on_another_file_system(text: str, expected: bool) -> None:
    assert is_remote(text) is expected


def test_a_url_is_shown_without_its_keys_and_settings() -> None:
    assert shown(f"s3://{KEY}:{SECRET}@bucket/day.csv?endpoint_override=x") == "s3://bucket/day.csv"
    assert shown("what?.csv") == "what?.csv"
    assert shown("secret=1/what?.csv") == "secret=1/what?.csv"


@pytest.mark.parametrize("url", ["https://ann:hunter2@host/a.csv?sig=hunter2", "SFTP://ann:hunter2@host/a.csv"])
def test_a_url_that_is_not_read_says_so_and_shows_no_secret(desk, url: str) -> None:
    with pytest.raises(UsageError, match="Download the file") as raised:
        desk.take(url)
    assert "hunter2" not in str(raised.value)


def test_a_file_url_is_its_path(desk) -> None:
    file = desk.rows("the day.csv", {})
    assert local_path(file.as_uri()) == str(file)
    assert desk.take(file.as_uri()).inputs[0].accepted == 1


def test_what_cannot_be_written_whole_is_not_there_at_all(tmp_path: Path) -> None:
    with written_to(tmp_path / "out.csv") as file:
        file.write_text("a")
    assert (tmp_path / "out.csv").read_text() == "a"


@pytest.mark.parametrize("place", ["hdfs://localhost:1/day.csv", f"s3://{KEY}:{SECRET}@b/d.csv?no_such_setting=1"])
def test_a_place_that_cannot_be_reached_is_named_without_what_opens_it(desk, place: str) -> None:
    with pytest.raises(UnreadableFile, match="cannot be reached") as caught:
        desk.take(place)
    assert SECRET not in str(caught.value)
    with pytest.raises(UsageError, match="cannot be reached") as refused, written_to(place) as file:
        file.write_text("a")
    assert SECRET not in str(refused.value)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder behind a bucket of a server on this machine, and what follows the path in a URL to reach it."""
    folder = tmp_path_factory.mktemp("s3")
    (folder / "bucket").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("rclone")
    serve = [str(program), "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}"]
    serve += ["--dir-cache-time", "0s", str(folder)]
    # of checksums behind the content, which newer clients send, this server knows nothing
    with pytest.MonkeyPatch.context() as patched, subprocess.Popen(serve, stderr=subprocess.DEVNULL) as server:
        patched.setitem(os.environ, "AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
        _wait_for(port)
        yield folder / "bucket", f"?endpoint_override=127.0.0.1:{port}&scheme=http&region=us-east-1"
        server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the S3 server did not start")


def url(path: str, settings: str, secret: str = SECRET) -> str:
    return f"s3://{KEY}:{secret}@bucket/{path}{settings}"


@pytest.mark.slow
def test_files_folders_and_globs_of_a_bucket_are_read_as_files_are(desk, bucket) -> None:
    folder, settings = bucket
    (folder / "in" / "more").mkdir(parents=True)
    for number, name in enumerate(("a.csv", "more/b.csv", ".hidden.csv", "notes.md")):
        desk.rows("written.csv", {"shipment_id": f"S{number}"}).rename(folder / "in" / name)
    one = desk.take(url("in/a.csv", settings)).inputs[0]
    assert (one.path, one.accepted) == ("s3://bucket/in/a.csv", 1)
    both = desk.take(url("in", settings)).inputs
    assert [item.path for item in both] == ["s3://bucket/in/a.csv", "s3://bucket/in/more/b.csv"]
    assert [item.path for item in desk.take(url("in/*.csv", settings).replace("s3:", "s3a:")).inputs] == [
        "s3a://bucket/in/a.csv",
        "s3a://bucket/in/more/b.csv",
    ]
    assert not list(desk.folder.rglob("tmp*"))


@pytest.mark.slow
@pytest.mark.parametrize("path", ["in/none.csv", "nothing/*.csv"])
def test_what_is_not_there_is_said(desk, bucket, path: str) -> None:
    with pytest.raises(UsageError, match=f"s3://bucket/{path.replace('*', '.')}: not found"):
        desk.take(url(path, bucket[1]))


@pytest.mark.slow
def test_who_has_the_wrong_key_is_told_so(desk, bucket) -> None:
    with pytest.raises(UnreadableFile, match=r"s3://bucket/in/a.csv: cannot be reached \(ACCESS_DENIED\)") as caught:
        desk.take(url("in/a.csv", bucket[1], "another-secret"))
    assert "another-secret" not in str(caught.value)


@pytest.mark.slow
def test_a_screening_goes_from_bucket_to_bucket(bucket, desk, tmp_path: Path) -> None:
    folder, settings = bucket
    desk.rows("day.csv", {}, {"shipment_id": "S2"}).rename(folder / "day.csv")
    run = analytics.screen(url("day.csv", settings), tmp_path / "store")
    exporting.export(run, "shipments", url("out/shipments.parquet", settings))
    written = pl.read_parquet(folder / "out" / "shipments.parquet")
    assert written["source_file"].to_list() == ["s3://bucket/day.csv"] * 2
    assert SECRET not in (tmp_path / "store" / "store.json").read_text()

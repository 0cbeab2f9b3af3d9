"""What is shown cannot steer a terminal, and gives no secret of a URL away."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import SplitshipError
from analytics.explaining import Explanation
from analytics.showing import one_line, printable, without_secrets, without_values

UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_no_control_or_invisible_character_of_unicode_is_printable():
    left = {chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in UNSAFE}
    assert {letter for letter in left if printable(f"a{letter}b") != "a\ufffdb"} == {"\t", "\n"}


@given(st.text())
def test_a_line_holds_nothing_that_a_terminal_obeys(text):
    line = one_line(text)
    joiners = {"\u200c", "\u200d"}
    assert not [letter for letter in line if unicodedata.category(letter) in UNSAFE and letter not in joiners]
    assert one_line(line) == line


@pytest.mark.parametrize("text", ["Ann Example", "Zoë 王芳", "\u0645\u06cc\u200c\u062e"])
def test_names_stay_as_they_are(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:hunter2@host/db?table=a.b&sslkey=/k", "postgresql://host/db"),
        ("Postgres://ANN:HUNTER2@host:5432/db#a.b", "postgres://host:5432/db#a.b"),
        ("postgresql://ann:hun@ter/2@h1:1,h2:2/db?password=q", "postgresql://h1:1,h2:2/db"),
        ("postgresql://ann:hun#ter2@host/db", "postgresql://host/db"),
        ("postgresql://ann:hun?ter2@host/db", "postgresql://…"),
        ("postgresql://ann:hunter%402@host/db", "postgresql://host/db"),
        ("S3://KEY:SECRET@bucket/a.csv?X-Amz-Signature=ab#Sheet", "s3://bucket/a.csv#Sheet"),
        ("s3://KEY:SEC/RET@bucket/a.csv", "s3://bucket/a.csv"),
        ("s3://KEY:12/34@bucket/a.csv", "s3://bucket/a.csv"),
        ("s3://bucket/day@noon.csv", "s3://bucket/day@noon.csv"),
        ("hdfs://node:8020/day@noon.csv", "hdfs://node:8020/day@noon.csv"),
        ("HTTPS://ann:hunter2@host/a?key=1", "https://host/a"),
        ("s3://KEY:SEC", "s3://…"),
        ("postgresql://[::1]:5432/db", "postgresql://[::1]:5432/db"),
        ("gs://bucket/a.csv?access_token=x", "gs://bucket/a.csv"),
    ],
)
def test_urls_are_shown_without_user_password_query_and_key(url, shown):
    assert without_secrets(url) == shown
    assert without_secrets(f"cannot open {url} there") == f"cannot open {shown} there"


def test_settings_of_a_connection_lose_their_password():
    assert without_secrets("host=h user=u password=hunter2 sslkey=/k") == "host=h user=u password=… sslkey=…"


def test_every_error_of_ours_is_fit_to_be_shown():
    error = SplitshipError("s3://KEY:SECRET@bucket/\x1b[2J.csv: cannot be read")
    assert str(error) == "s3://bucket/\ufffd[2J.csv: cannot be read"
    assert "SECRET" not in repr(error)


def test_an_engine_is_quoted_without_the_values_of_the_data():
    said = (
        'Conversion Error: Could not convert string "914-66-2001" in column "value_usd" of 100000000.00 at 2025-03-04'
    )
    shown = 'Conversion Error: Could not convert string … in column "value_usd" of … at …'
    assert without_values(said, "select value_usd from shipments") == shown


def test_an_explanation_is_fit_for_a_terminal():
    told = Explanation("a1", ["Ann\x1b[2J\x9b\u202e", "Bob\nforged line"])
    assert str(told) == "Ann\ufffd[2J\ufffd\ufffd\nBob forged line"
    assert repr(told) == "<Explanation of a1: 2 lines; print it>"

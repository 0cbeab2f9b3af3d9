"""Sessions expire, can be revoked, and cannot be made from what the table holds."""

import sqlite3
import stat

import pytest

from analytics.app.attempts import Attempts
from analytics.app.sessions import Sessions, signing_key

HOUR = 3600


class Time:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def sessions(tmp_path, time):
    return Sessions(tmp_path / "s.sqlite", b"k" * 32, "users", time)


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    file = tmp_path / "cases" / "app.key"
    key = signing_key(file)
    assert len(key) == 32
    assert signing_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["app.key"]


def test_a_number_leads_to_its_session(sessions):
    found = sessions.find(sessions.begin("maria", "reviewer"))
    assert (found.name, found.role, found.kept) == ("maria", "reviewer", {})


@pytest.mark.parametrize("number", [None, "", "made up", "' or 1=1 --"])
def test_no_other_number_leads_anywhere(sessions, number):
    sessions.begin("maria", "reviewer")
    assert sessions.find(number) is None


def test_a_session_ends_two_hours_after_its_last_request(sessions, time):
    number = sessions.begin("maria", "reviewer")
    time.now += 2 * HOUR
    assert sessions.find(number)
    time.now += 2 * HOUR + 1
    assert sessions.find(number) is None


def test_a_session_ends_twelve_hours_after_it_began_however_busy(sessions, time):
    number = sessions.begin("maria", "reviewer")
    for _ in range(12):
        time.now += HOUR
        assert sessions.find(number)
    time.now += 1
    assert sessions.find(number) is None


def test_signing_out_ends_one_session_and_revoking_ends_all_of_a_name(sessions):
    one, two, other = sessions.begin("maria", "admin"), sessions.begin("maria", "admin"), sessions.begin("wei", "admin")
    sessions.end(sessions.find(one))
    assert sessions.find(one) is None
    assert sessions.find(two)
    assert sessions.revoke("maria") == 1
    assert sessions.find(two) is None
    assert sessions.find(other)


def test_the_table_holds_no_number_and_only_its_owner_reads_it(sessions, tmp_path):
    number = sessions.begin("maria", "reviewer")
    file = tmp_path / "s.sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert number.encode() not in file.read_bytes()
    kept = sqlite3.connect(file).execute("select hash from sessions").fetchone()[0]
    assert sessions.find(kept) is None


def test_another_process_with_the_same_key_knows_the_session(sessions, tmp_path, time):
    number = sessions.begin("maria", "reviewer")
    assert Sessions(tmp_path / "s.sqlite", b"k" * 32, "users", time).find(number)
    assert Sessions(tmp_path / "s.sqlite", b"x" * 32, "users", time).find(number) is None


def test_a_session_of_the_token_of_an_earlier_start_does_not_hold(tmp_path, time):
    number = Sessions(tmp_path / "s.sqlite", b"k" * 32, "token one", time).begin("me", "admin")
    assert Sessions(tmp_path / "s.sqlite", b"k" * 32, "token one", time).find(number)
    assert Sessions(tmp_path / "s.sqlite", b"k" * 32, "token two", time).find(number) is None


def test_two_requests_of_a_session_lose_nothing_of_each_other(sessions):
    number = sessions.begin("maria", "reviewer")
    first, second = sessions.find(number), sessions.find(number)
    sessions.remember(first, lambda kept: kept.update(a=1))
    sessions.remember(second, lambda kept: kept.update(b=2))
    assert sessions.find(number).kept == {"a": 1, "b": 2}


def test_five_failures_make_a_key_wait_until_the_first_is_a_quarter_of_an_hour_old(time):
    attempts = Attempts(clock=time)
    for _ in range(5):
        assert attempts.wait("name maria") == 0
        attempts.failed("name maria")
        time.now += 10
    assert attempts.wait("name maria") == 850
    assert attempts.wait("name wei") == 0
    time.now += 850
    assert attempts.wait("name maria") == 0

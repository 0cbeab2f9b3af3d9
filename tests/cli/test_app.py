"""The verb that starts the app: what it refuses before it listens, and the hash that it prints."""

import socket
import sys

import pytest

from analytics.app.users import is_right
from analytics.cli.main import main
from analytics.cli.verbs import app as app_verb


def outcome(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["splitship", "app", *map(str, words)])
    monkeypatch.delenv("SPLITSHIP_DEBUG", raising=False)
    with pytest.raises(SystemExit) as ending:
        main()
    told = capsys.readouterr()
    return ending.value.code, told.out, told.err


def test_a_password_is_read_from_the_terminal_and_only_its_hash_is_printed(monkeypatch, capsys):
    monkeypatch.setattr(app_verb.getpass, "getpass", lambda prompt: "four words of theirs")
    code, out, err = outcome(monkeypatch, capsys, "--hash-password")
    assert (code, err) == (0, "")
    assert "four words" not in out
    assert is_right("four words of theirs", out.strip())


def test_two_different_passwords_are_refused(monkeypatch, capsys):
    typed = iter(["four words of theirs", "four words of others"])
    monkeypatch.setattr(app_verb.getpass, "getpass", lambda prompt: next(typed))
    assert outcome(monkeypatch, capsys, "--hash-password")[0] == 2


def test_a_folder_without_a_store_is_refused_and_left_as_it_is(monkeypatch, capsys, tmp_path):
    code, out, err = outcome(monkeypatch, capsys, "--store", tmp_path / "none")
    assert (code, out) == (2, "")
    assert "splitship screen" in err
    assert not (tmp_path / "none").exists()


def test_without_the_extra_it_says_how_to_install_it(monkeypatch, capsys):
    monkeypatch.setattr(app_verb, "find_spec", lambda name: None)
    code, _, err = outcome(monkeypatch, capsys)
    assert code == 2
    assert "pip install 'splitship[app]'" in err


def test_the_usual_port_gives_way_and_a_port_that_was_asked_for_does_not():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Exception, match=f"port {port} of 127.0.0.1 is taken"):
            app_verb._port("127.0.0.1", port)
    assert app_verb._port("127.0.0.1", None) > 1024
    assert app_verb._port("127.0.0.1", 0) > 1024

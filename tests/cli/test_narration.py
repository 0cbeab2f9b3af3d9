"""The story on standard error: readable in a log, harmless on a terminal."""

import pytest

from analytics.cli.narration import note, plain, told


@pytest.mark.parametrize(
    ("text", "shown"), [("\x1b[2J", "\ufffd[2J"), ("a\u202eb", "a\ufffdb"), ("José\tü\n", "José\tü\n")]
)
def test_a_terminal_obeys_nothing_that_was_in_the_data(text, shown):
    assert plain(text) == shown


def test_notes_go_to_standard_error(capsys):
    note("hello")
    assert capsys.readouterr() == ("", "hello\n")


def test_a_log_gets_a_line_for_each_tenth(capsys):
    with told(True) as teller:
        for number in range(100):
            teller(f"int_pieces__step_{number}", number, 100)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[0] == "    0%  int pieces step 0"


def test_quiet_is_quiet(capsys):
    with told(False) as teller:
        assert teller is None
    assert capsys.readouterr() == ("", "")

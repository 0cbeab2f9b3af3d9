"""Progress: a bar in a notebook, nothing elsewhere."""

import sys
from types import SimpleNamespace

import pytest

from analytics.telling import in_notebook, told_in_notebook


class Screen:
    """What IPython shows, kept."""

    def __init__(self):
        self.shown = []
        self.HTML = str

    def display(self, what, *, display_id):
        assert display_id
        self.shown.append(what)
        return SimpleNamespace(update=self.shown.append)


@pytest.fixture
def notebook(monkeypatch):
    screen = Screen()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=1)))
    monkeypatch.setitem(sys.modules, "IPython.display", screen)
    return screen


def test_elsewhere_nothing_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    with told_in_notebook(None) as report:
        assert (report, in_notebook()) == (None, False)


def test_a_notebook_shows_a_bar_and_then_the_time_it_took(notebook):
    with told_in_notebook(None) as report:
        report("int_days__<b>", 1, 4)
    assert notebook.shown[0] == "starting"
    assert '<progress value="1" max="4"' in notebook.shown[1]
    assert "int days &lt;b&gt;" in notebook.shown[1]
    assert notebook.shown[-1] == "<small>0 s</small>"


def test_false_keeps_a_notebook_quiet(notebook):
    with told_in_notebook(False) as report:
        assert (report, notebook.shown) == (None, [])


def test_what_is_given_is_told_instead(notebook):
    said = []
    with told_in_notebook(lambda *step: said.append(step)) as report:
        report("a", 1, 2)
    assert (said, notebook.shown) == ([("a", 1, 2)], [])

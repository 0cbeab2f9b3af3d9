"""Names, sellers, goods, notes and file names are text that strangers wrote: nothing of them runs or steers a page."""

import io

import pytest

from tests.app.conftest import HOSTILE


@pytest.fixture
def opened(web, case_on):
    """The case of a hostile name, unmasked, with hostile notes and files, and searches that show it."""
    case = case_on(HOSTILE)
    web.done(f"/case/{case}/unmask")
    for verb, form in (
        ("note", {"note": "<script>alert('n')</script>"}),
        ("attach", {"file": (io.BytesIO(b"<script>1</script>"), "<svg onload=alert(1)>.html"), "note": "{{7*7}}"}),
    ):
        version = web.page(f"/case/{case}").split('name="seen" value="')[1].split('"')[0]
        web.done(f"/case/{case}/do/{verb}", {"seen": version, **form})
    web.done("/search/unmask", {"q": "bold"})
    return [
        f"/case/{case}",
        "/search?q=bold",
        "/search?q=SHIP6",
        "/search?q=%3Cscript%3Ealert",
        "/queue?text=%22%3E%3Cscript%3E",
    ]


def test_no_hostile_text_becomes_markup(web, opened):
    for path in opened:
        page = web.page(path)
        for markup in ("<img", "<b>Bold", "<script>alert", "<svg onload", '"><script>'):
            assert markup not in page, path


def test_hostile_text_is_shown_as_what_it_is(web, opened):
    page = web.page(opened[0])
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;\ufffdevil" in page
    assert "\u202e" not in page
    assert "{{ 7 * 7 }} ${alert(1)}" in page
    assert "&lt;svg onload=alert(1)&gt;.html" in page


def test_a_hostile_file_is_handed_out_to_be_saved_and_never_shown(web, opened):
    path = web.page(opened[0]).split("/document/")[1].split('"')[0]
    answer = web.get(f"{opened[0]}/document/{path}")
    assert answer.get_data() == b"<script>1</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/case/%3Cscript%3E", "/case/C999999", "/week?week=%3Cscript%3E", "/rules?on=%3Cb%3E"]
)
def test_a_hostile_address_is_refused_in_plain_text(web, path):
    answer = web.get(path)
    assert answer.status_code in {400, 404}
    assert "<script>" not in answer.get_data(as_text=True).replace("<script src=", "")
    assert "<b>" not in answer.get_data(as_text=True)


def test_data_of_a_figure_cannot_end_the_script_they_stand_in(web, opened):
    for path in opened:
        page = web.page(path)
        for part in page.split('<script type="application/json"')[1:]:
            assert "<" not in part.split(">", 1)[1].split("</script>")[0]

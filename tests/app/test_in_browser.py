"""The app in a real browser: every page at both widths, every verb, the keyboard, and a network that stays quiet."""

from __future__ import annotations

import json
import socket
import threading
from datetime import timedelta

import pytest

from analytics.app.server import listening, make_server
from tests.app.conftest import HOSTILE, PASSWORD
from tests.layout import violations

pytestmark = pytest.mark.slow
_WIDTHS = (1280, 390)


@pytest.fixture
def serve(root):
    """Start servers of the store, and stop them."""
    running = []

    def _start(**asked):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        shared = make_server(root, port=port, **asked)
        server = listening(shared, "127.0.0.1")
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        return shared

    yield _start
    for server, thread in running:
        server.close()
        thread.join(5)


@pytest.fixture
def tab(browser):
    """Open tabs that note what they ask for, what they complain of, and which dialogs a script opened."""
    contexts = []

    def _tab(shared, width=1280, **asked):
        context = browser.new_context(viewport={"width": width, "height": 900}, **asked)
        contexts.append(context)
        page = context.new_page()
        page.home = f"http://127.0.0.1:{shared.port}"
        page.complaints, page.requests, page.dialogs = [], [], []
        page.on("request", lambda asked: page.requests.append(asked.url))
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
        if shared.token:
            page.goto(f"{page.home}/?token={shared.token}")
        return page

    yield _tab
    for context in contexts:
        context.close()


@pytest.fixture
def desk(serve, tab):
    """The tab of the one user of a server."""
    return tab(serve())


def quiet(page):
    """Nothing was asked of another place, nothing was complained of, and no script of a stranger ran."""
    assert [url for url in page.requests if not url.startswith(f"{page.home}/")] == []
    assert page.complaints == []
    assert page.dialogs == []


def unmasked(page, path):
    page.goto(page.home + path)
    page.get_by_role("button", name="Show names").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", _WIDTHS)
def test_every_page_is_whole_accessible_and_quiet(serve, tab, pages, case_on, width, scheme):
    page = tab(serve(), width, color_scheme=scheme)
    unmasked(page, f"/case/{case_on('Maria Lopez')}")
    for path in [*pages, f"/case/{case_on('Maria Lopez')}", "/nowhere"]:
        page.goto(page.home + path)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        if page.locator("[data-figure]").count():
            page.locator("[data-figure] .main-svg").first.wait_for()
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    page.complaints = [said for said in page.complaints if "404 (NOT FOUND)" not in said]
    quiet(page)


@pytest.mark.parametrize("width", _WIDTHS)
def test_the_sign_in_is_accessible_and_leads_on(serve, tab, users, width):
    page = tab(serve(users=users), width)
    page.goto(f"{page.home}/week")
    assert violations(page) == []
    page.get_by_label("Name").fill("ivan")
    page.get_by_label("Password").fill("wrong words here")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").inner_text() == "Name or password is wrong. Type both again."
    assert violations(page) == []
    page.get_by_label("Name").fill("ivan")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/week")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login")


def test_the_queue_by_keyboard_alone(desk, ledger):
    page = desk
    page.goto(f"{page.home}/queue")
    rows = page.locator("[data-row]")
    first, second = (rows.nth(place).locator("a").inner_text() for place in (0, 1))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("#selected").inner_text() == "2"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case/{second}")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/queue")
    page.keyboard.press("/")
    page.keyboard.type("njx?")
    assert page.get_by_label("Text").input_value() == "njx?"
    page.keyboard.press("Tab")
    page.get_by_role("heading", name="Queue").click()
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    assert violations(page) == []
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert page.url.startswith(f"{page.home}/queue")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys are on").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    page.wait_for_url("**/case/C*")
    assert ledger.case(page.url.rsplit("/", 1)[1]).state == "investigating"
    quiet(page)


def test_filters_change_the_list_and_the_address_without_loading_the_page(desk, case_on):
    page, case = desk, case_on("Bo Ek")
    page.goto(f"{page.home}/queue")
    page.evaluate("window.stays = true")
    page.get_by_label("Text").fill(case)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**text={case}*")
    assert page.locator("[data-row]").count() == 1
    assert page.evaluate("window.stays") is True
    page.reload()
    assert page.locator("[data-row]").count() == 1
    quiet(page)


def open_verb(page, label):
    """Open the form of a verb; it sends by the button of the same name."""
    page.locator("aside summary", has_text=label).first.click()
    return page.locator("aside details[open]").last


def send(form, label):
    form.get_by_role("button", name=label, exact=True).click()


def fill(page, verb, said, fields=(), **chosen):
    """Fill in the form of a verb, send it, and wait for what the page says."""
    form = open_verb(page, verb)
    for label, text in fields:
        form.get_by_label(label).fill(text)
    for label, option in chosen.items():
        form.get_by_label(label.capitalize()).select_option(option)
    send(form, verb)
    page.get_by_role("status").get_by_text(said).wait_for()


@pytest.fixture
def opened(desk, case_on, root):
    """The case of Maria on the desk of its one user; no case is drawn for blind review."""
    (root / "cases" / "settings.toml").write_text("[review]\nblind_share = 0\n")
    case = case_on("Maria Lopez")
    desk.goto(f"{desk.home}/case/{case}")
    return desk, case


def test_a_case_is_assigned_started_and_documented(opened, ledger):
    page, case = opened
    fill(page, "Assign", "assigned", [("Note", "mine")])
    fill(page, "Start", "under investigation")
    fill(page, "Add a note", "note added", [("Note", "called the carrier")])
    form = open_verb(page, "Attach a document")
    invoice = {"name": "invoice.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    form.get_by_label("Document").set_input_files(invoice)
    send(form, "Attach a document")
    page.get_by_text("document attached").wait_for()
    with page.expect_download() as saved:
        page.locator("#documents a[download]").click()
    assert saved.value.suggested_filename == "invoice.pdf"
    assert (ledger.case(case).state, ledger.documents(case).height) == ("investigating", 1)
    quiet(page)


def test_a_package_is_set_aside_and_taken_back_in(opened, ledger):
    page, case = opened
    page.locator("#packages details.mini summary").first.click()
    form = page.locator("#packages details.mini[open]")
    form.get_by_label("Reason").fill("returned")
    form.get_by_role("button").click()
    page.get_by_text("package set aside").wait_for()
    assert len(ledger.case(case).excluded_shipments) == 1
    page.get_by_role("button", name="Take back in").click()
    page.get_by_text("package taken back in").wait_for()
    assert ledger.case(case).excluded_shipments == ()
    quiet(page)


def test_a_case_waits_sleeps_is_decided_and_comes_back(opened, ledger):
    page, case = opened
    until = (ledger.today + timedelta(days=4)).isoformat()
    fill(page, "Start", "under investigation")
    awaited = [("Until", until), ("What is awaited, and from whom", "the invoice")]
    fill(page, "Wait for information", "waiting for information", awaited)
    fill(page, "Resume", "resumed")
    fill(page, "Snooze", "snoozed", [("Until", until), ("Why it can wait", "season")])
    fill(page, "Undo the last step", "last step undone", [("Why", "not yet")])
    assert ledger.case(case).state == "investigating"
    shown = [("Evidence", "two invoices")]
    fill(page, "Decide", "decided", shown, outcome="dismissed", reason="separate_orders")
    assert (ledger.case(case).state, ledger.case(case).outcome) == ("closed", "dismissed")
    fill(page, "Reopen", "reopened", [("Why", "a third invoice")])
    assert ledger.case(case).state == "triage"
    assert ledger.verify().is_whole
    quiet(page)


def signed_in(tab, shared, name):
    page = tab(shared)
    page.goto(f"{page.home}/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/queue")
    return page


def test_a_second_person_sends_back_confirms_and_reviews_blind(serve, tab, users, ledger, case_on, root):
    (root / "cases" / "settings.toml").write_text("[review]\nsecond_reviewer_above_usd = 100\nblind_share = 1.0\n")
    shared, case = serve(users=users), case_on("Maria Lopez")
    ivan, rita, carl = (signed_in(tab, shared, name) for name in ("ivan", "rita", "carl"))

    def decide():
        ivan.goto(f"{ivan.home}/case/{case}")
        form = open_verb(ivan, "Decide")
        form.get_by_label("Outcome").select_option("referred_to_counsel")
        send(form, "Decide")
        ivan.get_by_text(f"{case}: decided.").wait_for()

    decide()
    rita.goto(f"{rita.home}/case/{case}")
    form = open_verb(rita, "Send back")
    form.get_by_label("What is missing").fill("which rule")
    send(form, "Send back")
    rita.get_by_text(f"{case}: sent back.").wait_for()
    decide()
    rita.goto(f"{rita.home}/case/{case}")
    send(rita.locator("#verb-confirm"), "Confirm the decision")
    rita.get_by_text(f"{case}: decision confirmed.").wait_for()
    carl.goto(f"{carl.home}/case/{case}")
    assert carl.get_by_text("referred to counsel").locator("visible=true").count() == 0
    form = carl.locator("#verb-blind")
    form.get_by_label("Outcome").select_option("referred_to_counsel")
    send(form, "Review without seeing the outcome")
    carl.get_by_text(f"{case}: reviewed.").wait_for()
    assert json.loads(ledger.events(case)["body"][-1])["agrees"] is True
    for page in (ivan, rita, carl):
        quiet(page)


def test_a_pair_is_judged_with_the_totals_in_sight(desk, case_on, ledger):
    page, case = desk, case_on("Maria Lopez")
    page.goto(f"{page.home}/case/{case}")
    page.get_by_role("button", name="not same", exact=True).first.click()
    preview = page.get_by_role("region", name="Preview")
    preview.get_by_text("Days over a limit: 1 now, 0 then.").wait_for()
    assert page.url == f"{page.home}/case/{case}"
    assert violations(page) == []
    preview.get_by_label("Note").fill("two sisters")
    preview.get_by_role("button", name="Save: not same").click()
    page.get_by_text("Saved: not same. The next screening applies it.").wait_for()
    assert "two sisters" in ledger.events(case)["body"][-1]
    quiet(page)


def test_review_by_keyboard(desk, root):
    page = desk
    page.goto(f"{page.home}/review")
    page.keyboard.press("1")
    page.get_by_text("The grouping stays as it is").wait_for()
    page.get_by_role("button", name="Save: same").click()
    page.get_by_text("Saved: same.").wait_for()
    quiet(page)


def test_many_cases_are_dismissed_after_the_sample_was_opened(desk, ledger):
    page = desk
    page.goto(f"{page.home}/queue")
    page.get_by_label("Select all on this page").check()
    page.get_by_role("button", name="Dismiss with one reason").click()
    button = page.get_by_role("button", name="Dismiss", exact=False)
    assert button.is_disabled()
    page.get_by_role("link", name="open it").click()
    page.wait_for_url("**/case/C*")
    page.go_back()
    page.reload()
    page.get_by_label("Reason").select_option("immaterial")
    page.get_by_role("textbox", name="Note").fill("all small")
    button.click()
    page.get_by_text("cases dismissed.").wait_for()
    assert set(ledger.cases()["state"]) == {"closed"}
    quiet(page)


def test_a_hostile_name_does_not_run(desk, case_on):
    page, case = desk, case_on(HOSTILE)
    unmasked(page, f"/case/{case}")
    page.get_by_text("onerror=alert(1)").first.wait_for()
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.goto(f"{page.home}/search?q=bold")
    page.get_by_role("button", name="Show names").click()
    page.get_by_text("<b>Bold").first.wait_for()
    quiet(page)


def test_the_policy_stops_what_a_page_does_not_bring(desk):
    page = desk
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.5)
        port = elsewhere.getsockname()[1]
        page.evaluate(f"fetch('http://127.0.0.1:{port}/').catch(() => 0)")
        tag = f"<img src='http://127.0.0.1:{port}/x.png'><script>window.hacked = 1</script>"
        page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", tag)
        page.evaluate(
            "const tag = document.createElement('script'); tag.text = 'window.hacked = 1'; document.body.append(tag)"
        )
        page.wait_for_timeout(300)
        with pytest.raises(TimeoutError):
            elsewhere.accept()
    assert page.evaluate("window.hacked === undefined")
    assert any("Content Security Policy" in said for said in page.complaints)

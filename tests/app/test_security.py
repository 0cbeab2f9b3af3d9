"""What a request must pass, rule by rule, with what each answer says."""

import re

import pytest

from analytics.app.server import make_app, make_server
from analytics.errors import UsageError
from tests.app.conftest import ORIGIN, PASSWORD, Web

POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "connect-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self' 'unsafe-inline'"
)


def test_every_answer_tells_the_browser_what_it_may_do(web, pages):
    for path in [*pages, "/login", "/nowhere", "/static/app.css"]:
        headers = web.get(path).headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static") else "no-store")


def test_no_page_holds_a_script_or_a_handler_of_its_own(web, pages):
    for path in pages:
        page = web.page(path)
        scripts = re.findall(r"<script([^>]*)>", page)
        assert scripts
        assert all(' src="/' in attributes or 'type="application/json"' in attributes for attributes in scripts)
        assert not re.search(r"<[^>]+\son\w+=", page)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
        assert "hx-on" not in page


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8321", "127.0.0.1:9999", "127.0.0.1.evil.example", ""])
def test_a_host_that_is_not_ours_gets_no_answer(web, host):
    answer = web.client.get("/queue", base_url="http://127.0.0.1:8321", headers={"Host": host})
    assert answer.status_code == 400
    assert "Queue" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost:8321"])
def test_this_machine_is_ours_by_both_names(app, shared, host):
    answer = app.test_client().get(f"/?token={shared.token}", base_url=f"http://{host}")
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "https://127.0.0.1:8321", "http://127.0.0.1:9"]
)
def test_a_form_from_another_origin_is_refused(web, origin):
    web.page("/queue")
    headers = {} if origin is None else {"Origin": origin}
    answer = web.client.post("/queue/next", base_url=ORIGIN, data={"csrf": web.csrf}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_form_that_the_browser_says_is_foreign_is_refused(web, site):
    assert web.post("/queue/next", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert web.post("/queue/next", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_another_site_may_lead_here_and_may_not_fetch_from_here(web):
    led = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    fetched = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert web.get("/queue", headers=led).status_code == 200
    assert web.get("/queue", headers=fetched).status_code == 403


@pytest.mark.parametrize("csrf", ["", "0" * 64])
def test_a_form_without_the_token_of_its_session_is_refused(web, csrf):
    assert web.post("/queue/next", {"csrf": csrf}).status_code == 403


def test_the_token_of_another_session_does_not_pass(team):
    ivan, rita = team("ivan"), team("rita")
    ivan.page("/queue")
    rita.page("/queue")
    assert ivan.csrf != rita.csrf
    assert ivan.post("/queue/next", {"csrf": rita.csrf}).status_code == 403


def test_every_page_but_the_sign_in_asks_who_it_is(app, pages):
    stranger = Web(app)
    for path in pages:
        answer = stranger.get(path)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/login?next=")
    assert stranger.post("/queue/next").status_code == 401


def test_the_token_of_the_address_becomes_a_session_and_leaves_the_address(app, shared):
    answer = Web(app).get(f"/queue?view=mine&token={shared.token}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/queue?view=mine"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("splitship-8321=")
    assert "; HttpOnly" in cookie
    assert "; SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert shared.token not in cookie


@pytest.mark.parametrize("token", ["", "wrong", "tökén"])
def test_a_wrong_token_signs_nobody_in(app, token):
    answer = Web(app).get("/queue", query_string={"token": token})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_signing_out_ends_the_session(web):
    web.page("/queue")
    assert web.post("/logout").status_code == 303
    assert web.get("/queue").status_code == 303


def test_a_server_of_one_person_takes_no_password(web):
    assert web.post("/login", {"name": "ada", "password": PASSWORD}).status_code == 403


def test_name_and_password_sign_in_and_lead_to_the_page_asked_for(team):
    answer = Web(team.app).post("/login", {"name": "ivan", "password": PASSWORD, "next": "/week?week=2025-W11"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/week?week=2025-W11")
    assert "ivan" in team("ivan").page("/queue")


@pytest.mark.parametrize("goal", ["//evil.example", "https://evil.example", "/\\evil.ex", "evil", "/\nx", "/login"])
def test_signing_in_leads_nowhere_else(team, goal):
    answer = Web(team.app).post("/login", {"name": "ivan", "password": PASSWORD, "next": goal})
    assert answer.headers["Location"] == "/queue"


def test_a_wrong_name_and_a_wrong_password_get_one_answer(team):
    stranger = Web(team.app)
    answers = [stranger.post("/login", {"name": name, "password": "wrong words here"}) for name in ("ivan", "nobody")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].get_data() == answers[1].get_data()


def test_the_sixth_attempt_has_to_wait_even_with_the_right_password(team):
    stranger = Web(team.app)
    for _ in range(5):
        assert stranger.post("/login", {"name": "ivan", "password": "wrong words here"}).status_code == 403
    answer = stranger.post("/login", {"name": "ivan", "password": PASSWORD})
    assert answer.status_code == 429
    assert "Try again in 15 minutes" in answer.get_data(as_text=True)


def from_outside(team, name, client):
    """Type a wrong password behind a proxy on this machine, which says who its client is."""
    headers = {"X-Forwarded-For": f"6.6.6.6, {client}"}
    return Web(team.app).post("/login", {"name": name, "password": "wrong words here"}, headers=headers).status_code


def test_attempts_are_counted_by_the_address_that_the_proxy_saw(team):
    names = ("a", "b", "c", "d", "e", "f")
    assert [from_outside(team, name, "1.2.3.4") for name in names] == [403] * 5 + [429]
    assert from_outside(team, "g", "1.2.3.5") == 403


@pytest.mark.parametrize(
    ("listed", "origin", "status"),
    [
        ("cases.example.com", "https://cases.example.com", 303),
        ("cases.example.com", "http://cases.example.com", 403),
        ("http://cases.example.com", "http://cases.example.com", 303),
        ("http://cases.example.com", "https://cases.example.com", 403),
    ],
)
def test_a_named_host_is_reached_by_tls_unless_it_is_listed_otherwise(root, users, listed, origin, status):
    users.write_text(f'hosts = ["{listed}"]\n{users.read_text()}')
    browser = make_app(make_server(root, users=users)).test_client()
    form, headers = {"name": "ivan", "password": PASSWORD}, {"Origin": origin}
    answer = browser.post("/login", base_url=origin, data=form, headers=headers)
    assert answer.status_code == status
    if status == 303:
        assert ("; Secure" in answer.headers["Set-Cookie"]) is origin.startswith("https")


def test_a_token_in_the_address_means_nothing_where_users_have_names(team):
    assert Web(team.app).get("/queue?token=None").headers["Location"].startswith("/login")


def test_a_changed_role_and_a_removed_user_hold_at_once(team, users):
    ivan = team("ivan")
    assert "Take next" in ivan.page("/queue")
    users.write_text(users.read_text().replace('"investigator"', '"viewer"'))
    assert "Take next" not in ivan.page("/queue")
    users.write_text(users.read_text().replace('"ivan"', '"igor"'))
    assert ivan.get("/queue").status_code == 303


def test_a_network_is_served_to_named_users_only(root):
    with pytest.raises(UsageError, match="--users FILE"):
        make_server(root, host="0.0.0.0")
    with pytest.raises(UsageError, match="--users FILE"):
        make_server(root, behind_proxy="X-User")


@pytest.fixture
def proxied(root, users):
    """A server behind a proxy that names the user."""
    users.write_text(f'hosts = ["cases.example.com"]\n{users.read_text()}')
    return make_app(make_server(root, users=users, behind_proxy="X-User"))


def by_proxy(app, user, address="127.0.0.1", path="/queue"):
    headers = {"X-User": user} if user else {}
    return app.test_client().get(
        path, base_url="https://cases.example.com", headers=headers, environ_base={"REMOTE_ADDR": address}
    )


def test_a_proxy_names_the_user_and_the_cookie_is_secure(proxied):
    answer = by_proxy(proxied, "rita")
    assert answer.status_code == 200
    assert "rita" in answer.get_data(as_text=True)
    assert "; Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(("user", "address"), [(None, "127.0.0.1"), ("stranger", "127.0.0.1"), ("rita", "10.1.2.3")])
def test_no_name_an_unknown_name_and_a_name_from_elsewhere_are_refused(proxied, user, address):
    assert by_proxy(proxied, user, address).status_code == 403


def test_the_header_of_a_proxy_means_nothing_where_none_was_announced(team):
    answer = Web(team.app).get("/queue", headers={"X-User": "ada", "Remote-User": "ada", "X-Forwarded-User": "ada"})
    assert answer.status_code == 303


def test_the_session_of_one_name_is_not_taken_over_by_another(proxied):
    browser = proxied.test_client()
    kept = {"base_url": "https://cases.example.com", "environ_base": {"REMOTE_ADDR": "127.0.0.1"}}
    first = browser.get("/queue", headers={"X-User": "rita"}, **kept).get_data(as_text=True)
    second = browser.get("/queue", headers={"X-User": "vera"}, **kept).get_data(as_text=True)
    assert "Take next" in first
    assert "Take next" not in second
    assert "vera" in second


def test_a_form_behind_a_proxy_comes_from_its_name_by_tls(proxied):
    browser = proxied.test_client()
    kept = {"base_url": "https://cases.example.com", "environ_base": {"REMOTE_ADDR": "127.0.0.1"}}
    page = browser.get("/queue", headers={"X-User": "rita"}, **kept).get_data(as_text=True)
    form = {"csrf": re.search(r'name="csrf" value="(\w+)"', page)[1]}
    for origin, status in (("http://cases.example.com", 403), ("https://cases.example.com", 303)):
        headers = {"X-User": "rita", "Origin": origin}
        assert browser.post("/queue/next", data=form, headers=headers, **kept).status_code == status


def test_plotly_comes_from_the_installed_wheel_for_those_signed_in(web, app):
    version = re.search(r"/plotly-([\d.]+)\.js", web.page("/case/C000001") + "/plotly-0.js")[1]
    answer = web.get(f"/plotly-{version}.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert len(answer.get_data()) > 1_000_000
    assert Web(app).get(f"/plotly-{version}.js").status_code == 303

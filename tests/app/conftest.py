"""A store with cases, and browsers of several people before a server of it."""

import csv
import re
import shutil

import pytest

import analytics
from analytics.app.server import make_app, make_server
from analytics.app.users import hash_password
from analytics.cases import open_ledger
from tests.browser import browser as browser  # noqa: PLC0414  the fixture of the tests that need one
from tests.rows import ROW as STANDARD

KEY = "splitship-demo-key-published-not-secret"
PASSWORD = "four words of theirs"
ROLES = {"vera": "viewer", "ivan": "investigator", "rita": "reviewer", "carl": "counsel", "ada": "admin"}
ORIGIN = "http://127.0.0.1:8321"
HOSTILE = "</script><img src=x onerror=alert(1)>\u202eevil"
ROW = {
    **STANDARD,
    "order_date": "2025-03-01",
    "seller_name": "Seller One",
    "order_id": "A100",
    "description": "ceramic bowl",
}
BO = {"consignee_name": "Bo Ek", "consignee_address": "9 Oak Ave", "consignee_phone": "217-555-0199", "order_id": "B7"}
CY = {
    "consignee_name": "Cyrus Quint",
    "consignee_address": "77 Pine Rd",
    "consignee_phone": "217-555-0177",
    "order_id": "C3",
}
EVIL = {
    "consignee_name": HOSTILE,
    "consignee_address": "5 <b>Bold</b> Rd",
    "consignee_phone": "217-555-0166",
    "seller_id": "",
    "seller_name": "<script>alert('s')</script>",
    "description": "{{ 7 * 7 }} ${alert(1)}",
    "order_id": "=cmd|' /C calc'!A0",
}
ROWS = (
    {},
    {"consignee_name": "Maria Lopes", "consignee_address": "12 Elm Street, Apt 4B"},
    {**BO, "declared_value": "500.00"},
    {**BO, "declared_value": "500.00"},
    CY,
    EVIL,
    EVIL,
)


@pytest.fixture(autouse=True)
def published_key(monkeypatch):
    """Hash tax ids with the key of the tests."""
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", KEY)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A store with a case on each flag, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("made")
    rows = [{**ROW, "shipment_id": f"SHIP{number}", **change} for number, change in enumerate(ROWS, start=1)]
    with (folder / "in.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(ROW))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SPLITSHIP_TAX_KEY", KEY)
        store = analytics.open_store(analytics.screen(folder / "in.csv", folder / "store").root)
    ledger = open_ledger(store, by="ann")
    for flag in sorted(store.table("flags").collect()["flag_id"]):
        ledger.open(flag)
    ledger.close()
    return store.root


@pytest.fixture
def root(made, tmp_path):
    """The store of one test."""
    return shutil.copytree(made, tmp_path / "store")


@pytest.fixture
def store(root):
    """The store, opened."""
    return analytics.open_store(root)


@pytest.fixture
def ledger(store):
    """Its cases, as Ann has them."""
    opened = open_ledger(store, by="ann")
    yield opened
    opened.close()


@pytest.fixture
def case_on(store, ledger):
    """Find the case on the flags of a consignee."""

    def _case(name):
        found = store.table("shipments").filter(consignee_name=name).select("shipment_uid")
        flags = store.table("flag_shipments").join(found, on="shipment_uid").collect()["flag_id"]
        return next(case for flag in sorted(flags) if (case := ledger.case_of(flag)))

    return _case


class Web:
    """A browser: it keeps cookies, sends its origin, and takes the token of a form from the page it is on."""

    def __init__(self, app):
        self.client = app.test_client()
        self.csrf = ""

    def get(self, path, **asked):
        answer = self.client.get(path, base_url=ORIGIN, buffered=True, **asked)
        found = re.search(r'name="csrf" value="(\w+)"', answer.get_data(as_text=True))
        self.csrf = found[1] if found else self.csrf
        return answer

    def page(self, path):
        answer = self.get(path, follow_redirects=True)
        assert answer.status_code == 200, answer.get_data(as_text=True)[-2000:]
        return answer.get_data(as_text=True)

    def post(self, path, data=None, **asked):
        headers = {"Origin": ORIGIN, **asked.pop("headers", {})}
        form = {"csrf": self.csrf, **(data or {})}
        return self.client.post(path, base_url=ORIGIN, data=form, headers=headers, buffered=True, **asked)

    def done(self, path, data=None, **asked):
        """Post, and return the page it leads to."""
        answer = self.post(path, data, follow_redirects=True, **asked)
        assert answer.status_code == 200, answer.get_data(as_text=True)[-2000:]
        return answer.get_data(as_text=True)


@pytest.fixture(scope="session")
def hashed():
    """The hash of everybody's password."""
    return hash_password(PASSWORD)


@pytest.fixture
def users(tmp_path, hashed):
    """A file with one user of each role."""
    lines = [f'[[user]]\nname = "{name}"\nrole = "{role}"\npassword = "{hashed}"\n' for name, role in ROLES.items()]
    file = tmp_path / "users.toml"
    file.write_text("\n".join(lines))
    return file


@pytest.fixture
def shared(root):
    """A server for one person."""
    return make_server(root)


@pytest.fixture
def app(shared):
    """Its app."""
    return make_app(shared)


@pytest.fixture
def web(app, shared):
    """The browser of its one user."""
    browser = Web(app)
    browser.page(f"/?token={shared.token}")
    return browser


@pytest.fixture
def team(root, users):
    """A server for a team; each name gives a browser that is signed in."""
    shared = make_server(root, users=users)
    app = make_app(shared)

    def _sign_in(name):
        browser = Web(app)
        browser.post("/login", {"name": name, "password": PASSWORD})
        return browser

    _sign_in.app = app
    _sign_in.shared = shared
    return _sign_in


@pytest.fixture
def pages(case_on):
    """Every page that can be looked at."""
    case = case_on(HOSTILE)
    return [
        "/queue", "/queue?view=all&sort=value_usd", f"/queue/dismiss?case={case}", f"/case/{case}", "/review",
        "/review?scores=1", "/search", "/search?q=SELLER1", "/search?q=SHIP6", "/week", "/rules", "/runs",
    ]  # fmt: skip

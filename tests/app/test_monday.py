"""A Monday of a team, in real browsers, on both databases: from a screening to a packet, and back with late data."""

import csv
import json

import pytest

import analytics
from analytics.cases import open_ledger
from analytics.cases.packet import verify_packet
from tests.app.conftest import BO, ROW
from tests.app.test_in_browser import fill, open_verb, quiet, send, serve, signed_in, tab  # noqa: F401
from tests.postgres import fresh_database, serving

pytestmark = pytest.mark.slow
SETTINGS = """
[review]
second_reviewer_above_usd = 950.00
blind_share = 0

[[open]]
typology = "daily_limit"
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    """The database of the cases: None is SQLite inside the store."""
    if request.param == "sqlite":
        yield None
        return
    with serving() as server:
        yield fresh_database(server)


@pytest.fixture
def monday(made, tmp_path):
    """A store that was screened this morning; nobody has opened a case."""
    import shutil

    root = shutil.copytree(made, tmp_path / "store", ignore=shutil.ignore_patterns("cases"))
    (root / "cases").mkdir()
    (root / "cases" / "settings.toml").write_text(SETTINGS)
    return root


def screen_late(root, tmp_path):
    """A package of Bo that arrived on his day comes with the next file."""
    row = {**ROW, **BO, "shipment_id": "LATE1", "declared_value": "60.00"}
    with (tmp_path / "late.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(ROW))
        writer.writeheader()
        writer.writerow(row)
    analytics.screen(tmp_path / "late.csv", root)


@pytest.fixture
def root(monday):
    """What ``serve`` serves."""
    return monday


def case_of(ledger, name):
    """Find the case on the flag of a consignee."""
    uids = ledger.store.table("shipments").filter(consignee_name=name).select("shipment_uid")
    flags = ledger.store.table("flag_shipments").join(uids, on="shipment_uid").collect()["flag_id"]
    return next(case for flag in sorted(flags) if (case := ledger.case_of(flag)))


def test_a_monday(serve, tab, users, root, url, tmp_path):  # noqa: F811
    ledger = open_ledger(analytics.open_store(root), url, by="lead")
    maria, bo = case_of(ledger, "Maria Lopez"), case_of(ledger, "Bo Ek")
    shared = serve(users=users, cases=url)
    ivan, rita = signed_in(tab, shared, "ivan"), signed_in(tab, shared, "rita")

    ivan.get_by_role("button", name="Take next").click()
    ivan.wait_for_url("**/case/C*")
    assert ledger.case(ivan.url.rsplit("/", 1)[1]).assignee == "ivan"

    ivan.goto(f"{ivan.home}/case/{maria}")
    ivan.get_by_role("button", name="Show names").click()
    ivan.get_by_text("Maria Lopes").first.wait_for()
    ivan.get_by_role("button", name="not same", exact=True).first.click()
    preview = ivan.get_by_role("region", name="Preview")
    preview.get_by_text("Days over a limit: 1 now, 0 then.").wait_for()
    preview.get_by_label("Note").fill("two sisters, two invoices")
    preview.get_by_role("button", name="Save: not same").click()
    ivan.get_by_text("Saved: not same.").wait_for()
    shown = [("Evidence", "two invoices")]
    fill(ivan, "Decide", "decided", shown, outcome="dismissed", reason="different_parties")
    assert (ledger.case(maria).state, ledger.case(maria).outcome) == ("closed", "dismissed")

    ivan.goto(f"{ivan.home}/case/{bo}")
    fill(ivan, "Decide", "decided", outcome="referred_to_counsel")
    assert ledger.case(bo).state == "second_review"
    rita.goto(f"{rita.home}/case/{bo}")
    send(rita.locator("#verb-confirm"), "Confirm the decision")
    rita.get_by_text(f"{bo}: decision confirmed.").wait_for()

    form = open_verb(rita, "Packet for counsel")
    with rita.expect_download() as saved:
        send(form, "Download the packet")
    packet = tmp_path / "packet.zip"
    saved.value.save_as(packet)
    assert verify_packet(packet, ledger.store, ledger).is_whole

    screen_late(root, tmp_path)
    rita.goto(f"{rita.home}/case/{bo}")
    rita.get_by_text("triage", exact=False).first.wait_for()
    again = open_ledger(analytics.open_store(root), url, by="lead")
    assert again.case(bo).state == "triage"
    causes = [json.loads(body)["cause"] for body in again.events(bo).filter(kind="reopened")["body"]]
    assert causes == ["late_data"]
    assert again.case(maria).state == "closed", "her flag is gone, as the dismissal said"
    assert len(again.case(maria).gone_flag_ids) == 1
    assert again.verify().is_whole
    for page in (ivan, rita):
        quiet(page)

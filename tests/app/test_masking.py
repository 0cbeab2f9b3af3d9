"""Who sees names, on which page, and that each look is an event."""

import json
import re

import pytest

NAMES = ("Maria", "Lopez", "12 Elm", "217-555-0142", "2175550142", "Bo Ek", "Cyrus")


@pytest.fixture
def every(case_on, pages):
    """Every page, with the case of Maria and searches for what is hers."""
    case = case_on("Maria Lopez")
    return [*pages, f"/case/{case}", f"/queue/dismiss?case={case}", "/search?q=SHIP1", "/search?q=A100"]


def looks(ledger):
    """What was looked at, by whom, on which case."""
    events = ledger.events().filter(kind="viewed")
    said = [(by, json.loads(body)) for by, body in events.select("by", "body").rows()]
    return [(by, body.get("case_id"), body["what"]) for by, body in said]


def test_a_viewer_sees_no_name_on_any_page(team, every, ledger):
    vera = team("vera")
    for path in every:
        page = vera.page(path)
        assert not [name for name in NAMES if name in page], path
        assert "Show names" not in page
    assert looks(ledger) == []


def test_a_viewer_cannot_unmask_anything(team, case_on, ledger):
    vera, case = team("vera"), case_on("Maria Lopez")
    vera.page("/queue")
    for path in (f"/case/{case}/unmask", "/review/unmask", "/search/unmask"):
        answer = vera.post(path)
        assert answer.status_code == 403
        assert "viewers see pseudonyms only" in answer.get_data(as_text=True)
    assert "Maria" not in vera.page(f"/case/{case}")
    assert looks(ledger) == []


def test_a_viewer_finds_numbers_and_no_names(team):
    vera = team("vera")
    assert "Nothing is found" in vera.page("/search?q=maria+lopez")
    assert "Nothing is found" in vera.page("/search?q=217-555-0142")
    assert "SHIP1" in vera.page("/search?q=A100")


@pytest.mark.parametrize("name", ["ivan", "rita", "carl", "ada"])
def test_others_see_pseudonyms_until_they_ask(team, case_on, name):
    browser, case = team(name), case_on("Maria Lopez")
    masked = browser.page(f"/case/{case}")
    assert "Maria" not in masked
    assert "Consignee " in masked
    assert "Maria Lopez" in browser.done(f"/case/{case}/unmask")


def test_every_look_at_the_names_of_a_case_is_an_event(team, case_on, ledger):
    ivan, case = team("ivan"), case_on("Maria Lopez")
    ivan.page(f"/case/{case}")
    assert looks(ledger) == []
    ivan.done(f"/case/{case}/unmask")
    ivan.page(f"/case/{case}")
    assert looks(ledger) == [("ivan", case, "the names on the page of the case")] * 2
    assert "Maria" not in ivan.done(f"/case/{case}/mask")
    assert len(looks(ledger)) == 2


def test_unmasking_one_case_shows_no_other_and_no_other_person(team, case_on):
    ivan, rita = team("ivan"), team("rita")
    maria, bo = case_on("Maria Lopez"), case_on("Bo Ek")
    ivan.page("/queue")
    ivan.done(f"/case/{maria}/unmask")
    assert "Bo Ek" not in ivan.page(f"/case/{bo}")
    assert "Maria" not in rita.page(f"/case/{maria}")
    assert "Maria" not in ivan.page("/search?q=A100")


def test_names_hide_again_after_a_quarter_of_an_hour(team, case_on, monkeypatch):
    ivan, case = team("ivan"), case_on("Maria Lopez")
    ivan.page("/queue")
    assert "Maria" in ivan.done(f"/case/{case}/unmask")
    later = __import__("time").time() + 15 * 60 + 1
    monkeypatch.setattr("analytics.app.rights.time.time", lambda: later)
    assert "Maria" not in ivan.page(f"/case/{case}")


def test_a_consignee_has_one_pseudonym_on_every_page(team, case_on):
    ivan = team("ivan")
    of_case = set(re.findall(r"Consignee [0-9a-f]+", ivan.page(f"/case/{case_on('Maria Lopez')}")))
    of_search = set(re.findall(r"Consignee [0-9a-f]+", ivan.page("/search?q=maria+elm")))
    assert of_search
    assert of_search <= of_case


def test_a_search_is_masked_and_each_unmasked_one_is_an_event(team, ledger):
    ivan = team("ivan")
    found = ivan.page("/search?q=maria+elm")
    assert "Consignee " in found
    assert "Lopez" not in found
    assert looks(ledger) == []
    assert "Maria Lopez" in ivan.done("/search/unmask", {"q": "maria elm"})
    ((by, case, what),) = looks(ledger)
    assert (by, case) == ("ivan", None)
    assert what == "names in a search: 2 aliases, 0 shipments"
    assert ledger.verify().is_whole


def test_notes_of_people_are_masked_too(team, case_on, ledger):
    case = case_on("Maria Lopez")
    ledger.note(case, "Called Maria Lopez, 217-555-0142")
    ledger.attach(case, ("maria-lopez.pdf", b"%PDF"))
    page = team("vera").page(f"/case/{case}")
    assert not [name for name in ("Maria", "maria", "0142") if name in page]


def test_a_viewer_opens_no_document(team, case_on, ledger):
    case = case_on("Maria Lopez")
    document = json.loads(ledger.events(ledger.attach(case, ("a.txt", b"Maria")).case_id)["body"][-1])["document"]
    path = f"/case/{case}/document/{document['document_id']}"
    assert team("vera").get(path).status_code == 403
    answer = team("ivan").get(path)
    assert answer.get_data() == b"Maria"
    assert looks(ledger) == [("ivan", case, f"document {document['document_id']}")]


def test_the_subject_of_a_case_on_an_address_or_name_is_a_pseudonym():
    from analytics.app.masking import shown_subject

    assert shown_subject("identity", "i0123456789abcdef") == "i0123456789abcdef"
    assert shown_subject("order", "B7, issuer SELLER1") == "B7, issuer SELLER1"
    for kind, subject in (("address", "12 Elm St, Springfield"), ("consignee", "Maria Lopez"), ("other", "Bo Ek x2")):
        shown = shown_subject(kind, subject)
        assert not set(subject.split()) & set(shown.split())
        assert shown == shown_subject(kind, subject)
    assert "Secret" not in shown_subject("order", "B7, issuer Secret Shop")
    assert shown_subject("seller", "Secret Shop") != shown_subject("seller", "Other Shop")

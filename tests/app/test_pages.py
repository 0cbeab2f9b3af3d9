"""Queue, search, this week, rules and runs: what they show, and that their links lead to what they say."""

import json
import re
from datetime import timedelta

import pytest

import analytics
from analytics.reports.headline import measure_headline
from analytics.reports.periods import choose_period
from analytics.reports.tables import read_tables


def cases_in(page):
    return re.findall(r'data-href="/case/(C\d+)"', page)


def ticked(page, cases):
    values = re.findall(r'name="case" value="(C\d+@\d+)"', page)
    return [value for value in values if value.split("@")[0] in cases]


def test_the_first_page_is_the_queue_by_priority(web, ledger):
    assert web.get("/").headers["Location"] == "/queue"
    page = web.page("/queue")
    assert sorted(cases_in(page)) == ledger.cases()["case_id"].to_list()
    assert 'aria-sort="descending"' in page
    assert f"{len(cases_in(page))} cases" in page


def test_views_and_filters_stand_in_the_address(web, ledger, case_on, shared):
    maria, bo = case_on("Maria Lopez"), case_on("Bo Ek")
    ledger.assign(maria, shared.owner)
    ledger.decide(bo, "corrected_forward")
    assert cases_in(web.page("/queue?view=mine")) == [maria]
    assert maria not in cases_in(web.page("/queue?view=unassigned"))
    assert cases_in(web.page("/queue?view=closed")) == [bo]
    assert bo in cases_in(web.page("/queue?view=all"))
    assert cases_in(web.page(f"/queue?text={maria}")) == [maria]
    assert cases_in(web.page("/queue?state=triage")) == [maria]
    assert cases_in(web.page("/queue?view=open&state=closed")) == [bo]
    assert "No case passes these filters." in web.page("/queue?typology=structuring")
    assert len(cases_in(web.page("/queue?size=25&page=1&sort=value_usd&order=up&view=all"))) == len(ledger.cases())


@pytest.mark.parametrize("address", ["?sort=x;drop", "?page=-1", "?page=abc", "?size=99999", "?view=%00", "?order=%27"])
def test_what_an_address_may_not_hold_is_left_out(web, address):
    assert cases_in(web.page(f"/queue{address}"))


def test_take_next_gives_the_first_that_nobody_has_to_one_person_each(team, ledger):
    order = cases_in(team("ivan").page("/queue"))
    for name, case in zip(("ivan", "rita"), order, strict=False):
        browser = team(name)
        browser.page("/queue")
        assert f"{case} is yours." in browser.done("/queue/next")
        assert (ledger.case(case).assignee, ledger.case(case).state) == (name, "investigating")


def test_take_next_says_when_nothing_waits(web, ledger):
    for case in ledger.cases()["case_id"]:
        ledger.assign(case, "wei")
    web.page("/queue")
    assert "No unassigned case is waiting." in web.done("/queue/next")


def test_many_are_assigned_and_snoozed_at_once(web, ledger, case_on):
    cases = {case_on("Maria Lopez"), case_on("Bo Ek")}
    page = web.page("/queue")
    assert "2 cases assigned." in web.done("/queue/assign", {"case": ticked(page, cases), "name": "wei"})
    assert {ledger.case(case).assignee for case in cases} == {"wei"}
    until = (ledger.today + timedelta(days=5)).isoformat()
    form = {"case": ticked(web.page("/queue"), cases), "until": until, "note": "holidays"}
    assert "2 cases snoozed." in web.done("/queue/snooze", form)
    assert {ledger.case(case).state for case in cases} == {"snoozed"}


def test_a_case_that_changed_meanwhile_is_named_and_the_others_are_done(web, ledger, case_on):
    maria, bo = case_on("Maria Lopez"), case_on("Bo Ek")
    page = web.page("/queue")
    ledger.note(maria, "wait for me")
    told = web.done("/queue/assign", {"case": ticked(page, {maria, bo}), "name": "wei"})
    assert "1 case assigned." in told
    assert f"{maria} was left as it is" in told
    assert (ledger.case(maria).assignee, ledger.case(bo).assignee) == (None, "wei")


def test_many_are_dismissed_only_after_the_sampled_tenth_was_opened(web, ledger):
    cases = ledger.cases()["case_id"].to_list()
    asked = "&".join(f"case={case}" for case in cases)
    page = web.page(f"/queue/dismiss?{asked}")
    sampled = re.findall(r'<strong><a href="/case/(C\d+)">open it', page)
    assert len(sampled) == 1
    form = {"case": re.findall(r'name="case" value="(C\d+@\d+)"', page), "reason": "immaterial", "note": "all small"}
    answer = web.post("/queue/dismiss", form)
    assert answer.status_code == 400
    assert f"Open: {sampled[0]}." in answer.get_data(as_text=True)
    assert ledger.cases().filter(state="closed").is_empty()
    web.page(f"/case/{sampled[0]}")
    assert f"{len(cases)} cases dismissed." in web.done("/queue/dismiss", form)
    closed = ledger.cases().filter(state="closed")
    assert closed["case_id"].to_list() == cases
    assert set(closed["outcome_reason"]) == {"immaterial"}


def test_the_sample_is_a_tenth_and_cannot_be_chosen(shared):
    from analytics.app.sampling import sample_of

    cases = [f"C{number:06}" for number in range(1, 201)]
    drawn = sample_of(cases, shared.sessions)
    assert len(drawn) == 20
    assert drawn == sample_of(reversed(cases), shared.sessions)
    assert set(drawn) != set(sample_of(cases[:-1], shared.sessions))


@pytest.mark.parametrize("change", [{"reason": ""}, {"reason": "because"}, {"note": " "}, {"case": []}])
def test_a_bulk_dismissal_without_reason_note_or_cases_is_refused(web, ledger, change):
    case = ledger.cases()["case_id"][0]
    web.page(f"/case/{case}")
    form = {"case": [f"{case}@1"], "reason": "immaterial", "note": "small", **change}
    assert web.post("/queue/dismiss", form).status_code == 400
    assert ledger.case(case).is_open


def test_search_finds_names_numbers_and_phones_and_leads_to_the_case(web, case_on):
    case = case_on("Maria Lopez")
    for asked in ("maria lopez", "LÓPEZ maria", "12 elm", "(217) 555-0142", "2175550142", case, "A100", "SHIP1"):
        assert f'href="/case/{case}"' in web.page(f"/search?q={asked}"), asked
    assert "Nothing is found" in web.page("/search?q=zebedee")
    assert "Nothing is found" in web.page("/search?q=%25%25%25")


def test_search_opens_a_case_on_a_flag_or_identity(web, ledger, store, case_on):
    ledger.decide(case_on("Bo Ek"), "corrected_forward")
    identity = store.table("shipments").filter(consignee_name="Bo Ek").collect()["identity_id"][0]
    web.page("/search?q=bo+ek")
    page = web.done("/search/open", {"subject": identity})
    assert "is open." in page


def test_the_week_shows_the_figures_of_the_report(web, store):
    period = choose_period(store)
    now = measure_headline(read_tables(store), period).now
    page = web.page("/week")
    assert period.label in page
    assert re.search(rf'class="figure" href="[^"]+">{now.flags}<', page)
    assert f'<span class="figure">{now.flagged_shipments}</span>' in page
    assert f"of {now.shipments} that arrived" in page
    assert f'<span class="figure">${now.value.base:,.0f}</span>' in page


def test_each_number_of_the_week_leads_to_its_cases(web, store, ledger):
    page = web.page("/week")
    flags = store.table("flags").collect()
    case_of = {
        flag: row["case_id"] for row in ledger.cases().iter_rows(named=True) for flag in json.loads(row["flag_ids"])
    }
    links = re.findall(r'<a href="(/queue\?[^"]+typology=(\w+)[^"]*)"', page)
    assert links
    for address, typology in links:
        wanted = {case_of[flag] for flag in flags.filter(typology=typology)["flag_id"]}
        assert set(cases_in(web.page(address.replace("&amp;", "&")))) == wanted


def test_another_week_stands_in_the_address(web):
    assert "No flag in this week." in web.page("/week?week=2025-W09")
    assert web.get("/week?week=2025-W99").status_code == 400


def test_rules_are_those_of_the_day_with_their_citation(web):
    before, after = web.page("/rules?on=2025-05-01&origin=CN"), web.page("/rules?on=2025-05-02&origin=CN")
    assert "US-C-06" not in before
    assert "US-C-06" in after
    assert "EO 14256" in after
    assert web.get("/rules?on=2025-13-01").status_code == 400
    assert web.get("/rules?origin=China").status_code == 400


def test_runs_show_inputs_and_what_changed(web, root, tmp_path):
    assert "No flag changed" in web.page("/runs")
    rows = root.parent / "late.csv"
    header = "shipment_id,arrival_date,consignee_name,consignee_address,declared_value,entry_type,origin_country,mode"
    lines = [f"L{number},2025-03-20,Dora Late,1 Late St,500.00,86,DE,air" for number in (1, 2)]
    rows.write_text("\n".join([header, *lines]))
    analytics.screen(rows, root)
    page = web.page("/runs")
    assert "late.csv" in page
    assert "1 change against run r000001" in page
    assert "new data" in page


def test_an_unknown_page_is_not_found_and_says_so(web):
    answer = web.get("/nowhere")
    assert answer.status_code == 404
    assert "Not Found" in answer.get_data(as_text=True)

"""Same, not same, unsure: the totals are shown before anything is saved, and the next screening applies it."""

import re

import polars as pl
import pytest

import analytics
from analytics.store import judged


@pytest.fixture
def case(case_on):
    return case_on("Maria Lopez")


@pytest.fixture
def pair(store):
    aliases = store.table("aliases").filter(pl.col("consignee_name").str.starts_with("Maria")).collect()
    return sorted(aliases["alias_id"])


def preview(browser, case, pair, verdict, **headers):
    browser.page(f"/case/{case}")
    return browser.done(f"/case/{case}/pair", {"one": pair[0], "other": pair[1], "verdict": verdict}, headers=headers)


def save(browser, case, page, **form):
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return browser.post(f"/case/{case}/judge", {**fields, **form})


def verdicts(root):
    opened = analytics.open_store(root)
    return judged(opened.root, opened.state).select("alias_id_l", "alias_id_r", "verdict", "judged_by", "note").rows()


def test_the_totals_move_before_it_is_saved(web, case, pair, root):
    page = preview(web, case, pair, "different")
    assert "2 aliases of 1 identity would be 2 identities." in page
    assert "Days over a limit: 1 now, 0 then." in page
    assert "$900.00" in page
    assert page.count("$450.00") == 2
    assert "Nothing changes until the store is screened again." in page
    assert verdicts(root) == []


def test_a_saved_verdict_is_a_judgement_and_a_note_in_the_history(web, case, pair, root, ledger):
    page = preview(web, case, pair, "different")
    assert save(web, case, page, note="two sisters").status_code == 303
    ((left, right, verdict, by, note),) = verdicts(root)
    assert ([left, right], verdict, note) == (pair, "different", "two sisters")
    assert f"Judged aliases {left} and {right}: not same. two sisters" in ledger.events(case)["body"][-1]
    assert by in web.page(f"/case/{case}")


def test_the_next_screening_gives_the_totals_that_were_shown(web, case, pair, root):
    save(web, case, preview(web, case, pair, "different"))
    analytics.screen([], root)
    found = analytics.open_store(root)
    identities = found.table("aliases").filter(pl.col("alias_id").is_in(pair)).select("identity_id").collect()
    assert identities["identity_id"].n_unique() == 2
    totals = found.table("daily_totals").join(identities.lazy(), on="identity_id").collect()
    assert [str(total) for total in totals["total_amount"]] == ["450.00", "450.00"]
    assert not totals["is_over_limit"].any()


@pytest.mark.parametrize("change", [{"verdict": "same"}, {"seal": "0" * 64}, {"seal": ""}])
def test_nothing_is_saved_whose_totals_were_not_shown(web, case, pair, root, change):
    page = preview(web, case, pair, "different")
    answer = save(web, case, page, **change)
    assert answer.status_code == 400
    assert "Look at the preview first" in answer.get_data(as_text=True)
    assert verdicts(root) == []


def test_the_preview_of_one_person_saves_nothing_for_another(team, case, pair, root):
    page = preview(team("ivan"), case, pair, "different")
    rita = team("rita")
    rita.page("/queue")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert rita.post(f"/case/{case}/judge", {**fields, "csrf": rita.csrf}).status_code == 400
    assert verdicts(root) == []


def test_htmx_gets_the_part_alone(web, case, pair):
    part = preview(web, case, pair, "same", **{"HX-Request": "true"})
    assert "<html" not in part
    assert "The grouping stays as it is" in part


def test_a_viewer_judges_nothing(team, case, pair, root):
    vera = team("vera")
    page = preview(vera, case, pair, "different")
    assert save(vera, case, page).status_code == 403
    assert verdicts(root) == []


def test_review_shows_the_pair_with_most_money_without_its_score(web, pair):
    page = web.page("/review")
    assert "pair 1 of" in page
    assert "Match probability" not in page
    assert "Match probability" in web.page("/review?scores=1")
    for alias in pair:
        assert alias in page


def test_review_saves_a_verdict_and_goes_on(web, pair, root, case, ledger):
    page = web.page("/review")
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split('class="verdicts"')[1]))
    page = web.done("/review/preview", {**form, "verdict": "same"})
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split('class="preview"')[1]))
    assert "Saved: same." in web.done("/review/judge", fields)
    ((left, right, verdict, *_),) = verdicts(root)
    assert ([left, right], verdict) == (pair, "same")
    assert "Judged aliases" in ledger.events(case)["body"][-1]
    assert pair[0] not in web.page("/review")

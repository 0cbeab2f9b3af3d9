"""Page one in words: the news, the totals, what may be owed, why it moved, and how far the figures go."""

from __future__ import annotations

from analytics.reports.headline import MEMORY
from analytics.reports.law import HEADLINES
from analytics.reports.sections import number_of
from analytics.reports.sections.page_one.measures import PageOne
from analytics.reports.wording import counted, dollars, listed, name_of, percent
from analytics.wording.decisions import by_words, decision_words
from analytics.wording.moves import moved_sentences
from analytics.wording.news import first_sentence, owed_sentences, total_sentences

__all__ = ["bottom_line", "certainty", "coverage_sentence", "moved_lines", "privilege", "said", "what_to_decide"]

MASKED = "Masked edition: parties are pseudonyms; addresses and contact details are left out."


def said(page: PageOne) -> list[str]:
    """Return all of page one as sentences, in order."""
    lines = [*bottom_line(page), *moved_lines(page), *what_to_decide(page), *certainty(page), coverage_sentence(page)]
    return [privilege(page), *lines] if page.is_privileged or page.is_masked else lines


def privilege(page: PageOne) -> str:
    """Return the marking of privilege, and of the masked edition."""
    marking = "Prepared at the request of counsel. Privileged and confidential."
    return " ".join([marking if page.is_privileged else "Not marked as privileged.", *([MASKED] * page.is_masked)])


def bottom_line(page: PageOne) -> list[str]:
    """Return the news, the totals, what is at issue and what may be owed."""
    lines = [first_sentence(page.news, page.week), *total_sentences(page.news, page.week, page.kinds)]
    return [*lines, _at_issue(page), *owed_sentences(page.owing)] if page.week.flags else lines


def _at_issue(page: PageOne) -> str:
    value = page.value
    span = f" (low {dollars(value.floor)}, high {dollars(value.ceiling)})" if value.floor != value.ceiling else ""
    return f"Value at issue: {dollars(value.base)}{span}, if {HEADLINES[page.reading]}."


def moved_lines(page: PageOne) -> list[str]:
    """Say why the figure moved; nothing of a week in which nothing arrived."""
    return [] if page.news.kind == "nothing" else moved_sentences(page.moved)


def what_to_decide(page: PageOne) -> list[str]:
    """Return the decisions as sentences: what, who, by when."""
    return [f"{decision_words(each)} {each.who}, {by_words(each)}." for each in page.decisions]


def certainty(page: PageOne) -> list[str]:
    """Say how far the figures rest on matches, and what is counted nowhere above."""
    lines = [_strengths(page), _thresholds(page), _consignees(page), _hidden(page), _listed_apart(page)]
    return [line for line in lines if line]


def _strengths(page: PageOne) -> str:
    """Keep what figures and rule decide apart from what rests on more; nothing where all flags are of one strength."""
    if len(page.strengths) <= 1:
        return ""
    parts = [
        f"{counted(count, f'{strength} flag')} with {dollars(value.base)}"
        for strength, (count, value) in page.strengths.items()
    ]
    return f"{listed(parts)}: an inferred flag rests on a match or an interpretation that is not proven."


def _thresholds(page: PageOne) -> str:
    if "flags" not in page.spans or all(low == high for low, high in page.spans.values()):
        return ""
    flags, usd = page.spans["flags"], page.spans["base_usd"]
    span = f"{flags[0]:,} to {flags[1]:,} flags, {dollars(usd[0])} to {dollars(usd[1])} at issue"
    return f"At stricter and looser identity thresholds: {span}."


def _consignees(page: PageOne) -> str:
    if not page.consignees:
        return ""
    again = f"{page.repeat_consignees:,}" if page.repeat_consignees else "none"
    text = f"{counted(page.consignees, 'consignee')} flagged"
    if not page.spans_known:
        return f"{text}; the store has no whole {page.week.noun} before to compare with."
    before = f"eight {page.week.noun}s" if page.spans_known == MEMORY else counted(page.spans_known, page.week.noun)
    return f"{text}, {again} of them also in the {before} before{'' if page.spans_known == MEMORY else ' with data'}."


def _hidden(page: PageOne) -> str:
    if not page.hidden:
        return ""
    found = f"{page.hidden:,} of {counted(page.compared, 'flag')} about one consignee"
    return f"Exact comparison of names and addresses would miss {found} (section {number_of('identities')})."


def _listed_apart(page: PageOne) -> str:
    parts = []
    if page.leads:
        parts.append(counted(page.leads, "lead"))
    if page.explained:
        parts.append(counted(page.explained, "explained flag"))
    if not parts:
        return ""
    verb = "is" if page.leads + page.explained == 1 else "are"
    return f"{listed(parts)} {verb} listed separately and not counted in the totals (section {number_of('leads')})."


def coverage_sentence(page: PageOne) -> str:
    """Say of how many shipments each typology could be tested, and which was not tested."""
    tested = page.coverage.drop_nulls("share")
    if tested.is_empty():
        return "Coverage: no typology that puts a value at issue was tested."
    said = f"Coverage, of typologies that put a value at issue: {tested.height:,} of {page.coverage.height:,} tested"
    least, most = (tested.row(place, named=True) for place in (0, -1))
    span = f"{percent(least['share'])} ({name_of(least['typology'])})"
    if tested.height > 1:
        span += f" to {percent(most['share'])} ({name_of(most['typology'])})"
    missing = page.coverage.filter(page.coverage["share"].is_null())
    reasons = [f"{name_of(row['typology'])} ({_reason(row['tested'])})" for row in missing.iter_rows(named=True)]
    gap = f" Not tested: {listed(reasons)}." if reasons else ""
    return f"{said}. Shipments that could be tested: {span}.{gap}"


def _reason(tested: str) -> str:
    return tested.removeprefix("not tested: ").removeprefix("not testable on these entries: ")

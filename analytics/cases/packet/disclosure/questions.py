"""Open questions of a disclosure, each with who answers it; counted from the entries where they tell something."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.entries import Entry
from analytics.cases.packet.disclosure.law_rows import Law
from analytics.cases.words import packages, us_day
from analytics.reports.wording import counted, listed

__all__ = ["Question", "bond_lines", "open_questions"]

_COUNSEL, _FILER, _CLIENT = "Counsel", "Filer or importer, from ACE", "Disclosing party"
_KINDS = {"86": "type 86", "321": "manifest", "mail": "mail", "personal": "accompanied"}
"""How packages are let in under an exemption, by entry type."""
_WITHOUT_ENTRY = ("accompanied", "mail", "manifest")
_EXEMPT = (*_WITHOUT_ENTRY, "type 86")
_ENTERED, _UNKNOWN = "entered", "not given"


class Question(NamedTuple):
    """What is open, why it matters here, and who answers it."""

    asked: str
    why: str
    who: str


def open_questions(basis: Basis) -> list[Question]:
    """Return what counsel has to settle before a disclosure is filed."""
    return [_reach(basis), *_ALWAYS, _liquidated(basis.included), _limitation(basis.included), *_MONEY]


def _kinds(basis: Basis) -> Counter[str]:
    """Count the packages by how they were let in, by the law of their day of arrival."""
    return Counter(_kind(entry.row, basis.law) for entry in basis.included)


def _kind(row: dict[str, Any], law: Law) -> str:
    named = row["entry_type"]
    if not named:
        return _UNKNOWN
    held = law.rows("ref_entry_types", row["arrival_date"], entry_type=named)
    if not row["exemption_claimed"] and not any(of["claims_exemption"] for of in held):
        return _ENTERED
    return _KINDS.get(named, "mail" if row["mode"] == "mail" else "manifest")


def _reach(basis: Basis) -> Question:
    kinds = Counter(entry.row["entry_type"] or "not given" for entry in basis.included)
    manifest = sum(_kinds(basis)[kind] for kind in _WITHOUT_ENTRY)
    said = listed(f"{kind} ({number:,})" for kind, number in sorted(kinds.items()))
    return Question(
        "Does 19 USC 1592 reach a release from the manifest under 19 USC 1321, where no entry is filed?",
        f"By entry type: {said}. {packages(manifest).capitalize()} released without an entry: on the manifest, by "
        "mail or with a traveler. Type 86 is an entry. "
        "1592(a) speaks of 'enter or introduce'.",
        _COUNSEL,
    )


_ALWAYS = (
    Question(
        "Has a formal investigation of the disclosed violation begun, and does the disclosing party know of it?",
        "A disclosure counts only before, or without knowledge of, its commencement: the date that customs recorded in "
        "writing (19 CFR 162.74(a), (g)). Notices, requests for information and calls from officers are evidence.",
        f"{_CLIENT}; counsel asks customs",
    ),
    Question(
        "Who made each statement, from which information, and was it false, material and negligent?",
        "A flag shows figures and rules. It shows neither fault nor knowledge.",
        f"{_CLIENT}; counsel",
    ),
    Question(
        "Are these all the entries with the same facts?",
        "Benefits reach what is disclosed; an investigation may be expanded to the rest (19 CFR 162.74(h)). Files that "
        "were not screened are not in this document.",
        _CLIENT,
    ),
)


def _liquidated(entries: list[Entry]) -> Question:
    missing = sum(not entry.row["entry_number"] for entry in entries)
    lack = f" The files give no entry number for {packages(missing)}." if missing else ""
    return Question(
        "Which entries are liquidated, and when?",
        "An unliquidated entry may be corrected with customs; a liquidated one is final after 180 days unless "
        f"protested (19 USC 1514; 1520 is narrow). A manifest release is not liquidated.{lack}",
        _FILER,
    )


def _limitation(entries: list[Entry]) -> Question:
    ends = sorted(entry.suit_ends for entry in entries if entry.suit_ends)
    span = f" The first of these limits ends on {us_day(ends[0])}, the last on {us_day(ends[-1])}." if ends else ""
    return Question(
        "Has the limitation period run, is it tolled, or was it waived?",
        f"Five years from the violation for negligence and gross negligence (19 USC 1621).{span} Time in which the "
        "person is absent or the goods are concealed does not run. Customs often asks for a waiver.",
        _COUNSEL,
    )


_MONEY = (
    Question(
        "May overpayments on other entries be set off against the loss?",
        "Nothing is set off here. The government may refuse an offset in a 1592 matter (United States v. Snuggles, "
        "Ct. Int'l Trade 1996; from memory).",
        _COUNSEL,
    ),
    Question(
        "On which day were duties due, and what was paid?",
        "Interest runs here from the day of arrival. The day of deposit is not in the files (19 USC 1505(c)); change "
        "it in the workbook.",
        _FILER,
    ),
    Question(
        "Does the False Claims Act apply, and does a disclosure to customs help under it?",
        "A prior disclosure limits the penalty of 1592 alone. 31 USC 3729(a)(2) has its own terms for who reports.",
        _COUNSEL,
    ),
)


def bond_lines(basis: Basis) -> list[str]:
    """Say of which entries liquidated damages under a customs bond may be asked."""
    kinds = _kinds(basis)
    exempt, entered, unknown = sum(kinds[kind] for kind in _EXEMPT), kinds[_ENTERED], kinds[_UNKNOWN]
    of = listed(f"{kind} ({kinds[kind]:,})" for kind in _EXEMPT if kinds[kind])
    said = [
        f"{counted(exempt, 'release').capitalize()} under an exemption, {of}: no customs bond, so no liquidated "
        "damages.",
        f"{packages(entered).capitalize()} on other entries: liquidated damages only where a customs bond secures "
        "the entry (19 CFR 113.62). Customs bonds are not in the files; the amount is unknown.",
        f"{packages(unknown).capitalize()} without an entry type: whether a customs bond exists is unknown.",
    ]
    return [line for line, number in zip(said, (exempt, entered, unknown), strict=True) if number]

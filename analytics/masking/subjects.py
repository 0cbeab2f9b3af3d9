"""What a flag is about, without a name: of its subject only what is known to name nobody stays."""

from __future__ import annotations

import re

from analytics.masking.marks import Marks, is_code
from analytics.masking.texts import HIDDEN

__all__ = ["masked_subject", "masked_subject_id"]

_PARTIES = {
    "seller": "Seller",
    "sender": "Shipper",
    "series of": "Shipper",
    "mail of": "Shipper",
    "importer": "Importer",
    "issuer": "Seller",
}
_PLACES = ("address", "warehouse")
_NAMED = re.compile(rf"({'|'.join([*_PARTIES, *_PLACES])}) (.+)", re.DOTALL)
_DAY = r"\d{4}-\d{2}-\d{2}"
_SAFE = re.compile(
    rf"(?:week of |from |bought |gifts from |quarter from )?{_DAY}"
    r"|standard|gifts?|personal|entries|informal entry|over the informal limit|(?:seller|filer) not known"
    r"|importer not named|[A-Z]{2,3}|[A-Z]{2} as [A-Z]{2}|[A-Z]{3} \d+(?:\.\d+)?|chapter \d+|use \d+|entry type \w{1,4}"
    r"|identity i[0-9a-f']+ and others|(?:route|filer|carrier|entry type) [A-Z0-9]{2,6}"
)
_NUMBERED = re.compile(r"(?:[a-z]+ ){0,3}(?:[A-Z0-9]{3} )?(\S+)")


def masked_subject(subject: str, marks: Marks) -> str:
    """Return the subject of a flag without names and addresses.

    Parameters
    ----------
    subject : str
        As published: parts between commas. A part that is not known to name nobody is hidden.
    marks : Marks
        Of the store.

    Examples
    --------
    >>> masked_subject("seller S310, week of 2026-08-03, CN as MY, entries", Marks(""))
    'seller S310, week of 2026-08-03, CN as MY, entries'
    >>> masked_subject("address 12 elm st|78701, week of 2026-08-03", Marks(""))
    'address 1e8442, week of 2026-08-03'
    """
    shown: list[str] = []
    for part in subject.split(", "):
        word = _part(part, marks)
        if word != HIDDEN or not shown or shown[-1] != HIDDEN:
            shown.append(word)
    return ", ".join(shown)


def _part(part: str, marks: Marks) -> str:
    if _SAFE.fullmatch(part):
        return part
    if found := _NAMED.fullmatch(part):
        kind, name = found[1], found[2]
        if kind in _PLACES:
            return f"{kind} {marks.of(name)}"
        return f"{kind} {name if is_code(name) else marks.party(_PARTIES[kind], name)}"
    numbered = _NUMBERED.fullmatch(part)
    return part if numbered and is_code(numbered[1]) else HIDDEN


def masked_subject_id(kind: str, subject: str, marks: Marks) -> str:
    """Return what a case is about without names and addresses.

    Parameters
    ----------
    kind, subject : str
        As a case has them.
    marks : Marks
        Of the store.
    """
    if kind == "seller":
        return subject if is_code(subject) else marks.party("Seller", subject)
    if kind in _PLACES:
        return marks.of(subject)
    if kind in {"carrier", "filer", "route", "identity", "consignee"}:
        return subject
    return masked_subject(subject, marks)

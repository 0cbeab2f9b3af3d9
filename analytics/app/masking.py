"""Who sees names, and what stands in their place: pseudonyms made of ids, alike on every page."""

from __future__ import annotations

import hashlib
import re

import polars as pl

from analytics.app.context import ledger
from analytics.app.rights import is_unmasked

__all__ = ["looked", "looked_beside", "shown_subject", "with_shown_subject"]

_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._/-]{1,39}")


def shown_subject(kind: str, subject: str) -> str:
    """Return a subject as it is shown masked: codes as they are, names and addresses as pseudonyms.

    Parameters
    ----------
    kind, subject : str
        As a case has them.
    """
    if kind in {"identity", "filer", "carrier", "route", "shipment", "entry"} or _CODE.fullmatch(subject):
        return subject
    if kind == "order":
        number, _, issuer = subject.partition(", issuer ")
        return f"{number}, issuer {issuer if _CODE.fullmatch(issuer) else _pseudonym(issuer)}" if issuer else subject
    return _pseudonym(subject)


def with_shown_subject(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``shown_subject`` to rows of cases."""
    shown = [shown_subject(kind, subject) for kind, subject in rows.select("subject_kind", "subject_id").iter_rows()]
    return rows.with_columns(pl.Series("shown_subject", shown, pl.String))


def looked(case_id: str, what: str) -> bool:
    """Tell whether names of a case are shown to who asks, and take down the look where they are."""
    if not is_unmasked(case_id):
        return False
    ledger().viewed(case_id, what)
    return True


def _pseudonym(text: str) -> str:
    return f"[{hashlib.sha256(text.encode()).hexdigest()[:6]}]"


def looked_beside(page: str, what: str) -> bool:
    """Tell whether names are shown on a page that is about no case, and take down the look where they are."""
    if not is_unmasked(page):
        return False
    ledger().viewed(None, what)
    return True

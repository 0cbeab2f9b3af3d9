"""One case: what was seen, what speaks against it, who it is about, what is at issue, and what was done."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from analytics.app import case_verbs, judging
from analytics.app.context import all_cases, ledger, me, say, server, store
from analytics.app.link_graph import as_data, link_figure
from analytics.app.masking import looked, shown_subject
from analytics.app.pages.queue import colleagues
from analytics.app.rights import may, may_unmask, unmask, verbs
from analytics.app.sampling import look_at
from analytics.app.timeline import timeline
from analytics.cases.dossier import Dossier, dossier
from analytics.cases.states import DISMISSAL_REASONS, OUTCOMES, TELLS_OUTCOME
from analytics.errors import NotAllowed, UsageError
from analytics.exposure.penalties import floor_state

__all__ = ["do", "document", "hide", "judge", "packet", "page", "pair", "reveal", "show"]

page = Blueprint("case", __name__, url_prefix="/case")
_SHOWN = 100
_SHOWN_FLAGS = 30
_SHOWN_LINKS = 25
_SHOWN_TABLES = 10


@page.get("/<case_id>")
def show(case_id: str) -> str:
    """Show a case, masked unless who asks has unmasked it."""
    case = ledger().case(case_id)
    is_open = looked(case.case_id, "the names on the page of the case")
    look_at(server().sessions, me(), case.case_id)
    found = dossier(store(), ledger(), case.case_id, masked=not is_open)
    is_blind = case_verbs.is_blind(ledger(), case, me())
    flagged = found.shipments.filter(pl.col("in_flags") != "")
    figure = link_figure(found.members, found.links)
    return render_template(
        "case.html",
        case=found.case,
        found=found,
        subject=found.subject if is_open else shown_subject(case.subject_kind, found.subject),
        is_masked=not is_open,
        may_unmask=may_unmask(),
        is_blind=is_blind,
        may=may,
        verbs=case_verbs.offered(verbs(case.state), _last(found), me().name, is_blind=is_blind),
        colleagues=colleagues(),
        outcomes=OUTCOMES,
        reasons=DISMISSAL_REASONS,
        scopes=case_verbs.scopes(found),
        flags=_rows(found.flags.head(_SHOWN_FLAGS)),
        line=timeline(found.shipments, found.day_totals),
        flagged=_rows(flagged.head(_SHOWN)),
        flagged_total=flagged.height,
        beside=_rows(found.shipments.filter(pl.col("in_flags") == "").reverse().head(_SHOWN)),
        members=[_member(row) for row in found.members.head(_SHOWN).iter_rows(named=True)],
        links=[_link(row) for row in found.links.head(_SHOWN_LINKS).iter_rows(named=True)],
        judgements=_rows(found.judgements),
        figure=as_data(figure) if figure is not None else None,
        exposure=list(islice(_exposure(found.exposure), _SHOWN_TABLES)),
        exposed=found.exposure["flag_id"].n_unique(),
        clocks=_clocks(found.statute_clock),
        documents=_rows(found.documents),
        events=list(islice(_events(found, is_blind=is_blind), _SHOWN)),
        earlier=_earlier(found),
        words=judging.WORDS,
    )


@page.post("/<case_id>/unmask")
def reveal(case_id: str) -> Response:
    """Show the names of a case to who asks; each page that shows them is an event."""
    unmask(ledger().case(case_id).case_id)
    return redirect(url_for("case.show", case_id=case_id), 303)


@page.post("/<case_id>/mask")
def hide(case_id: str) -> Response:
    """Hide the names of a case again."""

    def forget(kept: dict[str, Any]) -> None:
        kept.get("unmasked", {}).pop(case_id, None)

    server().sessions.remember(me(), forget)
    return redirect(url_for("case.show", case_id=case_id), 303)


@page.post("/<case_id>/do/<verb>")
def do(case_id: str, verb: str) -> Response:
    """Do what a form of the page asks for."""
    case = case_verbs.do(ledger(), case_id, verb)
    say(f"{case.case_id}: {case_verbs.done(verb)}.")
    return redirect(url_for("case.show", case_id=case.case_id), 303)


def _last(found: Dossier) -> dict[str, Any]:
    """Return the last event of a case; a look at its names is none of it."""
    return found.events.filter(pl.col("version").is_not_null()).row(-1, named=True)


@page.get("/<case_id>/document/<document_id>")
def document(case_id: str, document_id: str) -> Response:
    """Hand out a document of the case, to be saved and never shown by the browser."""
    if not may_unmask():
        raise NotAllowed("viewers do not open documents, which may hold names. Ask an admin for another role.")
    listed = ledger().documents(case_id).filter(pl.col("document_id") == document_id)
    if listed.is_empty():
        raise UsageError(f"{case_id} has no such document. Choose one of its list.")
    ledger().viewed(case_id, f"document {document_id}")
    content, name = ledger().document(document_id), str(listed["name"][0])
    answer = send_file(io.BytesIO(content), "application/octet-stream", as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@page.post("/<case_id>/packet")
def packet(case_id: str) -> Response:
    """Hand out the packet that counsel files; one with names is an event."""
    from analytics.cases.packet import write_packet

    case, masked = ledger().case(case_id), request.form.get("edition") != "named"
    if not masked and not may_unmask():
        raise NotAllowed("viewers get packets without names. Ask an admin for another role.")
    if not masked:
        ledger().viewed(case.case_id, "packet with names")
    with tempfile.TemporaryDirectory(prefix="splitship-packet-") as folder:
        file = write_packet(store(), ledger(), case.case_id, Path(folder) / "packet.zip", masked=masked)
        content = file.read_bytes()
    name = f"packet-{case.case_id}{'-masked' if masked else ''}.zip"
    return send_file(io.BytesIO(content), "application/zip", as_attachment=True, download_name=name)


@page.post("/<case_id>/pair")
def pair(case_id: str) -> str:
    """Show what a verdict on two aliases would make of the totals, before it is saved."""
    back = f"{url_for('case.show', case_id=case_id)}#identity"
    return judging.shown(case_id, url_for("case.judge", case_id=case_id), back, {})


@page.post("/<case_id>/judge")
def judge(case_id: str) -> Response:
    """Save a verdict whose effect was shown."""
    if not may("judge"):
        raise NotAllowed("viewers do not judge pairs. Ask an admin for the role of an investigator.")
    verdict, one, other, note = judging.saved(case_id)
    ledger().note(case_id, judging.sentence(verdict, one, other, note))
    say(f"Saved: {judging.WORDS[verdict]}. The next screening applies it.")
    return redirect(f"{url_for('case.show', case_id=case_id)}#identity", 303)


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.rows(named=True)


def _member(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "differences": json.loads(row["differences"])}


def _link(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "speaks_for": json.loads(row["speaks_for"]), "speaks_against": json.loads(row["speaks_against"])}


def _exposure(exposure: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield a table for each flag: components down, interpretations across, and the assumptions they rest on."""
    for (flag_id,), rows in exposure.group_by("flag_id", maintain_order=True):
        told = rows.rows(named=True)
        yield {
            "flag_id": flag_id,
            "components": list(dict.fromkeys(row["component"] for row in told)),
            "interpretations": list(dict.fromkeys(row["interpretation"] for row in told)),
            "cells": {(row["component"], row["interpretation"]): row for row in told},
            "states": _states(told),
            "assumptions": list(dict.fromkeys(text for row in told for text in json.loads(row["assumptions"]))),
        }


def _states(told: list[dict[str, Any]]) -> dict[str, str]:
    """Say of a component that stands apart whether it is in force."""
    return {row["component"]: floor_state(row["assumptions"]) for row in told if row["component"] == "penalty_floor"}


def _clocks(clocks: pl.DataFrame) -> list[dict[str, Any]]:
    """Return each time limit once, with the first and last day on which it ends for a flag of the case."""
    ends = clocks.group_by("wording", "source", maintain_order=True).agg(
        pl.col("first_end").min(), pl.col("last_end").max()
    )
    return _rows(ends)


def _events(found: Dossier, *, is_blind: bool) -> Iterator[dict[str, Any]]:
    """Yield the history, newest first, each with what it changed; of a case under blind review without the decision."""
    today: dict[str, Any] = {**vars(found.case)}
    for row in found.events.reverse().iter_rows(named=True):
        body = json.loads(row["body"])
        before = body.pop("before", {}) or {}
        changes = [(name, before[name], today.get(name)) for name in sorted(before) if before[name] != today.get(name)]
        today.update(before)
        said = {name: value for name, value in sorted(body.items()) if value not in (None, "", [], {})}
        if not (is_blind and row["kind"] in TELLS_OUTCOME):
            yield {**row, "changes": changes, "said": said}


def _earlier(found: Dossier) -> list[dict[str, Any]]:
    """Return the other cases on the same subject, newest first."""
    case = ledger().case(found.case.case_id)
    cases = all_cases()
    same = (pl.col("subject_kind") == case.subject_kind) & (pl.col("subject_id") == case.subject_id)
    return _rows(cases.filter(same, pl.col("case_id") != case.case_id).reverse())

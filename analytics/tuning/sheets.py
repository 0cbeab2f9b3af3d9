"""The sheet of a sample: what the shipments are, in an order that tells nothing, and no score."""

from __future__ import annotations

import getpass
import hashlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.logs import Tunings
from analytics.errors import InputError
from analytics.reports.wording import clean
from analytics.review.questions import ASKED, read_answers, write_questions
from analytics.store import Store, append_log, read_log
from analytics.typologies.registry import typology as find_typology

__all__ = ["VERDICTS", "take_sample", "write_sample"]

VERDICTS = ("yes", "no", "unsure")
_IDS = ("sample_id", "candidate_id")
_HEADINGS = ("row", *ASKED, "question", "person", "shipments", *_IDS)
_WIDTHS = {"row": 6, "verdict": 12, "note": 30, "question": 34, "person": 34, "shipments": 90, "candidate_id": 20}
_MOST_SHIPMENTS = 40
_AGAIN = "splitship tune --typology inferred_order_split --next 60"


def write_sample(store: Store, sample_id: str, drawn: pl.DataFrame, out: Path) -> None:
    """Write the sheet of a sample.

    Parameters
    ----------
    store : Store
        Where the shipments are.
    sample_id : str
        The sample.
    drawn : polars.DataFrame
        Rows of ``candidates``.
    out : Path
        An XLSX file.
    """
    chosen = store.table("candidate_shipments").join(drawn.lazy().select("candidate_id"), on="candidate_id", how="semi")
    rows = chosen.join(store.table("shipments"), on="shipment_uid").sort("arrival_date", "shipment_uid").collect()
    listed: dict[str, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        listed.setdefault(row["candidate_id"], []).append(row)
    asked = sorted(drawn.iter_rows(named=True), key=lambda row: _shuffled(sample_id, row["candidate_id"]))
    cells = [
        [
            str(number), "", "", find_typology(row["typology"]).question,
            _person(listed[row["candidate_id"]][0]), _shipments(listed[row["candidate_id"]]),
            sample_id, row["candidate_id"],
        ]
        for number, row in enumerate(asked, start=1)
    ]  # fmt: skip
    write_questions(out, _HEADINGS, cells, title="Sample below the line", verdicts=VERDICTS, widths=_WIDTHS)


def take_sample(store: Store, file: Path, by: str | None = None) -> tuple[str, int]:
    """Take back a sheet that a person has filled in, all of it or nothing.

    Parameters
    ----------
    store : Store
        The store it was drawn from.
    file : Path
        The sheet; rows without a verdict are left for another time. A verdict given again replaces the one before.
    by : str, optional
        Who judged; the name of the user where not given.

    Returns
    -------
    tuple
        The sample's id, and how many verdicts were taken.

    Raises
    ------
    UnreadableFile
        The file is no such sheet.
    InputError
        A row has no valid verdict or is not of a sample of this store. Nothing is taken then.
    """
    answered = [row for row in read_answers(file, _IDS, _AGAIN) if row["verdict"]]
    drawn = read_log(store.root, "tunings").filter(pl.col("event") == "drawn")
    known = {(row["sample_id"], row["candidate_id"]): row for row in drawn.iter_rows(named=True)}
    times = Counter((row["sample_id"], row["candidate_id"]) for row in answered)
    for row in answered:
        wrong = _wrong(row, known, times)
        if wrong:
            raise InputError(f"{file}, row {row['row']}: {wrong} Nothing was taken from this sheet.")
    if not answered:
        raise InputError(f"{file}: no row has a verdict. Fill in the column verdict, or draw anew: {_AGAIN}")
    stamp, who = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"), by or getpass.getuser()
    told = {"event": "judged", "done_at": stamp, "done_by": who}
    rows = [
        {**known[row["sample_id"], row["candidate_id"]], **told, "verdict": row["verdict"], "note": row["note"] or None}
        for row in answered
    ]
    append_log(store.root, "tunings", pl.DataFrame(rows, schema=empty_frame(Tunings).schema))
    return str(answered[0]["sample_id"]), len(answered)


def _shuffled(sample_id: str, candidate_id: str) -> bytes:
    return hashlib.sha256(f"{sample_id} {candidate_id}".encode()).digest()


def _person(row: dict[str, Any]) -> str:
    columns = ("consignee_name", "consignee_address", "consignee_city", "consignee_state", "consignee_postal_code")
    return clean(", ".join(str(row[column]) for column in columns if row[column]))


def _shipments(rows: list[dict[str, Any]]) -> str:
    lines = [
        "  ".join(
            str(part)
            for part in (
                row["arrival_date"], f"{row['declared_value']:,.2f} {row['currency']}", row["shipment_id"],
                row["seller_name"] or row["seller_id"] or row["shipper_name"], row["mode"],
                f"order {row['order_id']}" if row["order_id"] else None, row["product_id"], row["description"],
                row["consignee_name"],
            )
            if part
        )
        for row in rows[:_MOST_SHIPMENTS]
    ]  # fmt: skip
    left = len(rows) - _MOST_SHIPMENTS
    return "\n".join([*(clean(line)[:300] for line in lines), *([f"and {left} more"] if left > 0 else [])])


def _wrong(
    row: dict[str, Any], known: dict[tuple[str, str], dict[str, Any]], times: Counter[tuple[str, str]]
) -> str | None:
    key = (row["sample_id"], row["candidate_id"])
    if row["verdict"] not in VERDICTS:
        return f"the verdict is none of {', '.join(VERDICTS)}. Choose one, or leave the cell empty."
    if key not in known:
        return "its ids are not of a sample of this store. Take the sheet into the store it was drawn from."
    if times[key] > 1:
        return "the same candidate stands in another row too. Keep one of them."
    return None

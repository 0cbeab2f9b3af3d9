"""The packet as a whole: what is in it, the same bytes again, and the masked edition names nobody."""

from __future__ import annotations

import csv
import hashlib
import json
from io import BytesIO, StringIO
from itertools import pairwise
from zipfile import ZipFile

import docx
import polars as pl
import pytest
from pypdf import PdfReader

from analytics.cases.packet import write_packet
from analytics.errors import UnknownCase, UsageError
from tests.reading import joined, text_of, text_of_pdf

PDFS = ("01_cover_memo", "02_narrative", "05_identity_basis", "06_counter_evidence", "07_method_and_limits")
NAMES = [
    "01_cover_memo.pdf", "02_narrative.pdf", "02_narrative.docx", "03_entries.xlsx", "04_loss_of_duties.xlsx",
    "05_identity_basis.pdf", "06_counter_evidence.pdf", "07_method_and_limits.pdf", "08_event_log.csv",
    "09_disclosure_elements.pdf",
]  # fmt: skip


def names(file):
    with ZipFile(file) as archive:
        return archive.namelist()


def test_holds_what_counsel_files(filed):
    documents = [name for name in names(filed.plain) if name.startswith("documents/")]
    assert names(filed.plain) == [*NAMES, *documents, "manifest.json"]
    assert documents == ["documents/ea452be124da_Letter_to_Thiago_Silva.txt"]
    assert filed.read(documents[0]) == b"Dear Mr. Silva"


def test_the_same_case_gives_the_same_bytes(filed, tmp_path):
    again = write_packet(filed.store, filed.ledger, filed.case_id, tmp_path / "again.zip")
    assert oct(again.stat().st_mode & 0o777) == "0o600", "only its owner reads a packet"
    assert again.read_bytes() == filed.plain.read_bytes()
    masked = write_packet(filed.store, filed.ledger, filed.case_id, tmp_path / "masked.zip", masked=True)
    assert masked.read_bytes() == filed.masked.read_bytes()


def test_no_file_bears_a_time_of_today(filed):
    with ZipFile(filed.plain) as archive:
        inner = [ZipFile(BytesIO(archive.read(name))) for name in NAMES if name.endswith((".docx", ".xlsx"))]
        dates = {entry.date_time for zipped in (archive, *inner) for entry in zipped.infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", [*PDFS, "09_disclosure_elements"])
def test_a_pdf_is_tagged_titled_and_in_english(filed, name):
    pdf = PdfReader(BytesIO(filed.read(f"{name}.pdf")))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"].startswith("en")
    assert pdf.metadata.title.startswith("Case C000001: ")
    sides = {float(side) for page in pdf.pages for side in page.mediabox[2:]}
    assert sides == {612.0, 792.0}, "letter paper"


def test_the_narrative_answers_who_what_when_where_why_and_how(filed):
    text = text_of_pdf(filed.read("02_narrative.pdf"))
    for part in ("Who", "What", "When", "Where", "Why it was flagged", "How", "What speaks against it"):
        assert f"\n{part}\n" in text
    flagged = (
        "5X0070237636",
        "5X0070245924",
        "5X0070248514",
        "CZ0070237377",
        "$554.10",
        "$553.90",
        "$517.19",
        "$517.90",
    )
    assert [value for value in (*flagged, "Thiago D Silva", "March 31, 2025", "3901") if value not in text] == []


def test_the_docx_says_what_the_pdf_says(filed):
    document = docx.Document(BytesIO(filed.read("02_narrative.docx")))
    said = joined(" ".join(paragraph.text for paragraph in document.paragraphs))
    cells = joined(" ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells))
    assert joined("4 packages worth $2,143.09 arrived on March 31, 2025 and carry 1 flag (daily limit).") in said
    assert "5X0070237636" in cells
    assert document.core_properties.title == "Case C000001: narrative"


def test_nothing_asserts_intent(filed):
    text = " ".join(text_of(name, filed.read(name)) for name in NAMES[:-2]).casefold()
    assert "it does not say that anybody meant to split" in " ".join(text.split())
    assert [word for word in ("evaded", "evasion", "smuggl", "deliberate", "scheme", "guilty") if word in text] == []


def test_the_cover_memo_says_what_was_decided_and_what_was_set_aside(filed):
    text = " ".join(text_of_pdf(filed.read("01_cover_memo.pdf")).split())
    for said in ("referred to counsel", "Figures agreed with the broker.", "$340.84", "Second review none on record"):
        assert said in text
    assert "1 shipment that a person set aside is still in these figures." in text


def test_counter_evidence_stands_beside_what_was_done(filed):
    text = " ".join(text_of_pdf(filed.read("06_counter_evidence.pdf")).split())
    assert "2 of 3 have no answer on record." in text
    assert "Asked the filer for the entry summaries" in text
    assert "The seller says that it was returned before release." in text


def test_the_method_names_rules_inputs_and_what_is_not_known(filed):
    text = joined(text_of_pdf(filed.read("07_method_and_limits.pdf")))
    run = filed.store.table("runs").collect().row(-1, named=True)
    for item in json.loads(run["inputs"]):
        assert item["sha256"] in text
    for said in (run["rules_sha256"], "19USC1321(a)(2)(C)", "unverified", "nottested", "Intentcannotberead"):
        assert said in text


def test_the_disclosure_elements_come_in_their_order_and_tender_what_is_listed(filed):
    text = " ".join(text_of_pdf(filed.read("09_disclosure_elements.pdf")).split())
    marks = ["1. Class or kind", "2. Entries", "3. Statements", "4. True information", "5. Tender", "162.74(c)"]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)
    assert "of the packages listed here: at least $158.72 (" in text
    assert "5X0070237636" not in text, "it is set aside"


@pytest.mark.parametrize(("outcome", "has_it"), [("corrected_forward", False), ("disclosure_filed", True)])
def test_the_disclosure_elements_come_where_the_outcome_needs_them(ledger, flag, tmp_path, outcome, has_it):
    case = ledger.open(flag("Maria Lopez"))
    ledger.decide(case.case_id, outcome)
    file = write_packet(ledger.store, ledger, case.case_id, tmp_path / "p.zip")
    assert ("09_disclosure_elements.pdf" in names(file)) is has_it


def test_the_event_log_chains(filed):
    rows = list(csv.DictReader(StringIO(filed.read("08_event_log.csv").decode())))
    assert [row["kind"] for row in rows] == ["opened", "started", "noted", "attached", "excluded", "decided"]
    assert all(row["previous_hash"] == before["hash"] for before, row in pairwise(rows))


def test_the_manifest_lists_every_file_and_what_it_was_made_from(filed):
    told = json.loads(filed.read("manifest.json"))
    others = [name for name in names(filed.plain) if name != "manifest.json"]
    assert list(told["files"]) == others
    for name, measured in told["files"].items():
        content = filed.read(name)
        assert measured == {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    last = filed.ledger.events(filed.case_id).sort("version").row(-1, named=True)
    assert told["head"] == {"seq": last["seq"], "version": last["version"], "hash": last["hash"]}
    assert (told["run_id"], told["edition"]) == (filed.store.last_run.run_id, "unmasked")
    assert len(told["store_id"]) == 32


def personal(store, identity):
    """Every name, address line, phone and mail of a consignee, and the names of who sold to it."""
    aliases = store.table("aliases").filter(identity_id=identity).collect()
    shipments = store.table("shipments").filter(identity_id=identity).collect()
    columns = ("consignee_name", "consignee_address", "consignee_phone", "consignee_email")
    return {
        str(text)
        for frame, wanted in ((aliases, columns), (shipments, (*columns, "seller_name")))
        for name in wanted
        for text in frame[name].drop_nulls()
    }


def test_the_masked_edition_names_nobody_in_any_file(filed, silva):
    known = personal(filed.store, silva)
    assert len(known) > 10
    plain = " ".join(joined(text_of(name, filed.read(name))) for name in names(filed.plain)).casefold()
    assert [text for text in known if joined(text).casefold() not in plain] == []
    shown = {name: text_of(name, filed.read(name, masked=True)).casefold() for name in names(filed.masked)}
    told = [(name, text) for name, said in shown.items() for text in known if joined(text).casefold() in joined(said)]
    assert told == []
    assert [name for name, said in shown.items() if "silva" in said or "5559595" in joined(said).replace("-", "")] == []
    assert any("consignee a0" in said or "consignee 0f36" in said for said in shown.values())


def test_the_masked_edition_leaves_documents_out_and_says_so(filed):
    assert not [name for name in names(filed.masked) if name.startswith("documents/")]
    assert json.loads(filed.read("manifest.json", masked=True))["documents_left_out"]
    assert not json.loads(filed.read("manifest.json"))["documents_left_out"]


def test_looking_at_a_case_changes_no_packet(filed, tmp_path):
    filed.ledger.viewed(filed.case_id, "names")
    again = write_packet(filed.store, filed.ledger, filed.case_id, tmp_path / "again.zip")
    assert again.read_bytes() == filed.plain.read_bytes()


def test_a_case_that_is_not_there_is_named(filed, tmp_path):
    with pytest.raises(UnknownCase, match="C999999"):
        write_packet(filed.store, filed.ledger, "C999999", tmp_path / "p.zip")


def test_a_place_that_cannot_be_written_to_is_named(filed, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="Name another place"):
        write_packet(filed.store, filed.ledger, filed.case_id, tmp_path / "file" / "p.zip")


@pytest.mark.parametrize("package", ["typst", "docx", "fontpkg_noto_sans"])
def test_a_missing_package_is_named_with_its_remedy(filed, tmp_path, monkeypatch, package):
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(UsageError, match=r"pip install 'splitship\[pdf\]'"):
        write_packet(filed.store, filed.ledger, filed.case_id, tmp_path / "p.zip")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("typology", ["order_split", "suspended_claim", "informal_entry_split", "fictitious_consignee"])
def test_a_case_of_any_typology_gets_its_packet(filed, tmp_path, typology):
    flag = filed.store.table("flags").filter(pl.col("typology") == typology).collect().row(0, named=True)
    case = filed.ledger.open(flag["flag_id"])
    file = write_packet(filed.store, filed.ledger, case.case_id, tmp_path / "p.zip", masked=True)
    with ZipFile(file) as archive:
        text = " ".join(text_of_pdf(archive.read("02_narrative.pdf")).split())
    assert flag["flag_id"] in text

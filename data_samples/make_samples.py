"""Make the sample files anew: `make samples`. The same program gives the same bytes.

README.md beside this file says what is planted in each of them.
"""

from __future__ import annotations

import csv
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import xlsxwriter
from make_live import write_live

from analytics.synth import synthesize

__all__ = ["main"]

HERE = Path(__file__).parent
KEPT = [
    "shipment_id", "arrival_date", "estimated_arrival_date", "order_date", "consignee_name", "consignee_address",
    "consignee_address2", "consignee_city", "consignee_state", "consignee_postal_code", "consignee_phone",
    "consignee_email", "consignee_tax_id", "consignee_id", "declared_value", "customs_value", "order_id",
    "entry_type", "exemption_claimed", "mode", "carrier_code", "filer_code", "port_of_entry", "conveyance_id",
    "seller_name", "seller_id", "marketplace", "origin_country", "hts_code", "description", "is_gift",
]  # fmt: skip

BROKER = {
    "HAWB": "shipment_id", "Arrival Date": "arrival_date", "Recipient Name": "consignee_name",
    "Ship To Address": "consignee_address", "Address 2": "consignee_address2", "City": "consignee_city",
    "State": "consignee_state", "Zip": "consignee_postal_code", "Phone": "consignee_phone",
    "Recipient Tax ID": "consignee_tax_id", "COO": "origin_country", "HS Code": "hts_code",
    "Description": "description", "Total Value (USD)": "declared_value", "Order No": "order_id",
    "Seller": "seller_name", "Entry Type": "entry_type", "Carrier": "carrier_code", "Mode": "mode",
}  # fmt: skip

_MARTA = {
    "Ship To Address": "88 Larkspur Street", "Address 2": "Apt 4B", "City": "Austin", "State": "TX", "Zip": "78704",
    "Phone": "512-555-0188", "COO": "DE", "HS Code": "6110.20.2079", "Description": "Cotton cardigan",
    "Seller": "Nordhaus Versand", "Entry Type": "86", "Carrier": "FX", "Mode": "Air",
}  # fmt: skip
_FIRM = {
    **_MARTA, "Ship To Address": "410 Quarry Road", "Address 2": "", "City": "Tulsa", "State": "OK", "Zip": "74105",
    "Phone": "(918) 555-0142", "Seller": "Brisa Moda SRL", "COO": "IT",
}  # fmt: skip
PLANTED = [
    # one person, one day, two spellings, two carriers: 820.00
    _MARTA | {"HAWB": "BRK-9001", "Arrival Date": "04/09/2025", "Recipient Name": "Marta Kowalczyk",
              "Total Value (USD)": "$410.00", "Order No": "N5510"},
    _MARTA | {"HAWB": "BRK-9002", "Arrival Date": "04/09/2025", "Recipient Name": "KOWALCZYK, MARTA",
              "Ship To Address": "88 LARKSPUR ST #4B", "Address 2": "", "Phone": "+1 512 555 0188",
              "Total Value (USD)": "$410.00", "Order No": "N5544", "Carrier": "D0"},
    # her neighbour in 4A, same day: another person
    _MARTA | {"HAWB": "BRK-9003", "Arrival Date": "04/09/2025", "Recipient Name": "Owen Castellanos",
              "Address 2": "Apt 4A", "Phone": "512-555-0107", "Total Value (USD)": "$395.50", "Order No": "N5561"},
    # one order in three lots on three days, for two addressees: 1,260.00
    _FIRM | {"HAWB": "BRK-9010", "Arrival Date": "04/02/2025", "Recipient Name": "Quarry Road Boutique LLC",
             "Recipient Tax ID": "07-5550123", "Total Value (USD)": "$420.00", "Order No": "BM774-1"},
    _FIRM | {"HAWB": "BRK-9011", "Arrival Date": "04/07/2025", "Recipient Name": "Quarry Road Boutique, L.L.C.",
             "Recipient Tax ID": "075550123", "Total Value (USD)": "$420.00", "Order No": "BM774-2"},
    _FIRM | {"HAWB": "BRK-9012", "Arrival Date": "04/11/2025", "Recipient Name": "Celia Duarte",
             "Ship To Address": "12 Fern Court", "Phone": "", "Total Value (USD)": "$420.00", "Order No": "BM774-3"},
    # exactly the limit on one day: passes
    _MARTA | {"HAWB": "BRK-9020", "Arrival Date": "04/10/2025", "Recipient Name": "Ines Abelard",
              "Ship To Address": "7 Harbor Lane", "Address 2": "", "Phone": "512-555-0131",
              "Total Value (USD)": "$300.00"},
    _MARTA | {"HAWB": "BRK-9021", "Arrival Date": "04/10/2025", "Recipient Name": "Ines Abelard",
              "Ship To Address": "7 Harbor Lane", "Address 2": "", "Phone": "512-555-0131",
              "Total Value (USD)": "$500.00"},
    # one piece over the limit alone, entered and not exempted: no split
    _MARTA | {"HAWB": "BRK-9030", "Arrival Date": "04/14/2025", "Recipient Name": "Tobias Okonjo",
              "Ship To Address": "201 Vine Street", "Address 2": "", "Phone": "512-555-0150",
              "Total Value (USD)": "$1,234.50", "Entry Type": "11"},
    # the broker's own sum at the foot of the sheet: no shipment
    {"Recipient Name": "TOTAL", "Total Value (USD)": "$4,029.00"},
]  # fmt: skip

SOUND = {
    "shipment_id": "D001", "record_action": "", "arrival_date": "2025-03-18", "declared_at": "",
    "consignee_name": "Ruth Pemberton", "consignee_address": "5 Mill Street", "consignee_city": "Dayton",
    "consignee_state": "OH", "consignee_postal_code": "45402", "declared_value": "40.00", "currency": "USD",
    "mode": "air", "origin_country": "GB", "hts_code": "6110202079", "quantity": "1", "is_gift": "",
    "entry_type": "86", "description": "sound",
}  # fmt: skip
DAMAGED: list[dict[str, str]] = [
    {},
    {"shipment_id": "", "description": "shipment_id_missing"},
    {"shipment_id": "D003", "arrival_date": "", "description": "date_missing"},
    {"shipment_id": "D004", "arrival_date": "soon", "description": "date_unreadable"},
    {"shipment_id": "D005", "arrival_date": "2025-02-30", "description": "date_impossible"},
    {"shipment_id": "D006", "consignee_name": "", "consignee_address": "", "description": "consignee_blank"},
    {"shipment_id": "D007", "consignee_name": "", "description": "consignee_name_missing"},
    {"shipment_id": "D008", "consignee_address": "", "description": "consignee_address_missing"},
    {"shipment_id": "D009", "declared_value": "", "description": "value_missing"},
    {"shipment_id": "D010", "declared_value": "forty", "description": "value_unreadable"},
    {"shipment_id": "D011", "declared_value": "-40.00", "description": "negative_value"},
    {"shipment_id": "D012", "currency": "ZZZ", "description": "currency_unknown"},
    {"shipment_id": "D013", "currency": "", "declared_value": "¥4000", "description": "currency_unclear"},
    {"shipment_id": "D014", "declared_value": "EUR 40.00", "description": "currency_contradicts"},
    {"shipment_id": "D015", "currency": "MNT", "description": "currency_without_rate"},
    {"shipment_id": "D016", "origin_country": "Atlantis", "description": "country_unknown"},
    {"shipment_id": "D017", "mode": "pigeon", "description": "mode_unknown"},
    {"shipment_id": "D018", "is_gift": "perhaps", "description": "boolean_unreadable"},
    {"shipment_id": "D019", "hts_code": "61O2", "description": "hts_unreadable"},
    {"shipment_id": "D020", "quantity": "two", "description": "number_unreadable"},
    {"shipment_id": "D021", "record_action": "maybe", "description": "record_action_unknown"},
    # handed in twice, word for word: counted as a repeat
    {"shipment_id": "D030", "arrival_date": "2025-03-25", "description": "handed in twice"},
    {"shipment_id": "D030", "arrival_date": "2025-03-25", "description": "handed in twice"},
    # amended: the later one counts
    {"shipment_id": "D031", "declared_at": "2025-03-17T08:00:00Z", "declared_value": "700.00",
     "description": "amended"},
    {"shipment_id": "D031", "declared_at": "2025-03-17T16:00:00Z", "declared_value": "70.00",
     "record_action": "replace", "description": "amended"},
    # called off
    {"shipment_id": "D032", "declared_at": "2025-03-17T08:00:00Z", "description": "called off"},
    {"shipment_id": "D032", "declared_at": "2025-03-17T18:00:00Z", "record_action": "cancel"},
    # two versions and nothing says which is later: both are rejected
    {"shipment_id": "D033", "declared_value": "41.00", "description": "which of the two"},
    {"shipment_id": "D033", "arrival_date": "2025-03-19", "declared_value": "42.00", "description": "which of the two"},
    # nobody: together over the limit on one day, and yet no person
    *({"shipment_id": f"D04{number}", "consignee_name": name, "declared_value": "790.00", "description": "nobody"}
      for number, name in enumerate(["TO ORDER", "to order", "N/A", "UNKNOWN", "-"])),
]  # fmt: skip


FILED = {
    "arrival_date": "2025-03-18", "declared_at": "2025-03-17T20:00:00Z", "consignee_name": "Ruth Pemberton",
    "consignee_address": "5 Mill Street", "consignee_city": "Dayton", "consignee_state": "OH",
    "consignee_postal_code": "45402", "declared_value": "40.00", "entry_type": "86", "mode": "air",
    "carrier_code": "FX", "filer_code": "F9A", "seller_id": "S900", "origin_country": "VN", "shipper_country": "VN",
    "export_country": "VN", "hts_code": "6110202079", "description": "Cotton cardigan", "quantity": "1",
    "weight_kg": "0.400",
}  # fmt: skip
COLUMNS = [
    "shipment_id", *FILED, "consignee_address2", "order_id", "product_id", "house_bill", "entry_number", "has_invoice",
    "has_transport_document", "has_proof_of_order", "is_gift",
]  # fmt: skip
_DOCK = {"consignee_address": "400 Wharf Street", "consignee_city": "Newark", "consignee_state": "NJ",
         "consignee_postal_code": "07102"}  # fmt: skip
_STOCK = {**_DOCK, "consignee_name": "Ironbridge Fulfillment Center", "declared_value": "300.00",
          "seller_id": "S901"}  # fmt: skip
_SHOES = {"description": "Running shoes", "hts_code": "6404119050"}
_LAMP = {"seller_id": "S905", "product_id": "L7", "description": "Brass desk lamp", "hts_code": "9405294000",
         "declared_value": "89.00", "weight_kg": "1.900"}  # fmt: skip
_BAG = {"seller_id": "S906", "product_id": "B2", "description": "Nylon backpack", "hts_code": "4202923131",
        "origin_country": "CN", "shipper_country": "CN", "export_country": "CN"}  # fmt: skip
_VIET = {"origin_country": "VN", "shipper_country": "VN", "export_country": "VN"}
_TABLE = {"seller_id": "S908", "order_id": "T5501", "description": "Oak table, part", "declared_value": "600.00",
          "hts_code": "9403608081", "weight_kg": "45.000"}  # fmt: skip


def _days(first: str, count: int, **more: str) -> list[dict[str, str]]:
    """Rows on days after each other, each filed the evening before, each for somebody else."""
    start = date.fromisoformat(first)
    made = []
    for number in range(count):
        day, filed = (start + timedelta(days=number + shift) for shift in (0, -1))
        made.append({
            "arrival_date": str(day), "declared_at": f"{filed}T20:00:00Z", "consignee_name": f"{_NAMES[number]} Brandt",
            "consignee_address": f"{10 + number} Larch Lane", **more,
        })  # fmt: skip
    return made


_NAMES = ("Ada", "Bela", "Cora", "Dita", "Edda", "Fay", "Gro", "Hal", "Ida", "Jon", "Kai", "Lea", "Mia")
FILINGS: dict[str, list[dict[str, str]]] = {
    # filed the day after arrival, and one at half past eleven on the day itself
    "LATE": [{"declared_at": "2025-03-19T15:00:00Z", "filer_code": "XQ1"}] * 3
    + [{"declared_at": "2025-03-19T03:30:00Z", "filer_code": "XQ1"}],
    # one bill under two entry numbers, and one under one
    "TWICE": [{"house_bill": bill, "entry_number": entry} for bill, entry in (
        ("HB7001", "F9A00000017"), ("HB7001", "F9A00000025"), ("HB7002", "F9A00000033"), ("HB7002", "F9A00000033"))],
    "VAGUE": [{"description": text, "seller_id": "S902"} for text in ("parts", "Gift", "ACCESSORIES")],
    "SHOES": [{**_SHOES, "seller_id": f"S91{number % 3}", "consignee_name": f"{_NAMES[number % 13]} Olsen",
               "consignee_address": f"{number + 1} Vine Street"} for number in range(33)],
    # shoes under the number of a kitchen box
    "KITCHEN": [{**_SHOES, "hts_code": "3924102000", "seller_id": "S911"}],
    "WHISKY": [{"description": "Single malt whisky 5 cl", "hts_code": "2208306020"}],
    "FIGURE": [{"consignee_name": "Donald Duck", "consignee_address": "1 Pond Road"},
               {"consignee_name": "Hedda Moe", "consignee_address": "3 Pond Road", "consignee_state": "CA"}],
    # unsold goods for a warehouse: 900.00; and c/o their owners, each a person
    "STOCK": [_STOCK, _STOCK, _STOCK,
              *({**_STOCK, "consignee_name": f"{owner} c/o Ironbridge Fulfillment Center", "arrival_date": "2025-03-20"}
                for owner in ("Bao Outdoor Ltd", "Kai Optics Store", "Lan Textile Co"))],
    "NOMINAL": [{"consignee_name": "Sunmark Freight Forwarding Inc", "consignee_address": "2 Runway Drive"}] * 3,
    # ten names at one address; and ten in the flats of a house
    "HUB": [{**_DOCK, "consignee_address": "77 Depot Avenue", "consignee_name": f"{name} Quist"}
            for name in _NAMES[:10]],
    "FLATS": [{**_DOCK, "consignee_address": "78 Depot Avenue", "consignee_address2": f"Apt {number}",
               "consignee_name": f"{name} Roth"} for number, name in enumerate(_NAMES[:10], start=1)],
    # presents from a shop, 120.00 on two days
    "PRESENT": [{"is_gift": "true", "declared_value": "60.00", "arrival_date": day, "seller_id": "S903",
                 "consignee_name": "Nora Lindqvist", "consignee_address": "9 Ash Court"}
                for day in ("2025-03-18", "2025-03-20")],
    "PAPER": [{"has_invoice": "false", "filer_code": "ZZ9"}, {"has_invoice": "true", "filer_code": "ZZ9"}],
    # a third of the usual price at the usual weight; and a smaller pack
    "LAMP": [*_days("2025-03-10", 10, **_LAMP), *_days("2025-03-20", 1, **{**_LAMP, "declared_value": "29.00"}),
             *_days("2025-03-21", 1, **{**_LAMP, "declared_value": "29.00", "weight_kg": "0.600"})],
    # goods of China until 1 May, of Viet Nam from 2 May on
    "BAG": [*_days("2025-04-12", 11, **_BAG), *_days("2025-05-02", 3, **{**_BAG, **_VIET})],
    # of Viet Nam by their origin, sent from China
    "SENT": [{"arrival_date": "2025-05-06", "declared_at": "2025-05-05T20:00:00Z", "shipper_country": "CN",
              "export_country": "CN", "seller_id": "S907"}],
    # entered until April, claimed from then on
    "SWITCH": [*_days("2025-03-20", 11, seller_id="S904", entry_type="11"), *_days("2025-04-02", 11, seller_id="S904")],
    # one order in two parts that no parcel could hold together
    "TABLE": [_TABLE, {**_TABLE, "arrival_date": "2025-03-19", "declared_at": "2025-03-18T20:00:00Z"}],
}  # fmt: skip


def main() -> None:
    """Write every sample file beside this program."""
    with tempfile.TemporaryDirectory() as scratch:
        made = synthesize(Path(scratch), shipments=3_600, seed=321, patterns=False).out
        _write_canonical(made)
        _write_truth(made)
    _write_broker()
    _write_damaged()
    _write_filings()
    write_live(HERE / "_live", HERE / "_truth" / "live")


def _write_canonical(made: Path) -> None:
    shipments = pl.read_csv(made / "shipments.csv", infer_schema=False)
    shipments.select(KEPT).write_csv(HERE / "shipments.csv")


def _write_truth(made: Path) -> None:
    """Keep the truth in a folder whose name begins with an underscore: a screening of the samples leaves it out."""
    folder = HERE / "_truth"
    folder.mkdir(exist_ok=True)
    for name in ("truth_identities.csv", "truth_flags.csv"):
        (folder / name).write_bytes((made / name).read_bytes())


def _write_broker() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        start = date(2025, 4, 1)
        made = synthesize(Path(scratch), shipments=1_000, weeks=2, seed=7501, start=start, patterns=False).out
        honest = pl.read_csv(made / "shipments.csv", infer_schema=False).join(
            pl.read_csv(made / "truth_flags.csv", infer_schema=False), on="shipment_id", how="anti"
        )
    rows = honest.filter(pl.col("entry_type").is_not_null(), pl.col("is_gift").is_null()).head(140)
    sheet_rows = [_as_broker(row) for row in rows.iter_rows(named=True)] + PLANTED
    with xlsxwriter.Workbook(HERE / "broker_april.xlsx", {"strings_to_numbers": False}) as workbook:
        workbook.set_properties({"title": "Broker's list", "created": datetime(2025, 4, 15, tzinfo=UTC)})
        sheet = workbook.add_worksheet("Manifest")
        for line, cells in enumerate([list(BROKER), *([row.get(name, "") for name in BROKER] for row in sheet_rows)]):
            sheet.write_row(line, 0, cells)
        workbook.add_worksheet("Notes").write(0, 0, "Values are retail prices. Dates are month/day/year.")


def _as_broker(row: dict[str, str | None]) -> dict[str, str]:
    cells = {heading: row[column] or "" for heading, column in BROKER.items()}
    cells["Arrival Date"] = date.fromisoformat(cells["Arrival Date"]).strftime("%m/%d/%Y")
    cells["HAWB"] = f"B{cells['HAWB']}"  # numbers of its own: those of shipments.csv are counted up in the same way
    whole, cents = cells["Total Value (USD)"].split(".")
    cells["Total Value (USD)"] = f"${int(whole):,}.{cents}"
    if row["exemption_claimed"] == "false" and cells["Entry Type"] == "mail":
        cells["Entry Type"] = "11"
    return cells | {"Mode": cells["Mode"].title()}


def _write_damaged() -> None:
    with (HERE / "damaged.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(SOUND), lineterminator="\n")
        writer.writeheader()
        writer.writerows(SOUND | row for row in DAMAGED)
        file.write(f"D050{',' * len(SOUND)}one cell too many\n")  # a ragged row


def _write_filings() -> None:
    """One row or some for each kind of indicator beside the splits, in a folder that a screening of all leaves out."""
    (HERE / "_patterns").mkdir(exist_ok=True)
    with (HERE / "_patterns" / "filings.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for name, rows in FILINGS.items():
            for number, row in enumerate(rows, start=1):
                own = {"consignee_address": f"{number} {name.title()} Street"} if len(rows) > 1 else {}
                writer.writerow({"shipment_id": f"{name}-{number}", **FILED, **own, **row})


if __name__ == "__main__":
    main()

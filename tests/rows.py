"""The standard shipment of the tests, and files of shipments that change it."""

import csv

__all__ = ["PEOPLE", "ROW", "write_rows"]

ROW = {
    "shipment_id": "S1",
    "arrival_date": "2025-03-14",
    "consignee_name": "Maria Lopez",
    "consignee_address": "12 Elm St Apt 4B",
    "consignee_city": "Springfield",
    "consignee_state": "IL",
    "consignee_postal_code": "62704",
    "consignee_phone": "217-555-0142",
    "declared_value": "450.00",
    "entry_type": "86",
    "mode": "air",
    "origin_country": "DE",
    "carrier_code": "UPS",
    "seller_id": "SELLER1",
    "order_id": "",
}

PEOPLE = {
    name: {
        "consignee_name": name,
        "consignee_address": f"{7 * number} Oak St",
        "consignee_phone": f"217-555-02{number}",
    }
    for number, name in enumerate(("Ann Ash", "Bo Beech", "Cy Cedar", "Di Dogwood"), start=10)
}
"""Four strangers, by name."""


def write_rows(file, changes, **for_all):
    """Write a file of shipments, numbered from S1: each change is laid over the standard row."""
    rows = [{**ROW, "shipment_id": f"S{number}", **for_all, **change} for number, change in enumerate(changes, start=1)]
    headings = list(dict.fromkeys([*ROW, *(column for row in rows for column in row)]))
    with file.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, headings)
        writer.writeheader()
        writer.writerows(rows)
    return file

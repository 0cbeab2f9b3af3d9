"""The columns a shipment file may have, by the kind of value in them."""

from __future__ import annotations

__all__ = ["BOOLEANS", "CODES", "COLUMNS", "COUNTRIES", "INTEGERS", "MONEY", "NUMBERS", "TAX_IDS", "TIMES"]

TIMES = ("arrival_date", "estimated_arrival_date", "order_date", "declared_at", "released_at")
MONEY = ("declared_value", "customs_value")
NUMBERS = (*MONEY, "quantity", "weight_kg")
INTEGERS = ("line_no", "sequence_no")
BOOLEANS = (
    "exemption_claimed",
    "has_invoice",
    "has_transport_document",
    "has_proof_of_order",
    "is_gift",
)
COUNTRIES = ("consignee_country", "shipper_country", "origin_country", "export_country")
CODES = ("record_action", "mode", "entry_type", "currency", "hts_code")
TAX_IDS = ("consignee_tax_id", "importer_id")
_TEXTS = (
    "shipment_id",
    "consignee_name",
    "consignee_address",
    "consignee_address2",
    "consignee_city",
    "consignee_state",
    "consignee_postal_code",
    "consignee_phone",
    "consignee_email",
    "consignee_id",
    "consignee_id_issuer",
    "order_id",
    "order_issuer",
    "carrier_code",
    "filer_code",
    "port_of_entry",
    "house_bill",
    "master_bill",
    "entry_number",
    "conveyance_id",
    "seller_name",
    "seller_id",
    "marketplace",
    "shipper_name",
    "shipper_address",
    "buyer_name",
    "importer_name",
    "description",
    "product_id",
)

COLUMNS = (
    *_TEXTS,
    *TIMES,
    *NUMBERS,
    *INTEGERS,
    *BOOLEANS,
    *COUNTRIES,
    *CODES,
    *TAX_IDS,
)
"""Every column of the input. Content hashes in stores depend on this order: a new column goes to the end."""

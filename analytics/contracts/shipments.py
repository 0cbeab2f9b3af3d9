"""The shipments: as handed in, as landed, as published."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import code, count, day, flag, instant, json_text, kilograms, money, optional, text
from analytics.contracts.fields import consignee_columns

__all__ = ["LandedLines", "RejectedRows", "ShipmentVersions", "Shipments", "UnreadCells"]


class LandedLines(dy.Schema):
    """One row per accepted line of a shipment, in every version that was handed in.

    Remembered, never rebuilt: everything published is derived from here. The tax ids have been replaced by keyed hashes
    before a row comes here.
    """

    landed_id = text("Keyed hash of the row's place: input file, row", primary_key=True)
    shipment_id = text("House bill, tracking number or mail item number, as written")
    line_no = dy.Int64(
        description="Line of the shipment, as numbered by the source; null: its rows stand as a whole",
        nullable=True,
        min=0,
    )
    has_own_key = flag(
        "False where the number was made from file and row: such rows are never collapsed", nullable=False
    )
    content_hash = text(
        "Hash of the row's content as written, tax ids replaced first; equal content under one key is a repeat"
    )
    record_action = text("add, replace or cancel", regex="^(add|replace|cancel)$")
    input_no = dy.Int64(description="Running number of the input file over the life of the store", min=0)
    source_file = text("The file as it was named in the call")
    source_line = dy.Int64(description="Line in that file, from 1; row number for Parquet, sheet row for XLSX", min=0)
    arrival_date = day(
        "Day the goods arrived, America/New_York, or the nearest date that is known; null for a cancel row"
    )
    date_basis = optional("arrival, estimated_arrival or release: which date arrival_date is")
    arrival_at = instant("Instant of arrival where a time was given")
    estimated_arrival_date = day("Estimated day of arrival")
    order_date = day("Day of the order")
    released_date = day("America/New_York day of released_at")
    declared_at = instant("When the data were filed")
    released_at = instant("When the goods were released")
    sequence_no = dy.Int64(nullable=True, description="Manifest order within the conveyance")
    locals().update(consignee_columns(landed=True))
    declared_value = money("Fair retail value in the country of shipment, in `currency`")
    currency = optional("ISO 4217")
    customs_value = money("Transaction value, the base of duty, in `currency`; null where not given")
    order_id = optional("Order or contract number")
    order_issuer = optional("Whose number it is: seller_id, else marketplace, else the seller's name, else a constant")
    entry_type = optional("86, 321, 01, 11, 13, mail …")
    exemption_claimed_declared = flag("The claim as handed in; null where the column is absent or empty")
    mode = optional("air, truck, rail, ocean or mail")
    carrier_code = optional("SCAC or IATA")
    filer_code = optional("ABI filer")
    port_of_entry = optional("Schedule D")
    house_bill = optional("House bill")
    master_bill = optional("Master bill")
    entry_number = optional("Entry number")
    conveyance_id = optional("Flight, voyage or trip")
    seller_name = optional("Who sold the goods")
    seller_id = optional("The seller's account")
    marketplace = optional("Where they were sold")
    shipper_name = optional("Who sent them")
    shipper_address = optional("From where")
    shipper_country = optional("ISO 3166 alpha-2")
    buyer_name = optional("Owner or purchaser, where not the consignee")
    importer_name = optional("Importer of record, where not the consignee")
    importer_id_hash = optional("Keyed hash of the importer's number, which is a tax id")
    importer_id_last2 = optional("Its last two characters")
    importer_country = optional("Country of the importer of record, ISO 3166 alpha-2")
    origin_country = code("ISO 3166 alpha-2")
    export_country = code("ISO 3166 alpha-2")
    hts_code = optional("Digits only, 4 to 10 of them")
    description = optional("As written")
    product_id = optional("The seller's product number")
    quantity = dy.Decimal(18, 4, nullable=True, description="Pieces")
    weight_kg = kilograms("Weight")
    has_invoice = flag("Paper held; null means not known")
    has_transport_document = flag("Paper held; null means not known")
    has_proof_of_order = flag("Paper held; null means not known")
    is_gift = flag("Declared a gift")


class RejectedRows(dy.Schema):
    """One row per line of input that broke the contract, with the reasons and what was written there."""

    source_file = text("The file as it was named in the call")
    source_line = dy.Int64(description="Line in that file, from 1", min=0)
    reasons = json_text("JSON list of {column, reason, message}; the message names no person")
    raw = json_text("JSON object of the cells as written; tax ids replaced")
    shipment_id = optional("As written, where it could be read")
    content_hash = text("As in landed_lines")
    input_no = dy.Int64(description="As in landed_lines", min=0)


class UnreadCells(dy.Schema):
    """One row per optional cell of an accepted row that could not be read: the row stays, the cell is null.

    Only the key, the day, the consignee, and the value with its currency can reject a row.
    """

    source_file = text("The file as it was named in the call")
    source_line = dy.Int64(description="Line in that file, from 1", min=0)
    column = text("Column of the input contract")
    reason = text("Reason code, as in rejected")
    message = text("What is wrong and what to do; it names no person")
    raw = optional("The cell as written; a tax id is replaced")
    input_no = dy.Int64(description="As in landed_lines", min=0)


class Shipments(dy.Schema):
    """One row per current accepted shipment, rolled up from its lines, under the rule of its own day."""

    shipment_uid = text(
        "shipment_id, with ~ and the arrival day where a number was used again after a year", primary_key=True
    )
    shipment_id = text("House bill, tracking number or mail item number, as written")
    arrival_date = dy.Date(
        description="Day the goods arrived, or what date_basis says; America/New_York, or the regime's own clock"
    )
    date_basis = text("arrival, estimated_arrival, release, entry or order: which date arrival_date is")
    value_usd = dy.Decimal(18, 2, description="declared_value in USD at the rate of the day")
    customs_value_usd = dy.Decimal(18, 2, description="customs_value in USD; declared_value where not given")
    is_customs_value_proxy = dy.Bool(description="customs_value was not given")
    exemption_claimed = flag(
        "Claimed, by declaration, by entry type, or assumed; null where nothing was claimed or offered"
    )
    exemption_basis = text("declared, entry_type or assumed")
    identity_id = optional("Who it was for; null where the consignee is blank or a placeholder")
    alias_id = optional("The consignee as written")
    party_class = optional("person, firm, unknown (the name may be either's), placeholder or account")
    line_count = count("Lines rolled up")
    source_file = text("File of the first line")
    source_line = dy.Int64(description="Line of the first line")
    estimated_arrival_date = day("Estimated day of arrival")
    order_date = day("Day of the order")
    released_date = day("Day of release")
    declared_at = instant("When the data were filed")
    released_at = instant("When the goods were released")
    arrival_at = instant("Instant of arrival where known")
    sequence_no = dy.Int64(nullable=True, description="Manifest order")
    locals().update(consignee_columns())
    declared_value = money("Sum of the lines, in `currency`")
    currency = optional("ISO 4217")
    customs_value = money("Sum of the lines, in `currency`")
    order_id = optional("As written")
    order_issuer = optional("Whose number it is")
    entry_type = optional("86, 321, 01, 11, 13, mail …")
    mode = optional("air, truck, rail, ocean or mail")
    carrier_code = optional("SCAC or IATA")
    filer_code = optional("ABI filer")
    port_of_entry = optional("Schedule D")
    house_bill = optional("House bill")
    master_bill = optional("Master bill")
    entry_number = optional("Entry number")
    conveyance_id = optional("Flight, voyage or trip")
    seller_name = optional("Who sold the goods")
    seller_id = optional("The seller's account")
    marketplace = optional("Where they were sold")
    shipper_name = optional("Who sent them")
    shipper_address = optional("From where")
    shipper_country = optional("ISO 3166 alpha-2")
    buyer_name = optional("Owner or purchaser")
    importer_name = optional("Importer of record")
    importer_id_hash = optional("Keyed hash")
    importer_id_last2 = optional("Last two characters")
    importer_country = optional("ISO 3166 alpha-2")
    origin_country = optional("ISO 3166 alpha-2")
    export_country = optional("ISO 3166 alpha-2")
    hts_code = optional("Of the first line; lines may differ")
    description = optional("Of the first line")
    product_id = optional("Of the first line")
    quantity = dy.Decimal(18, 4, nullable=True, description="Sum of the lines")
    weight_kg = kilograms("Sum of the lines")
    has_invoice = flag("Paper held")
    has_transport_document = flag("Paper held")
    has_proof_of_order = flag("Paper held")
    is_gift = flag("Declared a gift")
    person_role = text("consignee, or buyer or importer where the owner named is the person")
    is_near_midnight = flag("Arrived within a few hours of midnight; null where no time of day is known")
    value_basis = text("Which value was compared: retail, transaction, or proxy where the declared value stood in")


class ShipmentVersions(dy.Schema):
    """One row per line of a shipment that a later version replaced or cancelled."""

    shipment_id = text("As written")
    line_no = dy.Int64(description="Line")
    source_file = text("Where the earlier version was read")
    source_line = dy.Int64(description="Its line there")
    replaced_by_file = text("Where the later version was read")
    replaced_by_line = dy.Int64(description="Its line there")
    replaced_by_action = text("add, replace or cancel")
    replaced_in_run = optional("run_id of the run that read the later version")
    arrival_date = day("Of the earlier version")
    declared_value = money("Of the earlier version")
    currency = optional("Of the earlier version")
    declared_at = instant("Of the earlier version")
    order_id = optional("Of the earlier version")
    consignee_id = optional("Of the earlier version")

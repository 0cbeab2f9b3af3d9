"""What a shipment file may say: each field once, with its kind and all that other rooms ask about it.

Lists of fields elsewhere are questions to this table: which are times, which are masked, by which two aliases are
compared, on which the lines of one shipment must agree. A new field is a row here, its headings in
``ingest/data/headings.csv`` and, where it is published, its line in the models of `sql/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import dataframely as dy

from analytics.contracts.columns import json_text, optional

__all__ = [
    "CONSIGNEE",
    "FIELDS",
    "Field",
    "compared_by",
    "consignee_columns",
    "masked_columns",
    "names_of",
    "of_kind",
    "shown_of_consignee",
]

Kind = Literal["text", "time", "money", "number", "integer", "boolean", "country", "code", "tax_id"]


@dataclass(frozen=True)
class Field:
    """One field of the input.

    Attributes
    ----------
    name : str
        Its column.
    kind : str
        What kind of value is in it.
    text : str
        ``free`` where a shipper may write anything, ``number`` where a number of another kind may fit by chance.
    may_be_ssn : bool
        What has the form of a Social Security number in it is hashed.
    names_one : bool
        Its numbers name something and count nothing: no quote, equals sign or decimal belongs to them.
    mask : str
        ``column`` where it is hidden from who may not see persons; ``text`` and ``phone`` where what it holds is hidden
        in sentences too.
    compared_as : str
        Of a consignee: under which word two aliases are held against each other by it.
    agreed : str
        Of a consignee: whether the lines of one shipment must agree on it, ``written`` or ``lower`` case.
    landed, published : str
        What the tables say of it.
    """

    name: str
    kind: Kind = "text"
    text: Literal["", "free", "number"] = ""
    may_be_ssn: bool = False
    names_one: bool = False
    mask: Literal["", "column", "text", "phone"] = ""
    compared_as: str = ""
    agreed: Literal["", "written", "lower"] = ""
    landed: str = ""
    published: str = "As written"


_ISO = "ISO 3166 alpha-2"
_ZIP = "As written; a ZIP code gets back a leading zero that a spreadsheet took"
_ISSUER = "Who gave that number: marketplace, else seller_id, else a constant of the mapping"

FIELDS = (
    Field("shipment_id", names_one=True),
    Field("consignee_name", text="free", compared_as="name", agreed="lower"),
    Field("consignee_address", text="free", mask="text", compared_as="address", agreed="lower"),
    Field("consignee_address2", text="free", mask="text", compared_as="address", agreed="lower"),
    Field("consignee_city", text="free", mask="column", compared_as="city", agreed="lower"),
    Field("consignee_state", text="free", compared_as="city", agreed="lower"),
    Field(
        "consignee_postal_code", text="number", may_be_ssn=True, names_one=True, mask="column", compared_as="city",
        agreed="lower", landed=_ZIP,
    ),
    Field(
        "consignee_phone", text="number", may_be_ssn=True, names_one=True, mask="phone", compared_as="phone",
        agreed="written",
    ),
    Field("consignee_email", text="number", may_be_ssn=True, mask="text", compared_as="email", agreed="lower"),
    Field(
        "consignee_id", text="number", may_be_ssn=True, names_one=True, mask="text", compared_as="account",
        agreed="written", landed="Account or customer number", published="Account number",
    ),
    Field("consignee_id_issuer", text="free", landed=_ISSUER, published="Whose account number"),
    Field("order_id", text="number", names_one=True),
    Field("order_issuer", text="free"),
    Field("carrier_code", text="number", may_be_ssn=True),
    Field("filer_code", text="number", may_be_ssn=True),
    Field("port_of_entry", text="number", may_be_ssn=True),
    Field("house_bill", text="number", names_one=True),
    Field("master_bill", text="number", names_one=True),
    Field("entry_number", text="number", names_one=True),
    Field("conveyance_id", text="number"),
    Field("seller_name", text="free"),
    Field("seller_id", text="number", may_be_ssn=True, names_one=True),
    Field("marketplace", text="free"),
    Field("shipper_name", text="free"),
    Field("shipper_address", text="free", mask="text"),
    Field("buyer_name", text="free"),
    Field("importer_name", text="free"),
    Field("description", text="free"),
    Field("product_id", text="number", names_one=True),
    Field("arrival_date", "time"),
    Field("estimated_arrival_date", "time"),
    Field("order_date", "time"),
    Field("declared_at", "time"),
    Field("released_at", "time"),
    Field("declared_value", "money"),
    Field("customs_value", "money"),
    Field("quantity", "number"),
    Field("weight_kg", "number"),
    Field("line_no", "integer"),
    Field("sequence_no", "integer"),
    Field("exemption_claimed", "boolean"),
    Field("has_invoice", "boolean"),
    Field("has_transport_document", "boolean"),
    Field("has_proof_of_order", "boolean"),
    Field("is_gift", "boolean"),
    Field(
        "consignee_country", "country", compared_as="country", agreed="written", landed=f"{_ISO}; US where not given",
        published=_ISO,
    ),
    Field("shipper_country", "country"),
    Field("origin_country", "country"),
    Field("export_country", "country"),
    Field("record_action", "code"),
    Field("mode", "code"),
    Field("entry_type", "code", may_be_ssn=True),
    Field("currency", "code"),
    Field("hts_code", "code", text="number", may_be_ssn=True),
    Field(
        "consignee_tax_id", "tax_id", names_one=True, mask="column", agreed="written",
        landed="Keyed hash of the normalised tax id", published="Keyed hash",
    ),
    Field("importer_id", "tax_id", names_one=True, mask="column"),
    Field("importer_country", "country"),
)  # fmt: skip
"""Every field of the input. Content hashes in stores depend on this order: a new field goes to the end."""

_BY_NAME = {field.name: field for field in FIELDS}
CONSIGNEE = tuple(
    _BY_NAME[f"consignee_{name}"]
    for name in (
        "name", "address", "address2", "city", "state", "postal_code", "country", "phone", "email", "tax_id", "id",
        "id_issuer",
    )
)  # fmt: skip
"""What a consignee is written with, in the order of the tables."""


def names_of(**asked: object) -> tuple[str, ...]:
    """Return the names of the fields whose attributes are as asked.

    Parameters
    ----------
    asked : dict
        Attribute of `Field` and its value.

    Returns
    -------
    tuple of str
        In the order of `FIELDS`.
    """
    return tuple(field.name for field in FIELDS if all(getattr(field, key) == value for key, value in asked.items()))


def of_kind(*kinds: Kind) -> tuple[str, ...]:
    """Return the names of the fields of some kinds.

    Parameters
    ----------
    kinds : str
        As `Field` has them.
    """
    return tuple(field.name for field in FIELDS if field.kind in kinds)


def compared_by(*words: str) -> tuple[str, ...]:
    """Return the columns by which two aliases are held against each other.

    Parameters
    ----------
    words : str
        Under which words; without any, all of them.
    """
    return tuple(field.name for field in CONSIGNEE if field.compared_as and (not words or field.compared_as in words))


def shown_of_consignee() -> tuple[str, ...]:
    """Return what is shown of a consignee beside a shipment: all that is written of him but tax id and issuer."""
    return compared_by()


def masked_columns(*ways: str) -> tuple[str, ...]:
    """Return the published columns that are hidden from who may not see persons.

    Parameters
    ----------
    ways : str
        Only those masked so; without any, all of them. Of a tax id, its last two characters are published.
    """
    hidden = (field for field in FIELDS if field.mask and (not ways or field.mask in ways))
    return tuple(f"{field.name}_last2" if field.kind == "tax_id" else field.name for field in hidden)


def consignee_columns(*, landed: bool = False) -> dict[str, dy.String]:
    """Return the columns of a table that hold a consignee as written, in their order.

    Parameters
    ----------
    landed : bool, default=False
        Described as for the landed lines.
    """
    found: dict[str, dy.String] = {}
    for field in CONSIGNEE:
        said = (field.landed or field.published) if landed else field.published
        if field.kind != "tax_id":
            found[field.name] = optional(said)
            continue
        variants = "JSON list of the keyed hashes of its one-deletion variants, sorted"
        found[f"{field.name}_hash"] = optional(said)
        found[f"{field.name}_deletions"] = json_text(variants if landed else "JSON list of keyed hashes", nullable=True)
        found[f"{field.name}_last2"] = optional("Its last two characters" if landed else "Last two characters")
    return found

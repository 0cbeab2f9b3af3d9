"""Which columns a typology needs, spelled out from how the registry writes them: ``order_id|conveyance_id``."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.typologies import TypologyFields
from analytics.errors import RulesError
from analytics.rulebook.files import LINE

__all__ = ["CIRCUMSTANCES", "FIELDS", "check_fields", "expand_fields", "for_every_regime"]

_ANY = "any"

FIELDS = (
    "carrier_code", "consignee", "consignee_address", "consignee_name", "conveyance_id", "declared_at",
    "description", "entry_number", "entry_type", "exemption_claimed", "export_country", "filer_code",
    "has_invoice", "has_proof_of_order", "has_transport_document", "house_bill", "hts_code", "importer_country",
    "importer_id_hash", "importer_name", "is_gift", "order_id", "origin_country", "product_id", "quantity",
    "seller_id", "seller_name", "shipper_country", "shipper_name", "weight_kg",
)  # fmt: skip
"""What a typology may ask for: columns of the shipments, and ``consignee``, a consignee that is somebody."""


CIRCUMSTANCES = {
    "claim": "exemption claim",
    "exempt_claim": "claim of an exemption that was on offer",
    "entry": "dutiable entry",
    "informal_entry": "informal entry",
    "mail_sender": "informal mail with its sender",
    "deadline": "entry type with a deadline",
}
"""What a shipment must be for a typology to have something to judge, and how that is said."""


def for_every_regime(typologies: pl.DataFrame, limits: pl.DataFrame) -> pl.DataFrame:
    """Give each regime without rows of its own those of regime ``any``: a regime is added by its limits alone.

    Parameters
    ----------
    typologies : polars.DataFrame
        ``ref_typologies`` as written.
    limits : polars.DataFrame
        ``ref_limits``: which regimes there are.

    Returns
    -------
    polars.DataFrame
        The same columns, no row of regime ``any``.
    """
    is_common = pl.col("regime") == _ANY
    own = typologies.filter(~is_common)
    lacking = limits.select("regime").unique().join(own, on="regime", how="anti").sort("regime")
    common = typologies.filter(is_common).drop("regime")
    return pl.concat([own, lacking.join(common, how="cross").select(own.columns)])


def check_fields(path: Path, typologies: pl.DataFrame) -> None:
    """Raise where a typology asks for a field that there is not.

    Parameters
    ----------
    path : Path
        The file, for the message.
    typologies : polars.DataFrame
        Its rows of ``ref_typologies`` with their lines.

    Raises
    ------
    RulesError
        A field is none that can be asked for.
    """
    for needs, line in typologies.select("fields", LINE).iter_rows():
        for field in needs.replace("|", "&").split("&"):
            if field not in FIELDS and field not in CIRCUMSTANCES:
                raise RulesError(
                    f"{path} line {line}: fields names {field!r}, which cannot be asked for. "
                    f"Name some of: {', '.join((*FIELDS, *CIRCUMSTANCES))}."
                )


def expand_fields(typologies: pl.DataFrame) -> pl.DataFrame:
    """Spell out which columns each typology needs: of each clause, one.

    Parameters
    ----------
    typologies : polars.DataFrame
        ``ref_typologies``; of several stretches the last one counts.

    Returns
    -------
    polars.DataFrame
        ``ref_typology_fields``.
    """
    last = typologies.sort("valid_from").unique(["regime", "typology"], keep="last", maintain_order=True)
    rows = []
    for regime, typology, needs in last.select("regime", "typology", "fields").iter_rows():
        place = 0
        for number, clause in enumerate(needs.split("&"), start=1):
            for field in clause.split("|"):
                place += 1
                said = CIRCUMSTANCES.get(field)
                rows.append((regime, typology, number, place, field, said is not None, said or field))
    return pl.DataFrame(rows, schema=empty_frame(TypologyFields).schema, orient="row")

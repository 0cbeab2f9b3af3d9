"""Words that several sections share: what made a flag visible, where it stands, how a shipment came."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from analytics.reports.wording import listed

__all__ = ["facts", "file_name", "stands", "way"]

_FACTS = {
    "aliases": "Spellings",
    "would_exact_name_show_it": "Shown by exact match",
    "ways_written": "Names and addresses",
    "mail_mixed": "Mail beside other modes",
    "oversize_count": "Set aside, over the limit alone",
    "order_identities": "Consignees of the order",
}
_EITHER_WAY = {"would_exact_name_show_it", "origin_known"}


def stands(flag: Mapping[str, Any]) -> str:
    """Say up to which identity threshold a flag stands."""
    survives = flag["survives_to_threshold"]
    if survives is None:
        return "not tested at other thresholds"
    if survives == 1:
        return "at any threshold: it rests on no doubtful link"
    return f"up to a threshold of {survives:g}"


def facts(attributes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what made a flag visible as label and value; what says nothing, such as one carrier, is left out."""
    told = {key: value for key, value in attributes.items() if _is_telling(key, value)}
    return [(_FACTS.get(key, key.replace("_", " ").capitalize()), _fact(value)) for key, value in told.items()]


def _is_telling(key: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value or key in _EITHER_WAY
    if isinstance(value, int):
        return value > (0 if key == "oversize_count" else 1)
    return bool(value)


def _fact(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return listed(str(item) for item in value) if isinstance(value, list) else str(value).replace("_", " ")


def way(piece: Mapping[str, Any]) -> str:
    """Return carrier, port, mode and origin of a shipment, as far as they are known."""
    known = (piece[name] for name in ("carrier_code", "port_of_entry", "mode", "origin_country"))
    return " \u00b7 ".join(str(value) for value in known if value)


def file_name(path: str) -> str:
    """Return the last part of a path: folders of whoever ran it are nobody's business."""
    return PurePosixPath(path.replace("\\", "/")).name

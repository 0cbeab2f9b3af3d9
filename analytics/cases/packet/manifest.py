"""The manifest of a packet: what is in it, and what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from analytics.cases.packet.context import Context
from analytics.errors import UnreadableFile
from analytics.store import Store
from analytics.typesetting.setting import versions

__all__ = ["FORMAT", "MANIFEST", "manifest", "read_manifest", "tables_digest"]

FORMAT = 1
MANIFEST = "manifest.json"
_NEEDED = ("case_id", "edition", "run_id", "tables_sha256", "head", "versions", "files")


def manifest(store: Store, context: Context, files: Mapping[str, bytes]) -> bytes:
    """Return the manifest of some files.

    Parameters
    ----------
    store : Store
        What they were made from.
    context : Context
        The case.
    files : mapping of str to bytes
        Every other file of the packet.
    """
    found = context.dossier
    last = found.events.sort("version").row(-1, named=True)
    told = {
        "format": FORMAT,
        "case_id": found.case.case_id,
        "edition": context.edition,
        "store_id": context.store_id,
        "run_id": context.run["run_id"],
        "rules_sha256": context.run["rules_sha256"],
        "tables_sha256": tables_digest(store),
        "head": {"seq": last["seq"], "version": last["version"], "hash": last["hash"]},
        "versions": {"splitship": context.run["program_version"], **versions()},
        "files": {name: _measured(content) for name, content in files.items()},
        "documents": found.documents.select("document_id", "bytes", "media_type").sort("document_id").to_dicts(),
        "documents_left_out": found.is_masked and found.documents.height > 0,
    }
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def tables_digest(store: Store) -> str:
    """Return a digest of every published table of a store: what the figures of a packet come from."""
    folder = f"{store.state.tables}/"
    lines = (
        f"{name.removeprefix(folder)} {stored.sha256}"
        for name, stored in sorted(store.state.contents.items())
        if name.startswith(folder) and not name.endswith("/runs.parquet")
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def read_manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the manifest among the files of a packet; raises `UnreadableFile` where it is missing or broken."""
    try:
        told = json.loads(files[MANIFEST])
        if told["format"] != FORMAT or not set(_NEEDED) <= set(told):
            raise UnreadableFile("the packet was written by a later splitship. Update splitship to verify it.")
        return dict(told)
    except (KeyError, ValueError, TypeError) as error:
        raise UnreadableFile(
            f"{MANIFEST} of the packet is missing or broken ({type(error).__name__}). Name a packet as it was written."
        ) from error


def _measured(content: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}

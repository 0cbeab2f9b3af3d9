"""Documents of a case: their bytes, kept once under their digest in the database of the ledger."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import Connection, select

from analytics.cases.journal import Journal
from analytics.cases.tables import DOCUMENTS
from analytics.errors import LedgerError, UsageError
from analytics.showing import one_line

__all__ = ["MOST_BYTES", "content", "digest_of", "keep", "read"]

MOST_BYTES = 25 * 1024 * 1024
"""A larger document is refused: it would make every backup of the ledger as much larger."""
_UNKNOWN_TYPE = "application/octet-stream"
_MOST_NAME = 200


def keep(journal: Journal, name: str, data: bytes) -> dict[str, Any]:
    """Keep a document and return what its event says of it; raises `UsageError` where it is empty or too large."""
    shown = one_line(PurePath(name.replace("\\", "/")).name, _MOST_NAME)
    if not data:
        raise UsageError("the document is empty. Attach a file with something in it.")
    _require_size(len(data))
    digest = digest_of(data)
    known = journal.connection.execute(select(DOCUMENTS.c.sha256).where(DOCUMENTS.c.sha256 == digest)).scalar()
    if known is None:
        journal.connection.execute(DOCUMENTS.insert(), {"sha256": digest, "content": data})
    return {
        "document_id": digest,
        "name": shown or "document",
        "media_type": mimetypes.guess_type(shown)[0] or _UNKNOWN_TYPE,
        "bytes": len(data),
    }


def read(file: Path) -> tuple[str, bytes]:
    """Return name and bytes of a file; raises `UsageError` where it cannot be read, or before it is where too large."""
    try:
        _require_size(file.stat().st_size)
        return file.name, file.read_bytes()
    except OSError as error:
        raise UsageError(f"the document cannot be read ({error.strerror}). Name a file that you may read.") from error


def _require_size(size: int) -> None:
    if size > MOST_BYTES:
        raise UsageError(
            f"the document has {size:,} bytes; at most {MOST_BYTES:,} are kept. Attach an extract, and name in a "
            "note where the whole lies."
        )


def content(connection: Connection, document_id: str) -> bytes:
    """Return the bytes of a document; raises `UsageError` where there is none, `LedgerError` where it was altered."""
    data = connection.execute(select(DOCUMENTS.c.content).where(DOCUMENTS.c.sha256 == document_id)).scalar()
    if data is None:
        raise UsageError(f"there is no document {document_id[:16]!r}. splitship cases show ID lists those of a case.")
    if digest_of(data) != document_id:
        raise LedgerError(f"document {document_id[:16]} is not as it was attached. Restore the ledger from a backup.")
    return bytes(data)


def digest_of(data: bytes | str) -> str:
    """Return the SHA-256 of what a database gives back: bytes, or text where somebody wrote that in their place."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()

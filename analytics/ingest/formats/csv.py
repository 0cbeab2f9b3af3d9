"""Delimited text: what is nothing else is read as it."""

from __future__ import annotations

from pathlib import Path

from analytics.ingest.decode.encodings import detect_encoding
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.delimited import open_csv
from analytics.ingest.readers.format import ZIP, Format
from analytics.ingest.tables import RawTable

__all__ = ["FORMAT"]


def _open(path: Path, settings: SourceSettings) -> RawTable:
    return open_csv(path, settings.encoding or detect_encoding(path), settings)


FORMAT = Format("csv", 90, (".csv", ".tsv", ".psv", ".txt"), lambda head: not head.raw.startswith(ZIP), table=_open)

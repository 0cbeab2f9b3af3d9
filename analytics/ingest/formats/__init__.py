"""Formats of files: one reader a module, one row of the registry each (`analytics.ingest.formats.registry`)."""

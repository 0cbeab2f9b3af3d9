"""Versions of the ledger's tables, applied by Alembic when a ledger is opened."""

"""Comparison keys of names, addresses and contacts, beside what was written and never over it."""

"""Rows side by side: accepted, rejected or repeated, and what clashes with the store.

Takes typed rows; gives landed and rejected rows as files.
"""

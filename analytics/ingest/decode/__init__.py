"""Bytes become text: compression, encoding, quotes, rows of delimited text.

Takes an opened file; gives UTF-8 and records of cells.
"""

"""Tax ids are found and hashed before any row reaches a disk.

Takes rows of text; gives a `Spool` of rows in which none is left.
"""

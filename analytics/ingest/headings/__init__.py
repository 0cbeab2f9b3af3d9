"""Which row holds the headings, and which heading is which column.

Takes the first rows and settings; gives a `ColumnPlan` and what is left to ask.
"""

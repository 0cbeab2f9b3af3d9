"""Text becomes values: dates, amounts, weights, countries, numbers that name something.

Takes the rows of a `Spool` and a `ColumnPlan`; gives typed columns, each with reasons for what cannot be read.
"""

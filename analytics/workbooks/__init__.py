"""Sheets of a workbook: how a table looks on the screen and in print, in every workbook that is written."""

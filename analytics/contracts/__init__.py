"""The tables, each declared once; the parameters of a run; what a step and an engine are."""

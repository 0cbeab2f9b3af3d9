"""Orders and runs the steps of a screening; never asks whether a step is SQL or Python."""

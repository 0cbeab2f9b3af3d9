"""Takes pairs of records; gives a level of agreement for each thing compared: names, places, numbers."""

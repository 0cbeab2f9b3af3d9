"""Takes new records and the state of the last full resolution; gives the groups a full resolution would give."""

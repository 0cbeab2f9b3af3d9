"""Takes scored pairs and constraints; gives groups of records and how far each group can be trusted."""
